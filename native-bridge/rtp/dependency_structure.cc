#include "rtp/dependency_structure.h"

#include <algorithm>

namespace sotto::bridge {

namespace {

constexpr std::size_t kMaxFrameDifferences = 16;  // more references than any codec has buffers

bool read_layers(BitReader& reader, DependencyStructure& structure) {
  std::uint8_t spatial = 0;
  std::uint8_t temporal = 0;
  std::uint32_t next_layer = 0;
  do {
    if (structure.template_count == kMaxTemplates) return false;
    FrameTemplate& frame = structure.templates[structure.template_count++];
    frame = {};
    frame.spatial = spatial;
    frame.temporal = temporal;
    structure.max_temporal = std::max(structure.max_temporal, temporal);
    next_layer = reader.bits(2);
    if (next_layer == 1) {
      ++temporal;
    } else if (next_layer == 2) {
      temporal = 0;
      ++spatial;
    }
  } while (next_layer != 3 && reader.ok());
  structure.max_spatial = spatial;
  return reader.ok();
}

void read_indications(BitReader& reader, DependencyStructure& structure) {
  for (std::size_t t = 0; t < structure.template_count; ++t) {
    structure.templates[t].indications = read_indications(reader, structure.decode_target_count);
  }
}

bool skip_frame_differences(BitReader& reader, const DependencyStructure& structure) {
  for (std::size_t t = 0; t < structure.template_count; ++t) {
    std::size_t count = 0;
    while (reader.flag()) {
      if (++count > kMaxFrameDifferences) return false;
      reader.bits(4);
    }
  }
  return reader.ok();
}

void read_chains(BitReader& reader, DependencyStructure& structure) {
  structure.chain_count =
      static_cast<std::uint8_t>(reader.non_symmetric(structure.decode_target_count + 1u));
  if (structure.chain_count == 0) return;
  for (std::size_t i = 0; i < structure.decode_target_count; ++i) {
    structure.protected_by[i] =
        static_cast<std::uint8_t>(reader.non_symmetric(structure.chain_count));
  }
  for (std::size_t t = 0; t < structure.template_count; ++t) {
    for (std::size_t chain = 0; chain < structure.chain_count; ++chain) {
      structure.templates[t].chain_differences[chain] = static_cast<std::uint8_t>(reader.bits(4));
    }
  }
}

void derive_target_layers(DependencyStructure& structure) {
  for (std::size_t i = 0; i < structure.decode_target_count; ++i) {
    for (std::size_t t = 0; t < structure.template_count; ++t) {
      const FrameTemplate& frame = structure.templates[t];
      if (frame.indications[i] == Indication::kNotPresent) continue;
      structure.target_spatial[i] = std::max(structure.target_spatial[i], frame.spatial);
      structure.target_temporal[i] = std::max(structure.target_temporal[i], frame.temporal);
    }
  }
}

void read_resolutions(BitReader& reader, DependencyStructure& structure) {
  for (std::size_t layer = 0; layer <= structure.max_spatial; ++layer) {
    // A width of 65536 is written as 0 here: unknown.
    const auto width = static_cast<std::uint16_t>(reader.bits(16) + 1);
    const auto height = static_cast<std::uint16_t>(reader.bits(16) + 1);
    if (layer >= structure.width.size()) continue;
    structure.width[layer] = width;
    structure.height[layer] = height;
  }
}

}  // namespace

Indications read_indications(BitReader& reader, std::size_t decode_target_count) {
  Indications indications;
  for (std::size_t i = 0; i < decode_target_count; ++i) {
    indications.set(i, static_cast<Indication>(reader.bits(2)));
  }
  return indications;
}

Result<DependencyStructure> read_dependency_structure(BitReader& reader) {
  DependencyStructure structure;
  structure.template_id_offset = static_cast<std::uint8_t>(reader.bits(6));
  structure.decode_target_count = static_cast<std::uint8_t>(reader.bits(5) + 1);
  if (!read_layers(reader, structure)) return fail(Error::kMalformed);
  read_indications(reader, structure);
  if (!skip_frame_differences(reader, structure)) return fail(Error::kMalformed);
  read_chains(reader, structure);
  derive_target_layers(structure);
  if (reader.flag()) read_resolutions(reader, structure);
  if (!reader.ok()) return fail(Error::kTruncated);
  return structure;
}

}  // namespace sotto::bridge
