// The SFrame header (RFC 9605 section 4.3).
//
//    0 1 2 3 4 5 6 7
//   +-+-+-+-+-+-+-+-+------------+------------+   X = 0: K is the KID; X = 1: K + 1 bytes of KID
//   |X|  K  |Y|  C  |   KID...   |   CTR...   |   Y = 0: C is the CTR; Y = 1: C + 1 bytes of CTR
//   +-+-+-+-+-+-+-+-+------------+------------+
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/result.h"

namespace sotto {

struct Header {
  std::uint64_t kid = 0;
  std::uint64_t ctr = 0;

  static constexpr std::size_t kMaxSize = 17;

  friend bool operator==(const Header&, const Header&) = default;
};

std::size_t encoded_size(const Header& header);

void encode(const Header& header, ByteWriter& writer);

// kTruncated when it ends too early; kMalformed when a number takes more bytes than it needs
// ("MUST be encoded with the minimum number of bytes").
Result<Header> decode_header(ByteReader& reader);

}  // namespace sotto
