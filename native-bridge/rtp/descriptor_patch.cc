#include "rtp/descriptor_patch.h"

#include "base/byte_writer.h"
#include "rtp/vp8_descriptor.h"
#include "rtp/vp9_descriptor.h"

namespace sotto::bridge {

namespace {

void patch_picture_id(MutableBytes payload, std::size_t at, int bits, std::uint16_t picture_id) {
  if (bits == 15) {
    ByteWriter(payload.subspan(at, 2)).u16(picture_id | 0x8000);
  } else if (bits == 7) {
    payload[at] = picture_id & 0x7f;
  }
}

}  // namespace

void patch_descriptor(Codec codec, MutableBytes payload, const DescriptorPatch& patch) {
  std::size_t picture_id_at = 0;
  int picture_id_bits = 0;
  std::size_t tl0_at = 0;
  std::size_t key_index_at = 0;
  if (codec == Codec::kVp8) {
    auto descriptor = Vp8Descriptor::parse(payload);
    if (!descriptor) return;
    picture_id_at = descriptor->picture_id_at;
    picture_id_bits = descriptor->picture_id_bits;
    tl0_at = descriptor->tl0_picture_index_at;
    key_index_at = descriptor->key_index_at;
  } else if (codec == Codec::kVp9) {
    auto descriptor = Vp9Descriptor::parse(payload);
    if (!descriptor) return;
    picture_id_at = descriptor->picture_id_at;
    picture_id_bits = descriptor->picture_id_bits;
    tl0_at = descriptor->tl0_picture_index_at;
  }
  if (patch.picture_id && picture_id_at != 0) {
    patch_picture_id(payload, picture_id_at, picture_id_bits, *patch.picture_id);
  }
  if (patch.tl0_picture_index && tl0_at != 0) payload[tl0_at] = *patch.tl0_picture_index;
  if (patch.key_index && key_index_at != 0) {
    payload[key_index_at] =
        static_cast<std::uint8_t>((payload[key_index_at] & 0xe0) | (*patch.key_index & 0x1f));
  }
}

}  // namespace sotto::bridge
