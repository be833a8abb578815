// The VP8 payload descriptor (RFC 7741 section 4.2).
//
//  |X|R|N|S|R| PID |   X: |I|L|T|K| RSV |   I: |M| PictureID (7 or 15) |
//  L: | TL0PICIDX |    T or K: |TID|Y| KEYIDX |   then the VP8 payload header
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge {

struct Vp8Descriptor {
  bool non_reference = false;        // N
  bool partition_start = false;      // S
  std::uint8_t partition_index = 0;  // PID
  std::optional<std::uint16_t> picture_id;
  std::uint8_t picture_id_bits = 0;  // 7 or 15
  std::optional<std::uint8_t> tl0_picture_index;
  std::optional<std::uint8_t> temporal;
  bool layer_sync = false;  // Y
  std::optional<std::uint8_t> key_index;
  // Offsets into the payload, for patching; 0 where the field is absent.
  std::size_t picture_id_at = 0;
  std::size_t tl0_picture_index_at = 0;
  std::size_t key_index_at = 0;
  std::size_t size = 0;

  static Result<Vp8Descriptor> parse(ByteView payload);
  bool frame_start() const { return partition_start && partition_index == 0; }
};

}  // namespace sotto::bridge
