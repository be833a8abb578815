// The VP9 payload descriptor (RFC 9628 section 4.2), without its scalability structure, which
// is only skipped.
//
//  |I|P|L|F|B|E|V|Z|   I: |M| PictureID (7 or 15) |   L: |TID|U| SID |D|   L and not F: | TL0PICIDX
//  | F and P: up to three | P_DIFF |N|   V: scalability structure   then the VP9 payload
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge {

struct Vp9Descriptor {
  bool inter_predicted = false;          // P
  bool flexible = false;                 // F
  bool frame_start = false;              // B: of one spatial layer
  bool frame_end = false;                // E
  bool not_reference_for_upper = false;  // Z
  bool has_structure = false;            // V
  std::optional<std::uint16_t> picture_id;
  std::uint8_t picture_id_bits = 0;
  bool has_layers = false;  // L
  std::uint8_t temporal = 0;
  std::uint8_t spatial = 0;
  bool switching_point = false;         // U
  bool inter_layer_dependency = false;  // D
  std::optional<std::uint8_t> tl0_picture_index;
  std::size_t picture_id_at = 0;
  std::size_t tl0_picture_index_at = 0;
  std::size_t size = 0;

  static Result<Vp9Descriptor> parse(ByteView payload);
};

}  // namespace sotto::bridge
