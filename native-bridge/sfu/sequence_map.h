// Gives the packets of changing sources one continuous run of sequence numbers.
//
//   in:   100 101 (102: padding, consumed) 103   | switch |   7   8  (9 lost)  10
//   out:   50  51                           52   |        |  53  54     -      56
//
// Gaps of the source stay gaps, so that the receiver's NACK finds them; consumed padding closes
// up; a late packet gets the number that was kept for it. Old and new packets of different
// sources never get the same number (under one SRTP key it is a nonce).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace sotto::bridge {

class SequenceMap {
 public:
  // `first_out`: a random start, below 2^15 so that early reordering cannot wrap (RFC 3711).
  explicit SequenceMap(std::uint16_t first_out) : next_out_(first_out & 0x7fff) {}

  // The next source begins at `in` (unwrapped); what comes of it from before is not forwarded.
  // `epoch` names the source in origin().
  void restart(std::int64_t in, std::uint32_t epoch);

  // The number of `in`; nothing when it has none (before the source's start, consumed, or
  // beyond what is remembered). A jump of more than kMaxGap closes up.
  std::optional<std::uint16_t> map(std::int64_t in);

  // Takes `in` out of the numbering. False when later numbers are already out: then the packet
  // must be forwarded, or the receiver sees a hole that never fills.
  bool consume(std::int64_t in);

  struct Origin {
    std::int64_t in;
    std::uint32_t epoch;
  };
  // Which packet went, or should have gone, out under `out`.
  std::optional<Origin> origin(std::uint16_t out) const;

  bool started() const { return count_ > 0; }
  // One more than the highest number given out; without wrap.
  std::int64_t next_out() const { return next_out_; }

  static constexpr std::int64_t kMaxGap = 1000;

 private:
  // In numbers from `in` on have out numbers from `out` on, until the next segment.
  struct Segment {
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::uint32_t epoch = 0;
  };
  static constexpr std::size_t kSegments = 16;

  // 0: the newest.
  const Segment& segment(std::size_t age) const {
    return segments_[(count_ - 1 - age) % kSegments];
  }
  std::size_t remembered() const { return count_ < kSegments ? count_ : kSegments; }
  void begin_segment(std::int64_t in, std::uint32_t epoch);
  std::optional<std::uint16_t> map_late(std::int64_t in) const;

  std::array<Segment, kSegments> segments_{};
  std::size_t count_ = 0;
  std::int64_t next_in_ = 0;
  std::int64_t next_out_;
};

}  // namespace sotto::bridge
