// The header of a DTLS 1.2 record (RFC 6347 section 4.1); one datagram carries one or more:
//
//   +------+---------+-------+-----------------+--------+----------
//   | type | version | epoch | sequence number | length | fragment
//   |  8   |   16    |  16   |       48        |   16   |
//   +------+---------+-------+-----------------+--------+----------
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge {

struct DtlsRecord {
  static constexpr std::size_t kHeaderSize = 13;
  static constexpr std::uint8_t kHandshake = 22;

  // The first record of `bytes`; the next one starts at size(). kTruncated.
  static Result<DtlsRecord> parse(ByteView bytes);

  std::size_t size() const { return kHeaderSize + length; }

  std::uint8_t type = 0;
  std::uint16_t version = 0;
  std::uint16_t epoch = 0;
  std::uint64_t sequence = 0;
  std::uint16_t length = 0;
};

// Whether some record of the datagram is an unprotected handshake message.
bool has_plain_handshake(ByteView datagram);

// Gives each record of epoch 0 in the datagram a sequence number from `next` on. These records are
// not protected, so nothing else depends on it.
void renumber_plain_records(MutableBytes datagram, std::uint64_t& next);

}  // namespace sotto::bridge
