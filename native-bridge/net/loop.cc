#include "net/loop.h"

#include <utility>

#include "net/machine_addresses.h"
#include "net/socket_address.h"

namespace sotto::bridge {

namespace {

using Clock = std::chrono::steady_clock;

// Where the kernel chose the UDP port, somebody may have that number on TCP.
constexpr int kPortAttempts = 32;

// A batch is 64 datagrams, each of which may become 500: send before the queue is full.
constexpr std::size_t kWaitingDatagrams = 4096;

// How soon a file that was written is seen.
constexpr auto kTokenKeysWatch = std::chrono::seconds(5);

std::optional<auth::AdmissionRules> admission_rules(const Config& config) {
  if (config.token_keys.empty()) return std::nullopt;
  auth::AdmissionRules rules;
  if (!config.token_audiences.empty()) rules.audiences = config.token_audiences;
  rules.issuers = config.token_issuers;
  rules.tenants = config.token_tenants;
  rules.open_rooms = config.open_rooms;
  rules.leeway_seconds =
      std::chrono::duration_cast<std::chrono::seconds>(config.token_leeway).count();
  return rules;
}

auth::UnixSeconds unix_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since).count();
}

// A snapshot of a room of 500 with all their states, and behind it all that the room has kept.
std::size_t waiting_bytes(const delivery::DeliveryLimits& limits) {
  return (8u << 20) + limits.backlog_bytes + limits.welcomes_per_endpoint * limits.welcome_bytes;
}

}  // namespace

Loop::Loop(boost::asio::io_context& io, Config config, Log log)
    : io_(io),
      config_(std::move(config)),
      log_(std::move(log)),
      started_(Clock::now()),
      token_keys_(config_.token_keys),
      timer_(io),
      goodbye_timer_(io),
      token_keys_timer_(io) {}

Loop::~Loop() = default;

std::optional<std::string> Loop::bind_media(std::optional<BoundSocket>& udp,
                                            std::optional<BoundSocket>& tcp) const {
  auto host = Address::from_text(config_.host, config_.media_port);
  if (!host) return "--host must be an address";
  for (int attempt = 1;; ++attempt) {
    auto bound = bind_socket(Protocol::kUdp, *host);
    if (auto* error = std::get_if<BindError>(&bound)) return describe(*error, "--media-port");
    udp.emplace(std::get<BoundSocket>(std::move(bound)));
    if (!config_.ice_tcp) return {};
    auto listener = bind_socket(Protocol::kTcp, *Address::from_bytes(host->ip(), udp->port()));
    if (auto* error = std::get_if<BindError>(&listener)) {
      if (config_.media_port == 0 && attempt < kPortAttempts) continue;
      return describe(*error, "--media-port");
    }
    tcp.emplace(std::get<BoundSocket>(std::move(listener)));
    return {};
  }
}

void Loop::make_bridge(const BoundSocket& udp) {
  BridgeConfig core{
      .candidates = candidates(config_, udp.port(), machine_addresses(), udp.family() == AF_INET6),
      .limits = config_.limits,
      .admission = admission_rules(config_),
      .join_timeout = config_.join_timeout,
      .resume_window = config_.resume_window,
      .ping_interval = config_.ping_interval,
      .ping_timeout = config_.ping_timeout};
  bridge_ = std::make_unique<Bridge>(core, identity_, random_);
}

void Loop::make_media(BoundSocket udp, std::optional<BoundSocket> tcp) {
  auto after_batch = [this] { settle(); };
  udp_ = std::make_unique<UdpPort>(
      io_, std::move(udp),
      UdpPort::Handler{.on_datagram =
                           [this](const Address& remote, MutableBytes datagram) {
                             on_datagram(Path{.remote = remote}, datagram);
                           },
                       .after_batch = after_batch});
  if (!tcp) return;
  ice_tcp_ = std::make_unique<IceTcp>(
      io_, std::move(*tcp), IceTcpLimits{},
      IceTcp::Handler{
          .on_packet = [this](const Path& path, MutableBytes packet) { on_datagram(path, packet); },
          .after_batch = after_batch,
          .on_closed =
              [this](std::uint64_t connection) {
                bridge_->handle_path_closed(now(), connection);
                settle();
              }});
}

