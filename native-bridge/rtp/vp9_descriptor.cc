#include "rtp/vp9_descriptor.h"

#include "base/byte_reader.h"

namespace sotto::bridge {

namespace {

constexpr int kMaxReferences = 3;

Result<void> read_picture_id(ByteReader& reader, Vp9Descriptor& descriptor) {
  descriptor.picture_id_at = reader.position();
  TRY(const std::uint8_t high, reader.u8());
  descriptor.picture_id = high & 0x7f;
  descriptor.picture_id_bits = 7;
  if ((high & 0x80) != 0) {
    TRY(const std::uint8_t low, reader.u8());
    descriptor.picture_id = static_cast<std::uint16_t>((high & 0x7f) << 8 | low);
    descriptor.picture_id_bits = 15;
  }
  return {};
}

Result<void> read_layers(ByteReader& reader, Vp9Descriptor& descriptor) {
  TRY(const std::uint8_t layers, reader.u8());
  descriptor.temporal = static_cast<std::uint8_t>(layers >> 5);
  descriptor.switching_point = (layers & 0x10) != 0;
  descriptor.spatial = static_cast<std::uint8_t>(layers >> 1 & 7);
  descriptor.inter_layer_dependency = (layers & 0x01) != 0;
  if (!descriptor.flexible) {
    descriptor.tl0_picture_index_at = reader.position();
    TRY(descriptor.tl0_picture_index, reader.u8());
  }
  return {};
}

// Up to three | P_DIFF (7) |N|; N: another follows.
Result<void> skip_references(ByteReader& reader) {
  for (int i = 0; i < kMaxReferences; ++i) {
    TRY(const std::uint8_t reference, reader.u8());
    if ((reference & 1) == 0) return {};
  }
  return fail(Error::kMalformed);
}

// |N_S (3)|Y|G|-|-|-|, with Y a width and height a layer, with G the pictures of one group.
Result<void> skip_structure(ByteReader& reader) {
  TRY(const std::uint8_t flags, reader.u8());
  const std::size_t spatial_layers = std::size_t{1} + (flags >> 5);
  if ((flags & 0x10) != 0) TRY_VOID(reader.skip(4 * spatial_layers));
  if ((flags & 0x08) == 0) return {};
  TRY(const std::uint8_t pictures, reader.u8());
  for (int i = 0; i < pictures; ++i) {
    TRY(const std::uint8_t picture, reader.u8());
    TRY_VOID(reader.skip(picture >> 2 & 3));
  }
  return {};
}

}  // namespace

Result<Vp9Descriptor> Vp9Descriptor::parse(ByteView payload) {
  ByteReader reader(payload);
  Vp9Descriptor descriptor;
  TRY(const std::uint8_t first, reader.u8());
  const bool has_picture_id = (first & 0x80) != 0;
  descriptor.inter_predicted = (first & 0x40) != 0;
  descriptor.has_layers = (first & 0x20) != 0;
  descriptor.flexible = (first & 0x10) != 0;
  descriptor.frame_start = (first & 0x08) != 0;
  descriptor.frame_end = (first & 0x04) != 0;
  descriptor.has_structure = (first & 0x02) != 0;
  descriptor.not_reference_for_upper = (first & 0x01) != 0;
  if (has_picture_id) TRY_VOID(read_picture_id(reader, descriptor));
  if (descriptor.has_layers) TRY_VOID(read_layers(reader, descriptor));
  if (descriptor.flexible && descriptor.inter_predicted) TRY_VOID(skip_references(reader));
  if (descriptor.has_structure) TRY_VOID(skip_structure(reader));
  descriptor.size = reader.position();
  return descriptor;
}

}  // namespace sotto::bridge
