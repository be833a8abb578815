// The network between virtual clients and the bridge: loses, delays and reorders datagrams, the
// same way each time for one seed. Has no clock and no sockets: what is due comes out of pop().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "datagram/path.h"
#include "support/seeded_random.h"

namespace sotto::bridge::sim {

struct NetworkConditions {
  Duration delay = std::chrono::milliseconds(20);
  Duration jitter = std::chrono::milliseconds(0);  // added, up to this much: reorders
  double loss = 0;
  bool silent = false;  // nothing gets through
};

class Network {
 public:
  enum class Direction : std::uint8_t { kToBridge, kToClient };
  struct Delivery {
    Direction direction;
    Path path;
    std::vector<std::uint8_t> bytes;
  };

  explicit Network(std::uint64_t seed) : random_(seed) {}

  NetworkConditions conditions;
  // Sees every datagram that is sent.
  std::function<void(Direction, const Path&, ByteView)> tap;

  void send(Time now, Direction direction, const Path& path, ByteView datagram);
  Time next() const { return flying_.empty() ? Time::max() : flying_.begin()->first; }
  // One datagram that has arrived by `now`.
  std::optional<Delivery> pop(Time now);

  std::uint64_t sent() const { return sent_; }
  std::uint64_t lost() const { return lost_; }

 private:
  sotto::test::SeededRandom random_;
  std::multimap<Time, Delivery> flying_;
  std::uint64_t sent_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace sotto::bridge::sim
