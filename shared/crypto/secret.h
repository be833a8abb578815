// Bytes that must not outlive their use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "base/bytes.h"

namespace sotto {

// Overwrites with zeros in a way that the optimiser cannot leave out.
inline void wipe(MutableBytes bytes) {
  if (bytes.empty()) return;
  std::memset(bytes.data(), 0, bytes.size());
  asm volatile("" : : "r"(bytes.data()) : "memory");  // as if something read them
}

// N secret bytes: moved, never copied; wiped when they die or move away. There is no comparison
// (crypto/constant_time.h has one) and no way to print.
template <std::size_t N>
class Secret {
 public:
  static constexpr std::size_t kSize = N;

  Secret() = default;
  explicit Secret(std::span<const std::uint8_t, N> bytes) { copy(bytes.data()); }
  Secret(Secret&& other) noexcept { take(other); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) take(other);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { forget(); }

  bool operator==(const Secret&) const = delete;

  std::span<const std::uint8_t, N> view() const { return std::span<const std::uint8_t, N>(bytes_); }
  std::span<std::uint8_t, N> writable() { return std::span<std::uint8_t, N>(bytes_); }

 private:
  // Calls, where a few dozen bytes would else be moved by as many instructions at hundreds of
  // places.
  [[gnu::noinline]] void copy(const std::uint8_t* bytes) { std::memcpy(bytes_, bytes, N); }
  [[gnu::noinline]] void take(Secret& other) {
    std::memcpy(bytes_, other.bytes_, N);
    wipe(other.bytes_);
  }
  [[gnu::noinline]] void forget() { wipe(bytes_); }

  std::uint8_t bytes_[N] = {};
};

}  // namespace sotto
