#include "net/websocket_session.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <deque>
#include <optional>
#include <utility>

namespace sotto::bridge {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using beast::error_code;
using Clock = std::chrono::steady_clock;

// A buffer that has grown beyond this for one large message is given back after it.
constexpr std::size_t kKeptBytes = 16 * 1024;

template <class Stream>
class Session final : public WebSocketSession,
                      public std::enable_shared_from_this<Session<Stream>> {
 public:
  Session(Stream stream, WebSocketHub& hub, std::shared_ptr<void> keep)
      : keep_(std::move(keep)), ws_(std::move(stream)), timer_(ws_.get_executor()), hub_(hub) {}

  void accept(const HttpRequest& request, std::string remote_ip);
  void send(std::string text) override;
  void send(SharedBinary frame) override;
  void close(std::uint16_t code, std::string reason) override;

 private:
  using std::enable_shared_from_this<Session>::shared_from_this;

  // A text of its own, or a binary frame that others may be sent, too.
  struct Outgoing {
    std::string text;
    SharedBinary binary;
    const std::string& bytes() const { return binary ? *binary : text; }
  };

  void opened(const std::string& remote_ip);
  void read();
  void take_message();
  void count_unfinished();
  void queue(Outgoing message);
  void give_up();
  void write();
  void count(std::ptrdiff_t bytes);
  void ping();
  void start_close();
  void abort();
  void finish();

  std::shared_ptr<void> keep_;  // before ws_: a TLS stream needs its context to the end
  websocket::stream<Stream> ws_;
  asio::steady_timer timer_;
  WebSocketHub& hub_;
  SocketId id_ = 0;
  beast::flat_buffer in_;
  std::size_t unfinished_ = 0;
  std::deque<Outgoing> out_;
  std::size_t out_bytes_ = 0;
  bool pinging_ = false;
  Clock::time_point heard_ = Clock::now();
  std::optional<websocket::close_reason> closing_;
  bool close_started_ = false;
  bool finished_ = false;
};

template <class Stream>
void Session<Stream>::accept(const HttpRequest& request, std::string remote_ip) {
  beast::get_lowest_layer(ws_).expires_never();
  // Pings are ours (ping()); this bounds the handshakes of opening and closing.
  ws_.set_option(websocket::stream_base::timeout{.handshake_timeout = hub_.limits().close_timeout,
                                                 .idle_timeout = websocket::stream_base::none(),
                                                 .keep_alive_pings = false});
  ws_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(beast::http::field::sec_websocket_protocol, "sotto.v1");
    response.set(beast::http::field::server, "sotto-bridge");
  }));
  ws_.read_message_max(0);  // read() counts, so that the core can answer `too-large` first
  ws_.control_callback(
      [this](websocket::frame_type, beast::string_view) { heard_ = Clock::now(); });
  ws_.async_accept(request,
                   [self = shared_from_this(), ip = std::move(remote_ip)](error_code error) {
                     if (!error) self->opened(ip);
                   });
}

template <class Stream>
void Session<Stream>::opened(const std::string& remote_ip) {
  heard_ = Clock::now();
  id_ = hub_.add(shared_from_this());
  hub_.handler().on_open(id_, remote_ip);
  ping();
  read();
}

template <class Stream>
void Session<Stream>::read() {
  if (closing_ || finished_) return;
  // What kind of message it is shows with its first bytes.
  const auto longest = [this] {
    return ws_.got_binary() ? hub_.limits().binary_bytes : hub_.limits().message_bytes;
  };
  std::size_t room = (in_.size() == 0 ? hub_.limits().message_bytes : longest()) + 1 - in_.size();
  ws_.async_read_some(in_, room,
                      [self = shared_from_this(), longest](error_code error, std::size_t) {
                        if (self->finished_) return;
                        if (error) return self->finish();
                        self->heard_ = Clock::now();
                        if (self->closing_) return;
                        if (self->in_.size() > longest()) {
                          self->hub_.handler().on_oversized(self->id_);
                          self->close(websocket::close_code::too_big, "too-large");
                          return;
                        }
                        if (self->ws_.is_message_done()) self->take_message();
                        self->count_unfinished();
                        if (!self->hub_.may_go_on(self->unfinished_)) return self->finish();
                        self->read();
                      });
}

