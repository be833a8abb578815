// A blocking WebSocket client for tests, with a time limit on everything.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace sotto::bridge {

class WebSocketClient {
 public:
  using Stream = boost::beast::websocket::stream<boost::beast::tcp_stream>;
  struct Options {
    std::string origin = {};
    std::string subprotocol = "sotto.v1";
    std::string target = "/v1/ws";
  };

  // The HTTP status: 101 when it is open.
  unsigned connect(std::uint16_t port, Options options) {
    namespace beast = boost::beast;
    auto& socket = beast::get_lowest_layer(ws_);
    socket.expires_after(std::chrono::seconds(10));
    boost::system::error_code error;
    socket.socket().connect({boost::asio::ip::make_address("127.0.0.1"), port}, error);
    if (error) return 0;
    ws_.set_option(
        beast::websocket::stream_base::decorator([&](beast::websocket::request_type& request) {
          if (!options.origin.empty()) request.set(beast::http::field::origin, options.origin);
          if (!options.subprotocol.empty()) {
            request.set(beast::http::field::sec_websocket_protocol, options.subprotocol);
          }
        }));
    ws_.handshake(response_, "127.0.0.1:" + std::to_string(port), options.target, error);
    return response_.result_int();
  }
  unsigned connect(std::uint16_t port) { return connect(port, Options()); }

  void send(const std::string& text) {
    boost::system::error_code error;
    ws_.text(true);
    ws_.write(boost::asio::buffer(text), error);
  }

  // The next message, or nothing when the socket closed or `limit` has passed.
  std::optional<std::string> receive(std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    boost::beast::flat_buffer buffer;
    bool done = false;
    boost::system::error_code result;
    ws_.async_read(buffer, [&](boost::system::error_code error, std::size_t) {
      done = true;
      result = error;
    });
    io_.restart();
    io_.run_for(limit);
    if (!done) {
      boost::beast::get_lowest_layer(ws_).close();
      io_.restart();
      io_.run();
      timed_out_ = true;
      return {};
    }
    if (result) return {};
    return boost::beast::buffers_to_string(buffer.data());
  }

  // The code with which the other side closed; 0 when it did not say.
  unsigned close_code() { return ws_.reason().code; }
  bool timed_out() const { return timed_out_; }
  const boost::beast::websocket::response_type& response() const { return response_; }
  Stream& stream() { return ws_; }

 private:
  boost::asio::io_context io_;
  Stream ws_{io_};
  boost::beast::websocket::response_type response_;
  bool timed_out_ = false;
};

}  // namespace sotto::bridge
