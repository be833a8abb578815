// People in a room, in virtual time, over a model of the delivery service: it orders handshakes and
// application messages alike for all, keeps the log, one KeyPackage an endpoint and the Welcomes of
// those who wait, and believes anything. Tests put a hostile one in its place by `tamper`.
#pragma once

#include <algorithm>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "room/group_frames.h"
#include "room/session.h"
#include "support/seeded_random.h"

namespace sotto::room::test {

// One message on its way to one person, after the service.
struct Delivery {
  MessageKind kind{};
  Endpoint sender{};
  std::uint64_t number = 0;
  std::vector<std::uint8_t> bytes;
  Endpoint receiver{};
};

struct Participant {
  std::string name;
  Endpoint endpoint{};
  std::shared_ptr<const Ed25519KeyPair> identity;
  std::unique_ptr<Session> session;
  std::unique_ptr<GroupFrames> frames;  // as in a worker beside it
  bool online = true;                   // connected to the service
  bool running = true;                  // false: crashed
  bool follows = false;
  Time arrives_after{};  // so that what comes to one person stays in order
  std::vector<SessionEvent> events;
  std::vector<FrameOperation> frame_operations;

  template <typename T>
  std::vector<T> told() const {
    std::vector<T> found;
    for (const SessionEvent& event : events) {
      if (const T* one = std::get_if<T>(&event)) found.push_back(*one);
    }
    return found;
  }
  bool erred(SessionError error) const {
    for (const ErrorOccurred& one : told<ErrorOccurred>()) {
      if (one.error == error) return true;
    }
    return false;
  }
  const EpochBegun* last_epoch() const {
    for (auto it = frame_operations.rbegin(); it != frame_operations.rend(); ++it) {
      if (const auto* begun = std::get_if<EpochBegun>(&*it)) return begun;
    }
    return nullptr;
  }
};

class RoomNetwork {
 public:
  using SeededRandom = sotto::test::SeededRandom;
  // False: this delivery never happens. What it holds may be changed.
  using Tamper = std::function<bool(Delivery&)>;

  explicit RoomNetwork(std::uint64_t seed) : random_(seed) {
    std::vector<std::uint8_t> secret(32);
    random_.fill(secret);
    secret_ = secret;
  }

  template <typename Action>
  auto act(Participant& one, Action action) {
    if constexpr (std::is_void_v<decltype(action(*one.session))>) {
      action(*one.session);
      drain(one);
    } else {
      auto result = action(*one.session);
      drain(one);
      return result;
    }
  }

  RoomLink link(std::uint32_t gen = 0) const {
    RoomLink link;
    link.gen = gen;
    link.secret = Secret<32>(std::span<const std::uint8_t, 32>(secret_.data(), 32));
    return link;
  }

  SessionConfig config(const std::string& name) {
    SessionConfig config;
    config.room_id = "room";
    config.link = link();
    random_.fill(config.endpoint);
    config.identity = std::make_shared<const Ed25519KeyPair>(Ed25519KeyPair::generate(random_));
    config.name = name;
    config.publishes = true;
    config.policy = policy;
    return config;
  }

  Participant& join(const std::string& name) { return join(config(name)); }
  Participant& join(SessionConfig config) {
    Participant& one = people_.emplace_back();
    one.name = config.name;
    one.endpoint = config.endpoint;
    one.identity = config.identity;
    one.frames = std::make_unique<GroupFrames>(config.policy);
    one.session = *Session::create(std::move(config), random_);
    connect(one, false);
    one.session->start(now_, kUnixStart + seconds_now() + clocks_ahead, others_of(one));
    drain(one);
    return one;
  }
  // The same person, the page loaded again.
  Participant& reload(Participant& before) {
    crash(before);
    SessionConfig again = config(before.name);
    again.identity = before.identity;
    again.link = *parse_link(last_link(before));
    return join(std::move(again));
  }
  // The same member, as it was saved: a native endpoint started again. It has a connection of its
  // own, so that a copy may run beside it.
  Participant& restore(Participant& before, ByteView saved, Policy lax = {}) {
    RestoreOptions options;
    random_.fill(options.endpoint);
    options.publishes = true;
    options.policy = lax;
    Participant& one = people_.emplace_back();
    one.name = before.name;
    one.endpoint = options.endpoint;
    one.identity = before.identity;
    one.frames = std::make_unique<GroupFrames>(options.policy);
    one.session = *Session::restore(saved, options, random_);
    known_log_[one.endpoint] = log_id_;
    connect(one, true);
    one.session->start(now_, kUnixStart + seconds_now(), others_of(one));
    drain(one);
    return one;
  }
  static std::string last_link(const Participant& one) {
    const auto links = one.told<LinkChanged>();
    return links.empty() ? std::string()
                         : std::string(links.back().fragment.begin(), links.back().fragment.end());
  }

