// Which packets of one incoming stream are missing, and when to ask for them (RFC 4585 6.2.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "rtp/sequence_unwrapper.h"

namespace sotto::bridge {

class NackTracker {
 public:
  struct Config {
    // A gap may be only reordering: this long, or this many newer packets, before asking.
    Duration reordering_delay = std::chrono::milliseconds(10);
    int reordering_packets = 3;
    Duration min_interval = std::chrono::milliseconds(20);  // between two requests for one
    int max_requests = 8;
    Duration max_age = std::chrono::seconds(1);
    std::size_t max_missing = 256;  // a larger gap is not worth filling
  };

  NackTracker() : NackTracker(Config{}) {}
  explicit NackTracker(Config config) : config_(config) {}

  // A packet has come, first-hand or out of RTX.
  void on_packet(Time now, std::uint16_t sequence_number);

  // Writes the sequence numbers to ask for now, ascending, and counts each as asked. Call it
  // again after `rtt` (the round trip to the publisher) or at next_timeout().
  std::size_t take_due(Time now, Duration rtt, std::span<std::uint16_t> out);
  std::optional<Time> next_timeout(Duration rtt) const;

  // True once after a packet was given up or a gap was too large: only a key frame helps.
  bool take_unrecoverable();
  // Everything up to and including this number is not needed any more, e.g. before a key frame.
  void forget_up_to(std::uint16_t sequence_number);
  std::size_t missing() const { return missing_.size(); }
  void reset();

 private:
  struct Missing {
    std::int64_t sequence;
    Time since;
    std::optional<Time> requested;
    int requests;
  };
  bool is_due(const Missing& missing, Time now, Duration interval) const;
  void open_gap(Time now, std::int64_t first, std::int64_t last);

  Config config_;
  SequenceUnwrapper unwrapper_;
  std::vector<Missing> missing_;  // ascending
  bool unrecoverable_ = false;
};

}  // namespace sotto::bridge
