#include "process/live_client.h"

#include <utility>

namespace sotto::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using beast::error_code;

namespace {

// Ports by which sim::Participant names its two connections.
constexpr std::uint16_t kFirstPort = 40000;

}  // namespace

Time LiveClient::now() {
  auto since = std::chrono::steady_clock::now().time_since_epoch();
  return Time(std::chrono::duration_cast<Duration>(since));
}

LiveClient::LiveClient(asio::io_context& io, const Server& server, std::uint32_t number,
                       std::vector<bridge::Source> sources, MediaLeg::Kind kind, std::string room)
    : io_(io),
      server_(server),
      client_(number, std::move(room), std::move(sources), now()),
      ws_(io),
      timer_(io),
      paths_(2) {
  for (std::size_t leg = 0; leg < paths_.size(); ++leg) {
    legs_.push_back(std::make_unique<MediaLeg>(
        io, server.media_port, kind,
        [this, leg](MutableBytes datagram) { take_datagram(leg, datagram); }));
  }
}

LiveClient::~LiveClient() {
  // Handlers that wait would come back to what is gone.
  legs_.clear();
  timer_.cancel();
  beast::get_lowest_layer(ws_).close();
  io_.restart();
  io_.poll();
}

bool LiveClient::connect() {
  error_code error;
  auto& socket = beast::get_lowest_layer(ws_).socket();
  socket.connect({asio::ip::make_address("127.0.0.1"), server_.port}, error);
  if (error) return false;
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  ws_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
    request.set(beast::http::field::sec_websocket_protocol, "sotto.v1");
  }));
  ws_.handshake("127.0.0.1:" + std::to_string(server_.port), "/v1/ws", error);
  if (error) return false;
  open_ = true;
  ws_.text(true);
  client_.join(now());
  read();
  pump();
  return true;
}

void LiveClient::read() {
  ws_.async_read(in_, [this](error_code error, std::size_t) {
    if (error) {
      open_ = false;
      client_.closed = true;
      if (error == websocket::error::closed) close_code_ = ws_.reason().code;
      return;
    }
    client_.handle_text(now(), beast::buffers_to_string(in_.data()));
    in_.consume(in_.size());
    pump();
    read();
  });
}

void LiveClient::write() {
  if (writing_ || !open_ || client_.texts.empty()) return;
  writing_ = true;
  if (on_text) on_text(client_.texts.front());
  ws_.async_write(asio::buffer(client_.texts.front()), [this](error_code error, std::size_t) {
    writing_ = false;
    if (error) return;
    client_.texts.pop_front();
    write();
  });
}

void LiveClient::pump() {
  write();
  std::vector<bridge::test::VirtualPeer::Datagram> datagrams;
  client_.collect(datagrams);
  for (const auto& datagram : datagrams) {
    std::size_t leg = datagram.path.remote.port() == kFirstPort ? 0 : 1;
    paths_[leg] = datagram.path;
    if (on_datagram) on_datagram(datagram.bytes);
    legs_[leg]->send(datagram.bytes);
  }
  set_timer();
}

void LiveClient::set_timer() {
  Time next = client_.next_timeout();
  timer_.cancel();
  if (next == Time::max()) return;
  // A deadline that has passed and does not move must not stop everything else.
  next = std::max(next, now() + std::chrono::milliseconds(1));
  timer_.expires_at(std::chrono::steady_clock::time_point(next.time_since_epoch()));
  timer_.async_wait([this](error_code error) {
    if (error) return;
    client_.handle_timeout(now());
    pump();
  });
}

void LiveClient::take_datagram(std::size_t leg, MutableBytes datagram) {
  client_.handle_datagram(now(), paths_[leg], datagram);
  pump();
}

void run_for(asio::io_context& io, std::chrono::milliseconds span) {
  io.restart();
  io.run_for(span);
}

bool run_until(asio::io_context& io, std::chrono::milliseconds limit,
               const std::function<bool()>& done) {
  auto deadline = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    run_for(io, std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace sotto::test
