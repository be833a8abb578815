// A room's handshakes in the one order that all see: numbers 1, 2, 3 ... without gaps, and the last
// of them kept for those who come back. Bounded by count, bytes and age; the oldest goes first.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "base/time.h"
#include "delivery/frame.h"
#include "delivery/limits.h"
#include "delivery/shared_bytes.h"

namespace sotto::bridge::delivery {

class OrderedLog {
 public:
  OrderedLog(const DeliveryLimits& limits, SharedBytes& shared)
      : limits_(limits), shared_(shared) {}
  ~OrderedLog();
  OrderedLog(const OrderedLog&) = delete;
  OrderedLog& operator=(const OrderedLog&) = delete;

  // The last number given; 0 before the first.
  std::uint64_t last() const { return last_; }
  // Takes the frame that carries number last() + 1.
  void append(Time now, SharedFrame frame);

  // Whether everything after number `after` is still here (also when there is nothing after it).
  bool complete_after(std::uint64_t after) const;
  // What is kept of it, oldest first.
  std::vector<SharedFrame> frames_after(std::uint64_t after) const;

  void expire(Time now);
  // When the oldest is too old; Time::max() for an empty log.
  Time next_expiry() const;
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Time at;
    SharedFrame frame;
  };
  void drop_oldest();

  const DeliveryLimits& limits_;
  SharedBytes& shared_;
  std::deque<Entry> entries_;
  std::uint64_t last_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace sotto::bridge::delivery
