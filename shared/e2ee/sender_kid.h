// The KID of Sotto's sender keys: RFC 9605 section 5.1 with R = 8, and what an application's keys
// need besides in the "key generation".
//
//    44 bits              8 bits      4 bits    8 bits
//   +--------------------+-----------+---------+--------------+
//   | random             | key index | context | ratchet step |
//   +--------------------+-----------+---------+--------------+
//
// The random part is drawn for every context whenever a sender begins to use a key: a reload under
// the same key, or several senders of one passphrase, never meet under one KID (and so one AEAD
// key).
#pragma once

#include <cstdint>

#include "base/random.h"

namespace sotto {

struct SenderKid {
  std::uint64_t random = 0;  // 44 bits
  std::uint8_t index = 0;
  std::uint8_t context = 0;  // 4 bits
  std::uint8_t step = 0;

  static constexpr std::uint64_t kRandomMask = (std::uint64_t{1} << 44) - 1;
  static constexpr std::uint8_t kContexts = 16;

  std::uint64_t kid() const {
    return (random & kRandomMask) << 20 | std::uint64_t{index} << 12 | std::uint64_t{context} << 8 |
           step;
  }
  static SenderKid of(std::uint64_t kid) {
    return {.random = kid >> 20,
            .index = static_cast<std::uint8_t>(kid >> 12),
            .context = static_cast<std::uint8_t>(kid >> 8 & 0xf),
            .step = static_cast<std::uint8_t>(kid)};
  }
  static std::uint64_t draw(RandomSource& source) { return source.u64() & kRandomMask; }

  friend bool operator==(const SenderKid&, const SenderKid&) = default;
};

}  // namespace sotto