std::optional<std::string> Loop::make_http() {
  TlsContext tls;
  if (!config_.tls_cert.empty()) {
    auto loaded = load_tls(config_.tls_cert, config_.tls_key);
    if (auto* error = std::get_if<std::string>(&loaded)) return *error;
    tls = std::get<TlsContext>(std::move(loaded));
  }
  StaticFiles files;
  if (!config_.web_root.empty()) {
    auto loaded = StaticFiles::load(config_.web_root);
    if (auto* error = std::get_if<std::string>(&loaded)) return "--web-root: " + *error;
    files = std::get<StaticFiles>(std::move(loaded));
  }
  auto bound = bind_socket(Protocol::kTcp, *Address::from_text(config_.host, config_.port));
  if (auto* error = std::get_if<BindError>(&bound)) return describe(*error, "--port");

  WebSocketLimits limits{
      .sockets = config_.limits.sockets,
      .message_bytes = config_.limits.message_bytes,
      .binary_bytes = config_.limits.delivery.frame_bytes(config_.limits.endpoints_per_room),
      .waiting_bytes = waiting_bytes(config_.limits.delivery),
      .ping_interval = config_.ping_interval,
      .ping_timeout = config_.ping_timeout};
  hub_ = std::make_unique<WebSocketHub>(limits, static_cast<SignalingHandler&>(*this));
  site_ = std::make_unique<Site>(std::move(files), [this] { return health_json(health()); });
  http_ = std::make_unique<HttpServer>(io_, std::get<BoundSocket>(std::move(bound)), std::move(tls),
                                       HttpLimits{}, config_.page_origins, *site_, *hub_);
  return {};
}

std::optional<std::string> Loop::start() {
  std::optional<BoundSocket> udp;
  std::optional<BoundSocket> tcp;
  if (auto error = bind_media(udp, tcp)) return error;
  if (auto error = make_http()) return error;
  make_bridge(*udp);
  if (auto error = read_token_keys()) return error;
  watch_token_keys();
  make_media(std::move(*udp), std::move(tcp));
  udp_->start();
  if (ice_tcp_) ice_tcp_->start();
  http_->start();
  settle();
  return {};
}

void Loop::shut_down(std::function<void()> done) {
  http_->stop();
  bridge_->shutdown(now());
  settle();
  await_goodbye(Clock::now() + std::chrono::seconds(1), std::move(done));
}

void Loop::await_goodbye(Clock::time_point deadline, std::function<void()> done) {
  if (hub_->size() == 0 || Clock::now() >= deadline) {
    udp_->stop();
    if (ice_tcp_) ice_tcp_->stop();
    timer_.cancel();
    token_keys_timer_.cancel();
    return done();
  }
  goodbye_timer_.expires_after(std::chrono::milliseconds(20));
  goodbye_timer_.async_wait([this, deadline, done = std::move(done)](auto error) mutable {
    if (!error) await_goodbye(deadline, std::move(done));
  });
}

void Loop::reload() {
  if (!config_.tls_cert.empty()) {
    auto loaded = load_tls(config_.tls_cert, config_.tls_key);
    if (auto* error = std::get_if<std::string>(&loaded)) {
      report(LogLevel::kWarning, "reload-failed", "reason", *error);
    } else {
      http_->replace_tls(std::get<TlsContext>(std::move(loaded)));
    }
  }
  if (!config_.web_root.empty()) {
    auto loaded = StaticFiles::load(config_.web_root);
    if (auto* error = std::get_if<std::string>(&loaded)) {
      report(LogLevel::kWarning, "reload-failed", "reason", *error);
    } else {
      site_->replace_files(std::get<StaticFiles>(std::move(loaded)));
    }
  }
  reload_token_keys();
  report(LogLevel::kInfo, "reloaded", "", "");
}

