// Frames of an epoch that has not come yet (security profile, section 7): the media of a sender
// that is ahead arrives before the commit does. They wait 500 ms at most, and only so many.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace sotto::room {

struct WaitingFrame {
  Time since{};
  std::uint64_t slot = 0;  // the caller's
  std::vector<std::uint8_t> frame;
};

class WaitingFrames {
 public:
  static constexpr Duration kLongest = std::chrono::milliseconds(500);
  static constexpr std::size_t kMaxFrames = 512;
  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

  // False when there is no room: those that wait keep theirs.
  bool hold(std::uint64_t slot, ByteView frame, Time now);

  // An epoch has come: everything that has not waited too long, in the order of arrival. Frames
  // that still find no key may be held again, with `since` as their time.
  std::vector<WaitingFrame> take(Time now);
  bool hold_again(WaitingFrame frame);

  // Drops what has waited too long and returns how many.
  std::size_t expire(Time now);
  std::optional<Time> next_expiry() const;

  std::size_t size() const { return frames_.size(); }

 private:
  std::list<WaitingFrame> frames_;
  std::size_t bytes_ = 0;
};

}  // namespace sotto::room
