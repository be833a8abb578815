#include "rtp/dependency_descriptor.h"

#include "base/byte_writer.h"

namespace sotto::bridge {

namespace {

constexpr std::size_t kMandatorySize = 3;
constexpr std::size_t kFrameNumberAt = 1;
constexpr int kTemplateIds = 64;

struct Flags {
  bool structure = false;
  bool active_targets = false;
  bool custom_indications = false;
  bool custom_frame_differences = false;
  bool custom_chains = false;
};

Flags read_flags(BitReader& reader) {
  Flags flags;
  flags.structure = reader.flag();
  flags.active_targets = reader.flag();
  flags.custom_indications = reader.flag();
  flags.custom_frame_differences = reader.flag();
  flags.custom_chains = reader.flag();
  return flags;
}

void skip_custom_frame_differences(BitReader& reader) {
  while (const std::uint32_t size = reader.bits(2)) {
    reader.bits(static_cast<int>(4 * size));
    if (!reader.ok()) return;
  }
}

const FrameTemplate* find_template(const DependencyStructure& structure, std::uint8_t id) {
  const int index = (id + kTemplateIds - structure.template_id_offset) % kTemplateIds;
  if (index >= structure.template_count) return nullptr;
  return &structure.templates[static_cast<std::size_t>(index)];
}

void read_definition(BitReader& reader, const Flags& flags, const DependencyStructure& structure,
                     const FrameTemplate& frame, DependencyDescriptor& descriptor) {
  descriptor.spatial = frame.spatial;
  descriptor.temporal = frame.temporal;
  descriptor.decode_target_count = structure.decode_target_count;
  descriptor.chain_count = structure.chain_count;
  descriptor.indications = flags.custom_indications
                               ? read_indications(reader, structure.decode_target_count)
                               : frame.indications;
  if (flags.custom_frame_differences) skip_custom_frame_differences(reader);
  descriptor.chain_differences = frame.chain_differences;
  if (flags.custom_chains) {
    for (std::size_t i = 0; i < structure.chain_count; ++i) {
      descriptor.chain_differences[i] = static_cast<std::uint8_t>(reader.bits(8));
    }
  }
}

}  // namespace

const DependencyStructure* DependencyDescriptorParser::structure_for(
    std::uint8_t template_id) const {
  for (int i = 0; i < known_; ++i) {
    const DependencyStructure& structure = structures_[static_cast<std::size_t>(i)];
    if (find_template(structure, template_id) != nullptr) return &structure;
  }
  return nullptr;
}

void DependencyDescriptorParser::remember(const DependencyStructure& structure,
                                          std::int64_t sequence) {
  if (known_ > 0 && sequence < sequence_) return;
  if (known_ == 0 || structures_[0].template_id_offset != structure.template_id_offset) {
    structures_[1] = structures_[0];
    known_ = known_ == 0 ? 1 : 2;
  }
  structures_[0] = structure;
  sequence_ = sequence;
  ++generation_;
}

Result<DependencyDescriptor> DependencyDescriptorParser::parse(ByteView element,
                                                               std::int64_t sequence) {
  if (element.size() < kMandatorySize) return fail(Error::kTruncated);
  BitReader reader(element);
  DependencyDescriptor descriptor;
  descriptor.start_of_frame = reader.flag();
  descriptor.end_of_frame = reader.flag();
  descriptor.template_id = static_cast<std::uint8_t>(reader.bits(6));
  descriptor.frame_number = static_cast<std::uint16_t>(reader.bits(16));

  Flags flags;
  if (element.size() > kMandatorySize) flags = read_flags(reader);
  std::optional<DependencyStructure> attached;
  const DependencyStructure* structure = nullptr;
  if (flags.structure) {
    TRY(attached, read_dependency_structure(reader));
    structure = &*attached;
    descriptor.structure_attached = true;
  } else {
    structure = structure_for(descriptor.template_id);
  }
  if (structure == nullptr) return fail(Error::kNotFound);
  const FrameTemplate* frame = find_template(*structure, descriptor.template_id);
  if (frame == nullptr) return fail(Error::kMalformed);
  if (flags.active_targets) {
    descriptor.active_decode_targets = reader.bits(structure->decode_target_count);
  }
  read_definition(reader, flags, *structure, *frame, descriptor);
  if (!reader.ok()) return fail(Error::kTruncated);
  if (attached) remember(*attached, sequence);
  return descriptor;
}

void set_frame_number(MutableBytes element, std::uint16_t frame_number) {
  if (element.size() < kMandatorySize) return;
  ByteWriter(element.subspan(kFrameNumberAt, 2)).u16(frame_number);
}

}  // namespace sotto::bridge
