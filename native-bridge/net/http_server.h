// The one HTTP(S) port: pages, /healthz, and the upgrade to WebSocket.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "net/bound_socket.h"
#include "net/site.h"
#include "net/tls_context.h"
#include "net/websocket_hub.h"

namespace sotto::bridge {

struct HttpLimits {
  // Connections that are no WebSocket (yet). Beyond, new ones are closed at once.
  std::size_t connections = 2048;
  std::chrono::milliseconds header{10000};  // for a whole request header, and for TLS
  std::chrono::milliseconds idle{20000};    // between requests
  std::chrono::milliseconds answer{60000};  // for a client to take one answer
};

class HttpServer {
 public:
  // `tls` is null for plain HTTP. Site and hub outlive the server.
  HttpServer(boost::asio::io_context& io, BoundSocket socket, TlsContext tls, HttpLimits limits,
             std::vector<std::string> page_origins, Site& site, WebSocketHub& hub);

  void start();
  // Takes no more connections; those that are open stay.
  void stop();
  // For connections from now on.
  void replace_tls(TlsContext tls) { tls_ = std::move(tls); }

  std::uint16_t port() const { return port_; }

 private:
  void accept();
  void serve(boost::asio::ip::tcp::socket socket);

  boost::asio::io_context& io_;
  std::uint16_t port_;
  boost::asio::ip::tcp::acceptor acceptor_;
  TlsContext tls_;
  HttpLimits limits_;
  std::vector<std::string> page_origins_;
  Site& site_;
  WebSocketHub& hub_;
  // Counts by its references: each connection that is not a WebSocket holds one.
  std::shared_ptr<int> slots_ = std::make_shared<int>(0);
};

}  // namespace sotto::bridge
