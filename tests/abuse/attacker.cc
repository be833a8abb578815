#include "abuse/attacker.h"

#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>

namespace sotto::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using beast::error_code;

// A WebSocket whose answers are read and thrown away.
class Attacker::Signaling : public std::enable_shared_from_this<Signaling> {
 public:
  explicit Signaling(asio::io_context& io) : ws_(io) {}

  void connect(std::uint16_t port) {
    error_code error;
    auto& socket = beast::get_lowest_layer(ws_).socket();
    socket.connect({asio::ip::make_address("127.0.0.1"), port}, error);
    ws_.set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
      request.set(beast::http::field::sec_websocket_protocol, "sotto.v1");
    }));
    if (!error) ws_.handshake("127.0.0.1:" + std::to_string(port), "/v1/ws", error);
    open_ = !error;
    if (open_) read();
  }
  void send(std::string text) {
    out_.push_back(std::move(text));
    if (out_.size() == 1) write();
  }
  void close() {
    open_ = false;
    beast::get_lowest_layer(ws_).close();
  }
  bool open() const { return open_; }
  bool idle() const { return out_.size() < 16; }

 private:
  void read() {
    ws_.async_read(in_, [self = shared_from_this()](error_code error, std::size_t) {
      self->in_.clear();
      if (error) return self->close();
      self->read();
    });
  }
  void write() {
    ws_.async_write(asio::buffer(out_.front()),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (error) return self->close();
                      self->out_.pop_front();
                      if (!self->out_.empty()) self->write();
                    });
  }

  websocket::stream<beast::tcp_stream> ws_;
  beast::flat_buffer in_;
  std::deque<std::string> out_;
  bool open_ = false;
};

Attacker::Attacker(asio::io_context& io, const LiveClient::Server& server, Mutator& mutator)
    : io_(io), server_(server), mutator_(mutator), tcp_(kSockets), signaling_(kSockets) {
  for (std::size_t i = 0; i < kSockets; ++i) {
    udp_.push_back(std::make_unique<MediaLeg>(io, server.media_port, MediaLeg::Kind::kUdp,
                                              [](MutableBytes) {}));
  }
}

Attacker::~Attacker() {
  for (auto& socket : signaling_) {
    if (socket) socket->close();
  }
  udp_.clear();
  tcp_.clear();
  io_.restart();
  io_.poll();
}

void Attacker::send_udp() {
  auto packet = mutator_.next_packet();
  if (packet.empty()) packet.push_back(0);
  udp_[packets_++ % kSockets]->send(packet);
}

void Attacker::send_tcp() {
  auto& leg = tcp_[packets_++ % kSockets];
  if (!leg || !leg->open()) {
    leg = std::make_unique<MediaLeg>(io_, server_.media_port, MediaLeg::Kind::kTcp,
                                     [](MutableBytes) {});
  }
  leg->send(mutator_.next_packet());
}

void Attacker::send_text() {
  auto& socket = signaling_[texts_ % kSockets];
  if (!socket || !socket->open()) {
    if (socket) socket->close();
    socket = std::make_shared<Signaling>(io_);
    socket->connect(server_.port);
    ++opened_;
  }
  if (!socket->open() || !socket->idle()) return;
  ++texts_;
  socket->send(mutator_.next_text());
}

}  // namespace sotto::test
