// Which bytes of a DAVE frame are in the clear: ranges in ascending order that do not overlap. The
// clear bytes, joined, are authenticated; what lies between them, joined, is encrypted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

struct ClearRange {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;

  std::uint32_t end() const { return offset + size; }
  friend bool operator==(const ClearRange&, const ClearRange&) = default;
};

class ClearRanges {
 public:
  // More do not fit: behind a tag and a nonce, u8 S leaves room for 121 pairs.
  static constexpr std::size_t kMax = 121;

  // Appends a range; one that begins where the last ends is joined to it, one of no bytes is left
  // out. kMalformed when it begins before the last ends or overflows, kTooLarge when there are too
  // many.
  Result<void> add(std::size_t offset, std::size_t size);

  std::size_t count() const { return count_; }
  const ClearRange* begin() const { return ranges_.data(); }
  const ClearRange* end() const { return ranges_.data() + count_; }
  // All clear bytes together.
  std::size_t total() const { return total_; }
  // Where the last one ends.
  std::size_t reach() const { return count_ == 0 ? 0 : ranges_[count_ - 1].end(); }

  // True when the `size` bytes at `offset` are all in the clear.
  bool contain(std::size_t offset, std::size_t size) const;

 private:
  std::array<ClearRange, kMax> ranges_{};
  std::size_t count_ = 0;
  std::size_t total_ = 0;
};

// Joins the clear bytes of `frame` into `clear` (total() bytes) and the others into `rest`
// (the remaining ones). reach() must not be above frame.size().
void take_apart(const ClearRanges& ranges, ByteView frame, MutableBytes clear, MutableBytes rest);

// The reverse. `rest` may lie at the beginning of `frame`.
void put_together(const ClearRanges& ranges, ByteView clear, ByteView rest, MutableBytes frame);

}  // namespace sotto