  // The tab is closed; nobody says good-bye.
  void crash(Participant& one) {
    one.running = one.online = one.follows = false;
    key_packages_.erase(one.endpoint);
  }
  // The service notices.
  void tell_left(const Participant& gone) {
    for (Participant& one : people_) {
      if (one.follows)
        act(one, [&](Session& session) { session.handle_endpoint_left(now_, gone.endpoint); });
    }
  }
  void disconnect(Participant& one) { one.online = one.follows = false; }
  void reconnect(Participant& one) {
    one.online = true;
    connect(one, true);
    act(one, [&](Session& session) { session.handle_log(now_, same_log_of(one)); });
  }
  // Another bridge takes over, with nothing of what this one had.
  void restart_service() {
    log_.clear();
    key_packages_.clear();
    welcomes_.clear();
    in_flight_.clear();
    ++log_id_;
    for (Participant& one : people_) {
      if (one.online) disconnect(one);
    }
  }
  void reconnect_all() {
    for (Participant& one : people_) {
      if (one.running && !one.online) reconnect(one);
    }
  }

  // Whatever a client of one's own making sends.
  void send(const Participant& from, OutgoingMessage message) {
    take(from.endpoint, std::move(message));
  }

  void run(Duration span) { run_until(now_ + span); }
  // Whether `condition` came true within `longest`.
  bool run_until_true(Duration longest, const std::function<bool()>& condition) {
    const Time end = now_ + longest;
    while (!condition()) {
      if (now_ >= end) return false;
      step(end);
    }
    return true;
  }

  Time now() const { return now_; }
  std::list<Participant>& people() { return people_; }
  std::size_t handshakes() const { return log_.size(); }
  const std::vector<Delivery>& log() const { return log_; }
  SeededRandom& random() { return random_; }
  void inject(Delivery delivery, Duration later = Duration{0}) {
    in_flight_.emplace(now_ + later, std::move(delivery));
  }

  Policy policy;        // of who joins from now on
  Tamper tamper;        // of what the service hands on
  Tamper tamper_early;  // of what it takes; `receiver` is nobody
  Duration delay = std::chrono::milliseconds(20);
  Duration jitter = std::chrono::milliseconds(20);
  std::uint64_t clocks_ahead = 0;  // seconds; of who joins from now on
  unsigned loss_percent = 0;       // of what is sent, on its way to the service

  bool agree(const std::vector<Participant*>& members) {
    for (Participant* one : members) {
      if (one->session->state() != SessionState::kIn) return false;
      if (one->session->members(now_).size() != members.size()) return false;
      if (one->session->agreement() != members[0]->session->agreement()) return false;
    }
    return true;
  }

 private:
  static constexpr std::uint64_t kUnixStart = 1'800'000'000;

  std::uint64_t seconds_now() const {
    return static_cast<std::uint64_t>(microseconds(now_) / 1'000'000);
  }
  std::size_t others_of(const Participant& self) const {
    std::size_t others = 0;
    for (const Participant& one : people_) others += one.online && &one != &self;
    return others;
  }
  bool same_log_of(const Participant& one) {
    const bool same = known_log_[one.endpoint] == log_id_;
    known_log_[one.endpoint] = log_id_;
    return same;
  }

  // Follows: the log from where this client was, Welcomes that wait, the KeyPackages of the others.
  void connect(Participant& one, bool again) {
    one.follows = true;
    if (again && known_log_[one.endpoint] == log_id_) {
      for (const Delivery& entry : log_) {
        if (entry.number > one.session->last_handshake()) forward(entry, one);
      }
    } else if (again) {
      for (const Delivery& entry : log_) forward(entry, one);
    } else {
      known_log_[one.endpoint] = log_id_;
    }
    for (const Delivery& welcome : welcomes_[one.endpoint]) forward(welcome, one);
    for (const auto& [endpoint, bytes] : key_packages_) {
      forward({MessageKind::kKeyPackage, endpoint, 0, bytes, {}}, one);
    }
  }

  Duration some_delay() {
    const auto most = static_cast<std::uint64_t>(jitter.count());
    return delay + Duration(static_cast<std::int64_t>(most == 0 ? 0 : random_.below(most)));
  }

  void forward(Delivery delivery, Participant& to) {
    delivery.receiver = to.endpoint;
    if (tamper && !tamper(delivery)) return;
    Time at = now_ + some_delay();
    const bool ordered =
        delivery.kind == MessageKind::kHandshake || delivery.kind == MessageKind::kApplication;
    if (ordered) at = to.arrives_after = std::max(at, to.arrives_after);
    in_flight_.emplace(at, std::move(delivery));
  }

