// The delivery service of one room: numbers handshakes and forwards them to everybody who follows,
// forwards application messages unnumbered, announces key packages, and takes Welcomes to those
// who wait for one. It looks at no content and picks no winner (security profile, section 9).
//
//   1. call one or more of submit(), follow(), ..., handle_timeout();
//   2. take everything of poll_output() and send it;
//   3. call handle_timeout(now) when next_timeout() has come, and go to 2.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "base/time.h"
#include "delivery/fair_queue.h"
#include "delivery/frame.h"
#include "delivery/limits.h"
#include "delivery/member.h"
#include "delivery/ordered_log.h"
#include "delivery/shared_bytes.h"

namespace sotto::bridge::delivery {

// Names one log: another number series after a restart, or of the next room of that name.
using LogId = std::array<std::uint8_t, 16>;

struct DeliveryCounters {
  std::uint64_t handshakes = 0;
  std::uint64_t key_packages = 0;
  std::uint64_t welcomes = 0;
  std::uint64_t applications = 0;
  std::uint64_t refused = 0;  // by a limit
};

class Delivery {
 public:
  // `limits` and `shared` outlive it.
  Delivery(const DeliveryLimits& limits, SharedBytes& shared, const LogId& log, Time now);
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  const LogId& log() const { return log_id_; }

  // Takes a message of one of the room's endpoints. False: over a limit, and not taken.
  bool submit(Time now, const EndpointName& sender, const ClientFrame& frame);

  struct Position {
    std::uint64_t last = 0;
    bool complete = true;  // nothing is missing that was asked for
  };
  struct Had {
    LogId log{};
    std::uint64_t after = 0;
  };
  // From now on the endpoint is among the receivers. What it lacks is put out for it at once.
  Position follow(Time now, const EndpointName& endpoint, const std::optional<Had>& had);
  // Its socket is lost; what waits for it is kept.
  void unfollow(const EndpointName& endpoint);
  // It has left the room. What it has queued is still sent: perhaps its own removal.
  void leave(const EndpointName& endpoint);

  void handle_timeout(Time now);
  Time next_timeout() const;

  struct Output {
    SharedFrame frame;
    std::optional<EndpointName> to;  // nobody: everybody who follows
  };
  std::optional<Output> poll_output();

  DeliveryCounters counters() const { return counters_; }
  std::size_t followers() const { return followers_; }
  std::size_t kept_bytes() const { return ordered_.bytes() + mail_bytes_; }

 private:
  Member& member(Time now, const EndpointName& endpoint);
  bool afford(Time now, Member& sender, FrameKind kind, std::size_t bytes);
  bool take_key_package(Time now, const EndpointName& sender, const ClientFrame& frame);
  void pump(Time now);
  void pump_handshakes(Time now);
  void pump_admissions(Time now);
  void pump_applications(Time now);
  void deliver_welcome(Time now, const Queued& welcome);
  void keep_welcome(Member& addressee, const EndpointName& sender, SharedFrame frame);
  void empty_mail(Member& member);
  void expire(Time now);

  const DeliveryLimits& limits_;
  SharedBytes& shared_;
  const LogId log_id_;
  OrderedLog ordered_;
  FairQueue handshakes_;
  FairQueue admissions_;  // key packages and Welcomes
  FairQueue applications_;
  Time gathered_until_{};           // of application messages
  Time next_expiry_ = Time::max();  // of key packages
  std::map<EndpointName, Member> members_;
  std::size_t followers_ = 0;
  std::size_t mail_bytes_ = 0;
  std::deque<Output> outputs_;
  DeliveryCounters counters_;
};

}  // namespace sotto::bridge::delivery
