#include "sfu/sequence_map.h"

namespace sotto::bridge {

void SequenceMap::begin_segment(std::int64_t in, std::uint32_t epoch) {
  segments_[count_ % kSegments] = Segment{in, next_out_, epoch};
  // Kept small enough never to wrap, and congruent modulo kSegments.
  if (++count_ == 4 * kSegments) count_ = 2 * kSegments;
  next_in_ = in;
}

void SequenceMap::restart(std::int64_t in, std::uint32_t epoch) { begin_segment(in, epoch); }

std::optional<std::uint16_t> SequenceMap::map(std::int64_t in) {
  if (count_ == 0) return std::nullopt;
  if (in < segment(0).in) return map_late(in);
  if (in >= next_in_ + kMaxGap) begin_segment(in, segment(0).epoch);
  const std::int64_t out = segment(0).out + (in - segment(0).in);
  if (in >= next_in_) {
    next_in_ = in + 1;
    next_out_ = out + 1;
  }
  return static_cast<std::uint16_t>(out);
}

std::optional<std::uint16_t> SequenceMap::map_late(std::int64_t in) const {
  const std::uint32_t epoch = segment(0).epoch;
  for (std::size_t age = 1; age < remembered(); ++age) {
    const Segment& candidate = segment(age);
    if (candidate.epoch != epoch) return std::nullopt;
    if (in < candidate.in) continue;
    const std::int64_t out = candidate.out + (in - candidate.in);
    if (out >= segment(age - 1).out) return std::nullopt;
    return static_cast<std::uint16_t>(out);
  }
  return std::nullopt;
}

bool SequenceMap::consume(std::int64_t in) {
  if (count_ == 0 || in < segment(0).in) return true;
  if (in < next_in_) return false;
  if (in >= next_in_ + kMaxGap) {
    begin_segment(in + 1, segment(0).epoch);
    return true;
  }
  // Numbers between next_in_ and `in` are missing and keep their places.
  next_out_ += in - next_in_;
  begin_segment(in + 1, segment(0).epoch);
  return true;
}

std::optional<SequenceMap::Origin> SequenceMap::origin(std::uint16_t out) const {
  const std::int64_t newest = next_out_ - 1;
  const std::int64_t wide =
      newest + static_cast<std::int16_t>(static_cast<std::uint16_t>(out - newest));
  if (wide > newest) return std::nullopt;
  for (std::size_t age = 0; age < remembered(); ++age) {
    const Segment& candidate = segment(age);
    if (wide < candidate.out) continue;
    return Origin{candidate.in + (wide - candidate.out), candidate.epoch};
  }
  return std::nullopt;
}

}  // namespace sotto::bridge
