#include "net/http_connection.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/stream_base.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <type_traits>
#include <utility>

#include "net/origin.h"

namespace sotto::bridge {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::uint32_t kHeaderBytes = 16 * 1024;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

// Whether the comma-separated list of subprotocols has ours.
bool offers_subprotocol(const HttpRequest& request) {
  for (auto&& token : http::token_list(request[http::field::sec_websocket_protocol])) {
    if (token == "sotto.v1") return true;
  }
  return false;
}

// What stands against an upgrade, as an answer; status 0 for nothing.
PageAnswer refuse_upgrade(const HttpRequest& request, const HttpConnectionContext& context) {
  auto host = view(request[http::field::host]);
  bool tls = context.tls != nullptr;
  auto refuse = [&](unsigned status, std::string text) {
    return text_answer(status, std::move(text), host, tls);
  };
  auto target = view(request.target());
  if (target.substr(0, target.find('?')) != kSignalingPath) {
    return refuse(404, "signalling is at " + std::string(kSignalingPath));
  }
  if (!origin_allowed(view(request[http::field::origin]), host, tls, context.page_origins)) {
    return refuse(403, "pages of this origin may not connect; see --page-origin");
  }
  if (!offers_subprotocol(request)) return refuse(400, "the subprotocol is sotto.v1");
  if (context.hub.full()) return refuse(503, "too many connections");
  return {.status = 0};
}

// One answer to the wire. Returns whether the connection can go on.
template <class Stream>
asio::awaitable<bool> write_answer(Stream& stream, const PageAnswer& answer, bool head,
                                   bool keep_alive, const HttpConnectionContext& context) {
  http::response<http::span_body<const char>> response;
  response.result(answer.status);
  response.version(11);
  response.set(http::field::server, "sotto-bridge");
  for (const auto& [name, value] : answer.headers) {
    response.set(beast::string_view(name.data(), name.size()), value);
  }
  response.keep_alive(keep_alive);
  if (answer.status != 304) response.content_length(answer.body->size());
  if (!head) response.body() = {answer.body->data(), answer.body->size()};
  beast::get_lowest_layer(stream).expires_after(context.limits.answer);
  http::response_serializer<http::span_body<const char>> serializer(response);
  auto [error, size] = head ? co_await http::async_write_header(stream, serializer, kAwait)
                            : co_await http::async_write(stream, serializer, kAwait);
  co_return !error && keep_alive;
}

template <class Stream>
asio::awaitable<void> close_stream(Stream& stream, const HttpConnectionContext& context) {
  if constexpr (std::is_same_v<Stream, TlsStream>) {
    beast::get_lowest_layer(stream).expires_after(context.limits.header);
    co_await stream.async_shutdown(kAwait);
  }
  error_code ignored;
  beast::get_lowest_layer(stream).socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  co_return;
}

template <class Stream>
asio::awaitable<void> serve_requests(Stream stream, HttpConnectionContext context) {
  beast::flat_buffer buffer(kHeaderBytes);
  auto patience = context.limits.header;
  for (;;) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(kHeaderBytes);
    beast::get_lowest_layer(stream).expires_after(patience);
    auto [error, size] = co_await http::async_read(stream, buffer, parser, kAwait);
    if (error == beast::error::timeout || error == http::error::end_of_stream) break;
    if (error) {
      bool ours = error.category() == http::make_error_code(http::error::bad_method).category();
      if (ours) {
        auto answer =
            text_answer(400, "bad request: " + error.message(), "", context.tls != nullptr);
        co_await write_answer(stream, answer, false, false, context);
      }
      break;
    }
    HttpRequest request = parser.release();
    PageAnswer answer;
    if (beast::websocket::is_upgrade(request)) {
      answer = refuse_upgrade(request, context);
      if (answer.status == 0) {
        std::string ip = std::move(context.remote_ip);
        context.slot.reset();
        open_websocket(std::move(stream), request, std::move(ip), context.hub, context.tls);
        co_return;
      }
    } else {
      answer = context.site.answer({.method = view(request.method_string()),
                                    .target = view(request.target()),
                                    .host = view(request[http::field::host]),
                                    .if_none_match = view(request[http::field::if_none_match]),
                                    .tls = context.tls != nullptr});
    }
    bool head = request.method() == http::verb::head;
    if (!co_await write_answer(stream, answer, head, request.keep_alive(), context)) break;
    patience = context.limits.idle;
  }
  co_await close_stream(stream, context);
}

asio::awaitable<void> serve_tls(asio::ip::tcp::socket socket, HttpConnectionContext context) {
  TlsStream stream(std::move(socket), *context.tls);
  beast::get_lowest_layer(stream).expires_after(context.limits.header);
  auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, kAwait);
  if (error) co_return;
  co_await serve_requests(std::move(stream), std::move(context));
}

}  // namespace

void serve_http(asio::ip::tcp::socket socket, HttpConnectionContext context) {
  auto executor = socket.get_executor();
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (context.tls) {
    asio::co_spawn(executor, serve_tls(std::move(socket), std::move(context)), asio::detached);
  } else {
    asio::co_spawn(executor, serve_requests(PlainStream(std::move(socket)), std::move(context)),
                   asio::detached);
  }
}

}  // namespace sotto::bridge
