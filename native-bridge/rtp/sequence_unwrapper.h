// Counters that wrap, as numbers that do not: 16-bit sequence numbers, 32-bit timestamps.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

namespace sotto::bridge {

// Whether `a` comes after `b`, modulo the width (RFC 1982). Half the circle apart counts as after.
template <typename T>
constexpr bool is_newer(T a, T b) {
  static_assert(std::is_unsigned_v<T>);
  return a != b && static_cast<T>(a - b) <= (std::numeric_limits<T>::max() >> 1) + 1;
}

template <typename T>
class Unwrapper {
 public:
  using Signed = std::make_signed_t<T>;

  // The number nearest to the newest one seen. The first lies in [0, 2^bits), or higher by
  // one turn, so that numbers just before it stay positive.
  std::int64_t unwrap(T value) {
    const std::int64_t unwrapped = peek(value);
    if (!newest_ || unwrapped > *newest_) newest_ = unwrapped;
    return unwrapped;
  }

  // As unwrap(), but remembers nothing.
  std::int64_t peek(T value) const {
    if (!newest_) return static_cast<std::int64_t>(value) + kTurn;
    return *newest_ + static_cast<Signed>(static_cast<T>(value - static_cast<T>(*newest_)));
  }

  std::optional<std::int64_t> newest() const { return newest_; }
  void reset() { newest_.reset(); }

 private:
  static constexpr std::int64_t kTurn = std::int64_t{1} << (8 * sizeof(T));
  std::optional<std::int64_t> newest_;
};

using SequenceUnwrapper = Unwrapper<std::uint16_t>;
using TimestampUnwrapper = Unwrapper<std::uint32_t>;

}  // namespace sotto::bridge
