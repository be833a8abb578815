// A virtual client over real loopback sockets: signalling by a WebSocket, media by UDP or ICE-TCP,
// in real time. All clients of a test share one io_context and one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "process/media_leg.h"
#include "sim/participant.h"

namespace sotto::test {

class LiveClient {
 public:
  struct Server {
    std::uint16_t port;
    std::uint16_t media_port;
  };

  LiveClient(boost::asio::io_context& io, const Server& server, std::uint32_t number,
             std::vector<bridge::Source> sources, MediaLeg::Kind kind = MediaLeg::Kind::kUdp,
             std::string room = "quiet-otter");
  ~LiveClient();

  // Opens the WebSocket and joins. False when it could not be opened.
  bool connect();
  // Sends what the participant has to say; for after a call of its methods.
  void pump();
  void say(boost::json::object message) {
    client_.say(std::move(message));
    pump();
  }
  // One WebSocket text frame as it is.
  void say_text(std::string text) {
    client_.texts.push_back(std::move(text));
    pump();
  }

  bridge::sim::Participant& participant() { return client_; }
  bool open() const { return open_; }
  // Of the bridge's close frame; 0 before.
  unsigned close_code() const { return close_code_; }

  // Each datagram and text that this client sends, before it goes out.
  std::function<void(ByteView)> on_datagram;
  std::function<void(const std::string&)> on_text;
  // Puts a datagram on the wire as if this client's first connection had sent it.
  void inject(ByteView datagram) { legs_[0]->send(datagram); }

  static Time now();

 private:
  void read();
  void write();
  void set_timer();
  void take_datagram(std::size_t leg, MutableBytes datagram);

  boost::asio::io_context& io_;
  Server server_;
  bridge::sim::Participant client_;
  boost::beast::websocket::stream<boost::beast::tcp_stream> ws_;
  boost::beast::flat_buffer in_;
  bool writing_ = false;
  bool open_ = false;
  unsigned close_code_ = 0;
  boost::asio::steady_timer timer_;
  // One for each PeerConnection, as the participant names their paths.
  std::vector<std::unique_ptr<MediaLeg>> legs_;
  std::vector<bridge::Path> paths_;
};

// Runs everything for `span`, or until `done` (asked every 10 ms); false when it has not come.
void run_for(boost::asio::io_context& io, std::chrono::milliseconds span);
bool run_until(boost::asio::io_context& io, std::chrono::milliseconds limit,
               const std::function<bool()>& done);

}  // namespace sotto::test
