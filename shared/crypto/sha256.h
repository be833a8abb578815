// SHA-256 (FIPS 180-4) in little code, for the browser's modules, where libsodium's would be a
// tenth of what a page loads. It runs once a key, never for a frame; natively it is libsodium's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace sotto {

// Hashes secrets: no branch or address depends on them, and all of it is wiped when it dies.
class Sha256 {
 public:
  static constexpr std::size_t kSize = 32;
  static constexpr std::size_t kBlock = 64;

  Sha256();
  Sha256(const Sha256&) = default;
  Sha256& operator=(const Sha256&) = default;
  ~Sha256();

  void update(ByteView part);
  // Once, and last.
  void finish(std::span<std::uint8_t, kSize> digest);

 private:
  void compress();

  std::uint32_t state_[8];
  std::uint64_t size_ = 0;
  std::uint8_t block_[kBlock] = {};
};

}  // namespace sotto
