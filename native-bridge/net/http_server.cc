#include "net/http_server.h"

#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "net/http_connection.h"
#include "net/socket_address.h"

namespace sotto::bridge {

namespace asio = boost::asio;
using boost::system::error_code;

HttpServer::HttpServer(asio::io_context& io, BoundSocket socket, TlsContext tls, HttpLimits limits,
                       std::vector<std::string> page_origins, Site& site, WebSocketHub& hub)
    : io_(io),
      port_(socket.port()),
      acceptor_(io),
      tls_(std::move(tls)),
      limits_(limits),
      page_origins_(std::move(page_origins)),
      site_(site),
      hub_(hub) {
  auto protocol = socket.family() == AF_INET ? asio::ip::tcp::v4() : asio::ip::tcp::v6();
  acceptor_.assign(protocol, socket.release());
}

void HttpServer::start() {
  accept();
}

void HttpServer::stop() {
  error_code ignored;
  acceptor_.close(ignored);
}

void HttpServer::accept() {
  acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!error) serve(std::move(socket));
    // Out of file descriptors: at once again would spin.
    if (error == asio::error::no_descriptors || error.value() == ENFILE) {
      auto pause = std::make_shared<asio::steady_timer>(io_, std::chrono::milliseconds(200));
      pause->async_wait([this, pause](error_code stopped) {
        if (!stopped && acceptor_.is_open()) accept();
      });
      return;
    }
    accept();
  });
}

void HttpServer::serve(asio::ip::tcp::socket socket) {
  error_code error;
  auto endpoint = socket.remote_endpoint(error);
  bool full = static_cast<std::size_t>(slots_.use_count()) > limits_.connections;
  if (error || full) return;
  serve_http(std::move(socket), {.limits = limits_,
                                 .page_origins = page_origins_,
                                 .site = site_,
                                 .hub = hub_,
                                 .tls = tls_,
                                 .slot = slots_,
                                 .remote_ip = from_socket_address(endpoint.data()).ip_text()});
}

}  // namespace sotto::bridge
