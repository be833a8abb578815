// Fields of the VP8 and VP9 payload descriptors that must stay continuous for a receiver when the
// stream behind its SSRC changes: PictureID, TL0PICIDX, KEYIDX.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "rtp/codec.h"

namespace sotto::bridge {

// New values for fields of the VP8 or VP9 payload descriptor; absent ones stay.
struct DescriptorPatch {
  std::optional<std::uint16_t> picture_id;  // its low 7 bits where the field has 7
  std::optional<std::uint8_t> tl0_picture_index;
  std::optional<std::uint8_t> key_index;

  bool empty() const { return !picture_id && !tl0_picture_index && !key_index; }
};

// In place, never changing a length; fields that the payload lacks are skipped. Other codecs
// than VP8 and VP9 are left as they are.
void patch_descriptor(Codec codec, MutableBytes payload, const DescriptorPatch& patch);

}  // namespace sotto::bridge
