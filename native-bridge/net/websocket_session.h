// Makes a WebSocket of an HTTP connection whose request asked for one.
#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <memory>
#include <string>

#include "net/websocket_hub.h"

namespace sotto::bridge {

using PlainStream = boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
using HttpRequest = boost::beast::http::request<boost::beast::http::empty_body>;

// The request has been checked. `keep` lives as long as the socket (a TLS context, a slot among
// the connections). The hub outlives the io_context's run.
void open_websocket(PlainStream stream, const HttpRequest& request, std::string remote_ip,
                    WebSocketHub& hub, std::shared_ptr<void> keep);
void open_websocket(TlsStream stream, const HttpRequest& request, std::string remote_ip,
                    WebSocketHub& hub, std::shared_ptr<void> keep);

}  // namespace sotto::bridge
