#include "room/waiting_frames.h"

#include <utility>

namespace sotto::room {

bool WaitingFrames::hold(std::uint64_t slot, ByteView frame, Time now) {
  if (bytes_ + frame.size() > kMaxBytes) return false;
  return hold_again({now, slot, std::vector<std::uint8_t>(frame.begin(), frame.end())});
}

bool WaitingFrames::hold_again(WaitingFrame frame) {
  if (frames_.size() >= kMaxFrames || bytes_ + frame.frame.size() > kMaxBytes) return false;
  bytes_ += frame.frame.size();
  frames_.push_back(std::move(frame));
  return true;
}

std::vector<WaitingFrame> WaitingFrames::take(Time now) {
  expire(now);
  std::vector<WaitingFrame> taken(std::make_move_iterator(frames_.begin()),
                                  std::make_move_iterator(frames_.end()));
  frames_.clear();
  bytes_ = 0;
  return taken;
}

std::size_t WaitingFrames::expire(Time now) {
  std::size_t dropped = 0;
  while (!frames_.empty() && frames_.front().since + kLongest <= now) {
    bytes_ -= frames_.front().frame.size();
    frames_.pop_front();
    ++dropped;
  }
  return dropped;
}

std::optional<Time> WaitingFrames::next_expiry() const {
  if (frames_.empty()) return std::nullopt;
  return frames_.front().since + kLongest;
}

}  // namespace sotto::room
