// Hands out every CTR once (RFC 9605 section 9.1): a number used twice under one key gives away
// both frames.
#pragma once

#include <cstdint>
#include <limits>

#include "base/result.h"

namespace sotto {

class CtrAllocator {
 public:
  explicit CtrAllocator(std::uint64_t first = 0) : next_(first) {}
  CtrAllocator(const CtrAllocator&) = delete;
  CtrAllocator& operator=(const CtrAllocator&) = delete;
  // What was moved from hands out nothing any more.
  CtrAllocator(CtrAllocator&& other) noexcept : next_(other.next_) { other.next_ = kEnd; }
  CtrAllocator& operator=(CtrAllocator&& other) noexcept {
    next_ = other.next_;
    if (this != &other) other.next_ = kEnd;
    return *this;
  }

  // kExhausted at the end; the last value of the range is never used.
  Result<std::uint64_t> take() {
    if (next_ == kEnd) return fail(Error::kExhausted);
    return next_++;
  }

  std::uint64_t next() const { return next_; }

 private:
  static constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t next_;
};

}  // namespace sotto
