// The end of a LiveKit or JFrame frame:
//
//   ... ciphertext | tag (16) | IV (12) | 0C | key index
//
// The 0C is the IV's size. No other size exists, so none is accepted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

inline constexpr std::size_t kTrailerTagSize = 16;
inline constexpr std::size_t kIvSize = 12;
// Everything behind the ciphertext.
inline constexpr std::size_t kTrailerOverhead = kTrailerTagSize + kIvSize + 2;

// Stands for (SSRC, timestamp, count): see the formats for its last word.
struct Iv {
  std::uint32_t ssrc = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t last_word = 0;

  std::array<std::uint8_t, kIvSize> bytes() const;
  friend bool operator==(const Iv&, const Iv&) = default;
};

struct Trailer {
  ByteView sealed;  // ciphertext and tag
  Iv iv;
  std::uint8_t key_index = 0;
};

// `rest` is a frame without its clear prefix, escapes undone. kTruncated below 30 bytes; kMalformed
// for another size of IV, or a key index above 15.
Result<Trailer> parse_trailer(ByteView rest);

// Writes what follows the tag: 14 bytes.
void write_trailer(const Iv& iv, std::uint8_t key_index, ByteWriter& writer);

}  // namespace sotto
