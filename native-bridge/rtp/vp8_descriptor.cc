#include "rtp/vp8_descriptor.h"

#include "base/byte_reader.h"

namespace sotto::bridge {

Result<Vp8Descriptor> Vp8Descriptor::parse(ByteView payload) {
  ByteReader reader(payload);
  Vp8Descriptor descriptor;
  TRY(const std::uint8_t first, reader.u8());
  descriptor.non_reference = (first & 0x20) != 0;
  descriptor.partition_start = (first & 0x10) != 0;
  descriptor.partition_index = first & 0x07;
  std::uint8_t present = 0;
  if ((first & 0x80) != 0) {
    TRY(present, reader.u8());
  }
  if ((present & 0x80) != 0) {  // I
    descriptor.picture_id_at = reader.position();
    TRY(const std::uint8_t high, reader.u8());
    descriptor.picture_id = high & 0x7f;
    descriptor.picture_id_bits = 7;
    if ((high & 0x80) != 0) {
      TRY(const std::uint8_t low, reader.u8());
      descriptor.picture_id = static_cast<std::uint16_t>((high & 0x7f) << 8 | low);
      descriptor.picture_id_bits = 15;
    }
  }
  if ((present & 0x40) != 0) {  // L
    descriptor.tl0_picture_index_at = reader.position();
    TRY(descriptor.tl0_picture_index, reader.u8());
  }
  if ((present & 0x30) != 0) {  // T or K
    const std::size_t at = reader.position();
    TRY(const std::uint8_t layers, reader.u8());
    if ((present & 0x20) != 0) {
      descriptor.temporal = static_cast<std::uint8_t>(layers >> 6);
      descriptor.layer_sync = (layers & 0x20) != 0;
    }
    if ((present & 0x10) != 0) {
      descriptor.key_index = static_cast<std::uint8_t>(layers & 0x1f);
      descriptor.key_index_at = at;
    }
  }
  descriptor.size = reader.position();
  return descriptor;
}

}  // namespace sotto::bridge
