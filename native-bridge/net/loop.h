// The shell around one Bridge: its sockets, its clock and its log, on one thread. Everything
// that it owns belongs to one io_context, so that several Loops, each on its own core with its own
// rooms, can live in one process.
//
// After every event: send what the bridge has to send, log what it has to say, set the timer.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "bridge/bridge.h"
#include "dtls/identity.h"
#include "net/config.h"
#include "net/health.h"
#include "net/http_server.h"
#include "net/ice_tcp.h"
#include "net/system_random.h"
#include "net/token_keys_file.h"
#include "net/udp_port.h"

namespace sotto::bridge {

class Loop final : private SignalingHandler {
 public:
  using Log = std::function<void(const LogEvent&)>;

  Loop(boost::asio::io_context& io, Config config, Log log);
  ~Loop() override;

  // Binds the ports and begins. A sentence for the operator when that cannot be.
  std::optional<std::string> start();
  // Says goodbye to everybody; `done` follows when all sockets are closed, or after a second.
  void shut_down(std::function<void()> done);
  // Reads certificate, pages and the keys of tokens again; keeps the old ones (and logs) when they
  // cannot be used.
  void reload();

  std::uint16_t port() const { return http_->port(); }
  std::uint16_t media_port() const { return udp_->port(); }
  Health health() const;

 private:
  std::optional<std::string> bind_media(std::optional<BoundSocket>& udp,
                                        std::optional<BoundSocket>& tcp) const;
  void make_bridge(const BoundSocket& udp);
  void make_media(BoundSocket udp, std::optional<BoundSocket> tcp);
  std::optional<std::string> make_http();
  std::optional<std::string> read_token_keys();
  void reload_token_keys();
  void watch_token_keys();

  void on_open(SocketId socket, std::string_view remote_ip) override;
  void on_message(SocketId socket, std::string_view text) override;
  void on_binary(SocketId socket, ByteView frame) override;
  void on_oversized(SocketId socket) override;
  void on_closed(SocketId socket) override;
  void on_datagram(const Path& path, MutableBytes datagram);

  Time now() const;
  void settle();
  void send_datagrams();
  void set_timer();
  void await_goodbye(std::chrono::steady_clock::time_point deadline, std::function<void()> done);
  void report(LogLevel level, std::string_view name, std::string_view field, std::string value);

  boost::asio::io_context& io_;
  Config config_;
  Log log_;
  std::chrono::steady_clock::time_point started_;
  SystemRandom random_;
  Identity identity_;
  std::unique_ptr<Bridge> bridge_;
  TokenKeysFile token_keys_;
  std::unique_ptr<WebSocketHub> hub_;
  std::unique_ptr<Site> site_;
  std::unique_ptr<UdpPort> udp_;
  std::unique_ptr<IceTcp> ice_tcp_;
  std::unique_ptr<HttpServer> http_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer goodbye_timer_;
  boost::asio::steady_timer token_keys_timer_;
  Time timer_set_for_ = Time::max();
};

}  // namespace sotto::bridge