std::optional<std::string> Loop::read_token_keys() {
  if (config_.token_keys.empty()) return {};
  auto read = token_keys_.read();
  if (auto* error = std::get_if<std::string>(&read)) return *error;
  auto& [keys, skipped] = std::get<auth::ReadKeys>(read);
  LogEvent event;
  event.name = "token-keys";
  event.fields = {{"keys", std::to_string(keys.size())}, {"skipped", std::to_string(skipped)}};
  log_(event);
  bridge_->set_token_keys(std::make_shared<const auth::KeySet>(std::move(keys)));
  return {};
}

void Loop::reload_token_keys() {
  if (auto error = read_token_keys()) report(LogLevel::kWarning, "reload-failed", "reason", *error);
}

void Loop::watch_token_keys() {
  if (config_.token_keys.empty()) return;
  token_keys_timer_.expires_after(kTokenKeysWatch);
  token_keys_timer_.async_wait([this](auto error) {
    if (error) return;
    if (token_keys_.has_changed()) reload_token_keys();
    watch_token_keys();
  });
}

void Loop::on_open(SocketId socket, std::string_view remote_ip) {
  bridge_->handle_open(now(), socket, remote_ip);
  settle();
}

void Loop::on_message(SocketId socket, std::string_view text) {
  bridge_->set_unix_time(now(), unix_now());
  bridge_->handle_message(now(), socket, text);
  settle();
}

void Loop::on_binary(SocketId socket, ByteView frame) {
  bridge_->handle_binary(now(), socket, frame);
  settle();
}

void Loop::on_oversized(SocketId socket) {
  bridge_->handle_oversized(now(), socket);
  settle();
}

void Loop::on_closed(SocketId socket) {
  bridge_->handle_close(now(), socket);
  settle();
}

void Loop::on_datagram(const Path& path, MutableBytes datagram) {
  bridge_->handle_datagram(now(), path, datagram);
  if (bridge_->datagrams().datagrams().size() >= kWaitingDatagrams) settle();
}

// The process's only clock for media.
Time Loop::now() const {
  return Time(std::chrono::duration_cast<Duration>(Clock::now().time_since_epoch()));
}

void Loop::settle() {
  while (auto message = bridge_->poll_message()) {
    if (!message->text.empty()) hub_->send(message->socket, std::move(message->text));
    if (message->binary) hub_->send(message->socket, std::move(message->binary));
    if (message->close) hub_->close(message->socket, message->close->code, message->close->reason);
  }
  send_datagrams();  // after the messages: a seat is announced before its first packet
  while (auto event = bridge_->poll_log()) log_(*event);
  set_timer();
}

void Loop::send_datagrams() {
  DatagramQueue& queue = bridge_->datagrams();
  if (queue.empty()) return;
  udp_->send(queue);
  if (ice_tcp_) {
    for (const auto& datagram : queue.datagrams()) {
      if (datagram.path.is_tcp()) ice_tcp_->send(datagram.path.connection, queue.bytes(datagram));
    }
  }
  queue.clear();
}

void Loop::set_timer() {
  Time wanted = bridge_->next_timeout();
  if (wanted == timer_set_for_) return;
  timer_set_for_ = wanted;
  if (wanted == Time::max()) {
    timer_.cancel();
    return;
  }
  timer_.expires_at(
      Clock::time_point(std::chrono::duration_cast<Clock::duration>(wanted.time_since_epoch())));
  timer_.async_wait([this](auto error) {
    if (error) return;
    timer_set_for_ = Time::max();
    bridge_->handle_timeout(now());
    settle();
  });
}

Health Loop::health() const {
  return {.version = SOTTO_VERSION,
          .uptime_seconds =
              std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - started_).count(),
          .bridge = bridge_->stats(),
          .received = udp_->received(),
          .sent = udp_->sent(),
          .tcp = ice_tcp_ ? ice_tcp_->stats() : IceTcpStats{},
          .websockets = hub_->size()};
}

void Loop::report(LogLevel level, std::string_view name, std::string_view field,
                  std::string value) {
  LogEvent event;
  event.level = level;
  event.name = name;
  if (!field.empty()) event.fields.emplace_back(field, std::move(value));
  log_(event);
}

}  // namespace sotto::bridge
