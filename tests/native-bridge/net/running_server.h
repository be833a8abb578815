// An HttpServer on a free port of 127.0.0.1, in a thread of its own, with a handler that records.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/http_server.h"

namespace sotto::bridge {

// Everything that happened, as text; answers "echo:..." and obeys "close" and "flood".
class RecordingHandler final : public SignalingHandler {
 public:
  void on_open(SocketId, std::string_view ip) override { note("open " + std::string(ip)); }
  void on_message(SocketId socket, std::string_view text) override {
    note("message " + std::string(text.substr(0, 20)));
    if (text == "close") {
      hub->send(socket, "{\"type\":\"bye\"}");
      hub->close(socket, 4002, "endpoint-taken");
    } else if (text == "flood") {
      for (int i = 0; i < 200; ++i) hub->send(socket, std::string(100'000, 'x'));
    } else {
      hub->send(socket, "echo:" + std::string(text));
    }
  }
  void on_binary(SocketId socket, ByteView frame) override {
    note("binary " + std::to_string(frame.size()));
    hub->send(socket, std::make_shared<const std::string>(as_text(frame)));
  }
  void on_oversized(SocketId socket) override {
    note("oversized");
    hub->send(socket, "{\"code\":\"too-large\"}");
    hub->close(socket, 1009, "too-large");
  }
  void on_closed(SocketId) override { note("closed"); }

  std::vector<std::string> notes() {
    std::lock_guard lock(mutex_);
    return notes_;
  }
  bool saw(const std::string& wanted) {
    for (const auto& entry : notes()) {
      if (entry == wanted) return true;
    }
    return false;
  }

  WebSocketHub* hub = nullptr;

 private:
  void note(std::string text) {
    std::lock_guard lock(mutex_);
    notes_.push_back(std::move(text));
  }
  std::mutex mutex_;
  std::vector<std::string> notes_;
};

class RunningServer {
 public:
  explicit RunningServer(WebSocketLimits sockets = {}, HttpLimits http = {},
                         TlsContext tls = nullptr, std::vector<std::string> page_origins = {})
      : hub_(sockets, handler), site_({}, [] { return std::string("{\"status\":\"ok\"}"); }) {
    handler.hub = &hub_;
    auto bound = bind_socket(Protocol::kTcp, *Address::from_text("127.0.0.1", 0));
    server_ =
        std::make_unique<HttpServer>(io_, std::get<BoundSocket>(std::move(bound)), std::move(tls),
                                     http, std::move(page_origins), site_, hub_);
    server_->start();
    thread_ = std::thread([this] { io_.run(); });
  }
  ~RunningServer() {
    io_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return server_->port(); }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port()); }
  std::size_t open_sockets() {
    std::promise<std::size_t> size;
    boost::asio::post(io_, [&] { size.set_value(hub_.size()); });
    return size.get_future().get();
  }

  RecordingHandler handler;

 private:
  boost::asio::io_context io_{1};
  WebSocketHub hub_;
  Site site_;
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

}  // namespace sotto::bridge
