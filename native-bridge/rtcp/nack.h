// Generic NACK (RFC 4585 section 6.2.1): pairs of a packet id and a bitmask of the 16 after it.
//
// |      PID (16)      |      BLP (16)      |  ...
#pragma once

#include <cstdint>
#include <span>

#include "base/byte_writer.h"
#include "base/result.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

// The sequence numbers that one NACK asks for, one at a time.
class Nack {
 public:
  // kWrongState when `packet` is not a NACK.
  static Result<Nack> parse(const Packet& packet);

  std::uint32_t sender_ssrc() const { return sender_ssrc_; }
  std::uint32_t media_ssrc() const { return media_ssrc_; }
  bool next(std::uint16_t& sequence_number);

 private:
  std::uint32_t sender_ssrc_ = 0;
  std::uint32_t media_ssrc_ = 0;
  ByteView items_;
  std::uint16_t packet_id_ = 0;
  std::uint16_t bitmask_ = 0;
  int bit_ = 17;  // 0: the packet id itself, 1 to 16: bits of the mask
};

// `sequence_numbers` ascend (modulo 2^16). Nothing is written when there are none.
void write_nack(ByteWriter& writer, std::uint32_t sender_ssrc, std::uint32_t media_ssrc,
                std::span<const std::uint16_t> sequence_numbers);

}  // namespace sotto::bridge::rtcp
