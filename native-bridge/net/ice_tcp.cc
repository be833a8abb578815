#include "net/ice_tcp.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "net/ice_tcp_connection.h"
#include "net/socket_address.h"

namespace sotto::bridge {

namespace asio = boost::asio;
using boost::system::error_code;

IceTcp::IceTcp(asio::io_context& io, BoundSocket socket, IceTcpLimits limits, Handler handler)
    : limits_(limits), handler_(std::move(handler)), acceptor_(io), timer_(io) {
  auto protocol = socket.family() == AF_INET ? asio::ip::tcp::v4() : asio::ip::tcp::v6();
  acceptor_.assign(protocol, socket.release());
}

IceTcp::~IceTcp() {
  stop();
}

void IceTcp::start() {
  accept();
}

void IceTcp::stop() {
  error_code ignored;
  acceptor_.close(ignored);
  timer_.cancel();
  for (auto& [number, connection] : connections_) connection->orphan();
  connections_.clear();
  per_address_.clear();
}

void IceTcp::accept() {
  acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!error) admit(std::move(socket));
    // Out of file descriptors: at once again would spin.
    if (error == asio::error::no_descriptors || error.value() == ENFILE) {
      auto pause = std::make_shared<asio::steady_timer>(acceptor_.get_executor(),
                                                        std::chrono::milliseconds(200));
      pause->async_wait([this, pause](error_code stopped) {
        if (!stopped && acceptor_.is_open()) accept();
      });
      return;
    }
    accept();
  });
}

void IceTcp::admit(asio::ip::tcp::socket socket) {
  error_code error;
  auto endpoint = socket.remote_endpoint(error);
  if (error) return;
  Address remote = from_socket_address(endpoint.data());
  std::size_t& neighbours = per_address_[remote.ip_text()];
  if (connections_.size() >= limits_.connections || neighbours >= limits_.connections_per_address) {
    ++stats_.refused;
    if (neighbours == 0) per_address_.erase(remote.ip_text());
    return;
  }
  ++neighbours;
  ++stats_.accepted;
  Path path{.connection = ++last_number_, .remote = remote};
  auto connection = std::make_shared<Connection>(*this, std::move(socket), path);
  connections_.emplace(path.connection, connection);
  stats_.open = connections_.size();
  connection->read();
  if (!sweeping_) sweep();
}

// Ends what is overdue; runs as long as there is somebody.
void IceTcp::sweep() {
  std::vector<std::shared_ptr<Connection>> overdue;
  auto now = Connection::Clock::now();
  for (auto& [number, connection] : connections_) {
    if (connection->overdue(now)) overdue.push_back(connection);
  }
  for (auto& connection : overdue) connection->close();
  sweeping_ = !connections_.empty();
  if (!sweeping_) return;
  auto shortest = std::min(limits_.first_answer, limits_.idle);
  timer_.expires_after(
      std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(1000)));
  timer_.async_wait([this](error_code error) {
    if (!error) sweep();
  });
}

void IceTcp::forget(std::uint64_t number) {
  auto found = connections_.find(number);
  if (found == connections_.end()) return;
  auto neighbours = per_address_.find(found->second->path().remote.ip_text());
  if (neighbours != per_address_.end() && --neighbours->second == 0) per_address_.erase(neighbours);
  connections_.erase(found);
  stats_.open = connections_.size();
  handler_.on_closed(number);
}

void IceTcp::send(std::uint64_t connection, ByteView packet) {
  auto found = connections_.find(connection);
  if (found != connections_.end()) found->second->send(packet);
}

}  // namespace sotto::bridge
