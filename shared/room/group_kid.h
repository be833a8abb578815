// The KID of a frame under group keys (RFC 9605 section 5.2), with E = 8:
//
//    64 - S - 8 bits   S bits        8 bits
//   +-----------------+-------------+-------------------+
//   | context         | leaf index  | epoch modulo 256  |      S = log2 of the tree's leaf width
//   +-----------------+-------------+-------------------+
//
// Context: 0 microphone, 1 camera, 2 screen, 3 screen audio, 4 to 15 announced.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "mls/wire/indices.h"

namespace sotto::room {

inline constexpr unsigned kEpochBits = 8;
inline constexpr std::uint64_t kContexts = 16;

// S for Group::leaf_width(), which is a power of two.
inline unsigned leaf_bits_of(std::uint32_t leaf_width) {
  unsigned bits = 0;
  while (leaf_width > 1) {
    leaf_width >>= 1;
    ++bits;
  }
  return bits;
}

struct GroupKid {
  std::uint8_t context = 0;
  mls::LeafIndex leaf;
  std::uint8_t epoch = 0;  // its low bits

  std::uint64_t kid(unsigned leaf_bits) const {
    return (std::uint64_t{context} << leaf_bits | leaf.value) << kEpochBits | epoch;
  }

  // In an epoch of that S; kUnknownKey when the context is none of ours.
  static Result<GroupKid> of(std::uint64_t kid, unsigned leaf_bits) {
    const std::uint64_t leaf_mask = (std::uint64_t{1} << leaf_bits) - 1;
    const std::uint64_t context = kid >> kEpochBits >> leaf_bits;
    if (context >= kContexts) return fail(Error::kUnknownKey);
    return GroupKid{static_cast<std::uint8_t>(context),
                    {static_cast<std::uint32_t>(kid >> kEpochBits & leaf_mask)},
                    static_cast<std::uint8_t>(kid)};
  }
};

}  // namespace sotto::room