  void drain(Participant& one) {
    while (auto event = one.session->poll_event()) one.events.push_back(std::move(*event));
    while (auto operation = one.session->poll_frame_operation()) {
      // As it crosses to another worker.
      one.frame_operations.push_back(*decode_frame_operation(encode(*operation)));
      one.frames->apply(*decode_frame_operation(encode(*operation)), now_);
    }
    while (auto message = one.session->poll_message()) {
      if (!one.online) continue;
      if (random_.below(100) < loss_percent) continue;
      sent_.emplace(std::max(now_ + some_delay(), sends_after_[one.endpoint]),
                    std::pair(one.endpoint, std::move(*message)));
      sends_after_[one.endpoint] = std::prev(sent_.end())->first;
    }
  }

  // The service has a message of somebody's.
  void take(const Endpoint& sender, OutgoingMessage message) {
    Delivery delivery{message.kind, sender, 0, std::move(message.bytes), {}};
    if (tamper_early && !tamper_early(delivery)) return;
    if (delivery.kind == MessageKind::kHandshake) {
      delivery.number = log_.size() + 1;
      log_.push_back(delivery);
    } else if (delivery.kind == MessageKind::kKeyPackage) {
      key_packages_[sender] = delivery.bytes;
      if (delivery.bytes.empty()) {
        key_packages_.erase(sender);
        welcomes_.erase(sender);
      }
    }
    for (Participant& one : people_) {
      const bool self = one.endpoint == sender;
      if (!one.follows) continue;
      if (delivery.kind == MessageKind::kKeyPackage && self) continue;
      if (delivery.kind == MessageKind::kWelcome) {
        const auto& to = message.addressees;
        const bool addressed = std::find(to.begin(), to.end(), one.endpoint) != to.end();
        if (!addressed || key_packages_.count(one.endpoint) == 0) continue;
        welcomes_[one.endpoint].push_back(delivery);
      }
      forward(delivery, one);
    }
  }

  void hand_over(const Delivery& delivery) {
    for (Participant& one : people_) {
      if (one.endpoint != delivery.receiver || !one.follows) continue;
      act(one, [&](Session& session) {
        switch (delivery.kind) {
          case MessageKind::kHandshake:
            return session.handle_handshake(now_, delivery.number, delivery.sender, delivery.bytes);
          case MessageKind::kKeyPackage:
            return session.handle_key_package(now_, delivery.sender, delivery.bytes);
          case MessageKind::kWelcome:
            return session.handle_welcome(now_, delivery.sender, delivery.bytes);
          case MessageKind::kApplication:
            return session.handle_application(now_, delivery.sender, delivery.bytes);
        }
      });
    }
  }

  void run_until(Time end) {
    while (now_ < end) step(end);
  }

  // The next thing that happens, not after `end`.
  void step(Time end) {
    Time next = end;
    if (!in_flight_.empty()) next = std::min(next, in_flight_.begin()->first);
    if (!sent_.empty()) next = std::min(next, sent_.begin()->first);
    for (Participant& one : people_) {
      if (!one.running) continue;
      if (const auto at = one.session->next_timeout()) next = std::min(next, *at);
    }
    now_ = std::max(now_, next);
    while (!sent_.empty() && sent_.begin()->first <= now_) {
      auto [sender, message] = std::move(sent_.begin()->second);
      sent_.erase(sent_.begin());
      take(sender, std::move(message));
    }
    while (!in_flight_.empty() && in_flight_.begin()->first <= now_) {
      const Delivery delivery = std::move(in_flight_.begin()->second);
      in_flight_.erase(in_flight_.begin());
      hand_over(delivery);
    }
    for (Participant& one : people_) {
      if (!one.running) continue;
      const auto at = one.session->next_timeout();
      if (at && *at <= now_) act(one, [&](Session& session) { session.handle_timeout(now_); });
    }
  }

  SeededRandom random_;
  std::vector<std::uint8_t> secret_;
  Time now_ = from_microseconds(1'000'000);
  std::list<Participant> people_;
  std::vector<Delivery> log_;
  std::uint64_t log_id_ = 1;
  std::map<Endpoint, std::uint64_t> known_log_;
  std::map<Endpoint, std::vector<std::uint8_t>> key_packages_;
  std::map<Endpoint, std::vector<Delivery>> welcomes_;
  std::map<Endpoint, Time> sends_after_;
  std::multimap<Time, std::pair<Endpoint, OutgoingMessage>> sent_;
  std::multimap<Time, Delivery> in_flight_;
};

}  // namespace sotto::room::test
