// What a sender has said of one stream's counter, and so which CTRs of it can be live (security
// profile, section 5): far above is made up, far below is old, and in between it can still lag.
#pragma once

#include <cstdint>
#include <list>

#include "base/time.h"
#include "room/policy.h"

namespace sotto::room {

enum class CtrVerdict : std::uint8_t {
  kLive,
  kLagging,  // shown, and marked: behind what the sender had sent over 2 s ago
  kTooFar,   // refused
  kTooOld,   // refused: the sender was past it 15 s ago
};

class CtrHistory {
 public:
  static constexpr Duration kOld = std::chrono::seconds(15);
  static constexpr Duration kLag = std::chrono::seconds(2);
  // More than any encoder makes: 9 layers of 60 frames a second, and what was on its way.
  static constexpr std::uint64_t kAhead = 2048;
  static constexpr std::uint64_t kAheadPerSecond = 1024;

  // At `now` I was told that everything below `ctr_high` had been sent, in `epoch`. A counter that
  // began again (a restored device, in an epoch of its own) begins a new history.
  void told(std::uint64_t ctr_high, std::uint64_t epoch, Time now);

  // A frame of this CTR, sealed in `epoch`.
  CtrVerdict judge(std::uint64_t ctr, std::uint64_t epoch, Time now, const Policy& policy) const;

 private:
  struct Entry {
    Time at{};
    std::uint64_t ctr_high = 0;
  };

  std::list<Entry> entries_;  // oldest first; the first may be older than kOld, no other is
  std::uint64_t since_epoch_ = 0;
};

}  // namespace sotto::room