template <class Stream>
void Session<Stream>::take_message() {
  auto bytes = in_.cdata();
  if (ws_.got_text()) {
    hub_.handler().on_message(id_, {static_cast<const char*>(bytes.data()), bytes.size()});
  } else {
    hub_.handler().on_binary(id_, {static_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }
  in_.consume(in_.size());
  if (in_.capacity() > kKeptBytes) in_.shrink_to_fit();
}

template <class Stream>
void Session<Stream>::send(std::string text) {
  queue({std::move(text), nullptr});
}

template <class Stream>
void Session<Stream>::send(SharedBinary frame) {
  queue({std::string(), std::move(frame)});
}

template <class Stream>
void Session<Stream>::queue(Outgoing message) {
  if (closing_ || finished_) return;
  count(static_cast<std::ptrdiff_t>(message.bytes().size()));
  out_.push_back(std::move(message));
  if (!hub_.may_wait(out_bytes_)) return give_up();
  if (out_.size() == 1) write();
}

// It does not read, or not fast enough. What waits is dropped; whoever reads after all is told why,
// behind the message that is under way.
template <class Stream>
void Session<Stream>::give_up() {
  if (hub_.crowded() || out_.size() == 1) return abort();
  while (out_.size() > 1) {
    count(-static_cast<std::ptrdiff_t>(out_.back().bytes().size()));
    out_.pop_back();
  }
  closing_.emplace(static_cast<websocket::close_code>(kTooSlowClose), "too-slow");
  timer_.expires_after(hub_.limits().close_timeout);
  timer_.async_wait([self = shared_from_this()](error_code error) {
    if (!error && !self->finished_ && !self->close_started_) self->abort();
  });
}

template <class Stream>
void Session<Stream>::count_unfinished() {
  const std::size_t unfinished = finished_ ? 0 : in_.size();
  hub_.count_unfinished(static_cast<std::ptrdiff_t>(unfinished) -
                        static_cast<std::ptrdiff_t>(unfinished_));
  unfinished_ = unfinished;
}

template <class Stream>
void Session<Stream>::count(std::ptrdiff_t bytes) {
  out_bytes_ += static_cast<std::size_t>(bytes);
  hub_.count_waiting(bytes);
}

template <class Stream>
void Session<Stream>::write() {
  const bool binary = out_.front().binary != nullptr;
  ws_.binary(binary);
  ws_.auto_fragment(!binary);  // one frame, one write: there are hundreds of receivers
  ws_.async_write(asio::buffer(out_.front().bytes()),
                  [self = shared_from_this()](error_code error, std::size_t) {
                    if (self->finished_) return;
                    if (error) return self->finish();
                    self->count(-static_cast<std::ptrdiff_t>(self->out_.front().bytes().size()));
                    self->out_.pop_front();
                    if (!self->out_.empty()) {
                      self->write();
                    } else if (self->closing_) {
                      self->start_close();
                    }
                  });
}

// A ping each interval; whoever has sent nothing at all for the timeout is gone.
template <class Stream>
void Session<Stream>::ping() {
  timer_.expires_after(hub_.limits().ping_interval);
  timer_.async_wait([self = shared_from_this()](error_code error) {
    if (error || self->finished_) return;
    if (self->close_started_ || Clock::now() - self->heard_ > self->hub_.limits().ping_timeout) {
      return self->abort();
    }
    if (!self->pinging_) {
      self->pinging_ = true;
      self->ws_.async_ping({}, [self](error_code) { self->pinging_ = false; });
    }
    self->ping();
  });
}

template <class Stream>
void Session<Stream>::close(std::uint16_t code, std::string reason) {
  if (closing_ || finished_) return;
  reason.resize(std::min<std::size_t>(reason.size(), 123));  // RFC 6455 section 5.5
  closing_.emplace(static_cast<websocket::close_code>(code), reason);
  if (out_.empty()) start_close();
}

template <class Stream>
void Session<Stream>::start_close() {
  if (close_started_ || finished_) return;
  close_started_ = true;
  ws_.async_close(*closing_, [self = shared_from_this()](error_code) { self->finish(); });
}

// Ends the TCP connection; whatever waits on it then fails and calls finish().
template <class Stream>
void Session<Stream>::abort() {
  beast::get_lowest_layer(ws_).close();
}

template <class Stream>
void Session<Stream>::finish() {
  if (finished_) return;
  finished_ = true;
  timer_.cancel();
  count(-static_cast<std::ptrdiff_t>(out_bytes_));
  count_unfinished();
  // The core's close may still be in the closing handshake with a peer that is gone already.
  beast::get_lowest_layer(ws_).close();
  auto self = shared_from_this();
  hub_.remove(id_);
  hub_.handler().on_closed(id_);
}

template <class Stream>
void open(Stream stream, const HttpRequest& request, std::string remote_ip, WebSocketHub& hub,
          std::shared_ptr<void> keep) {
  std::make_shared<Session<Stream>>(std::move(stream), hub, std::move(keep))
      ->accept(request, std::move(remote_ip));
}

}  // namespace

void open_websocket(PlainStream stream, const HttpRequest& request, std::string remote_ip,
                    WebSocketHub& hub, std::shared_ptr<void> keep) {
  open(std::move(stream), request, std::move(remote_ip), hub, std::move(keep));
}

void open_websocket(TlsStream stream, const HttpRequest& request, std::string remote_ip,
                    WebSocketHub& hub, std::shared_ptr<void> keep) {
  open(std::move(stream), request, std::move(remote_ip), hub, std::move(keep));
}

}  // namespace sotto::bridge
