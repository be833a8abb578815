// One HTTP connection: requests, one after the other, until it closes or becomes a WebSocket.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "net/http_server.h"
#include "net/websocket_session.h"

namespace sotto::bridge {

// What a connection needs to know. `slot` is its place among the connections.
struct HttpConnectionContext {
  const HttpLimits& limits;
  std::span<const std::string> page_origins;
  const Site& site;
  WebSocketHub& hub;
  TlsContext tls;  // null: plain
  std::shared_ptr<void> slot;
  std::string remote_ip;
};

// Runs by itself on the socket's executor.
void serve_http(boost::asio::ip::tcp::socket socket, HttpConnectionContext context);

}  // namespace sotto::bridge
