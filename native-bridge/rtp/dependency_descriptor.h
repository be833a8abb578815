// The Dependency Descriptor (AV1 RTP specification, appendix A): which layers a frame belongs
// to and who may need it, without looking into the payload. Any codec may carry it.
//
//  |S|E|template_id(6)|   frame_number (16)   |  3 bytes, then only where present:
//  |structure|active|custom dtis|fdiffs|chains| structure, bitmask, custom fields
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "rtp/dependency_structure.h"

namespace sotto::bridge {

struct DependencyDescriptor {
  bool start_of_frame = false;
  bool end_of_frame = false;
  std::uint8_t template_id = 0;
  std::uint16_t frame_number = 0;
  // First packet of a new coded video sequence.
  bool structure_attached = false;
  std::optional<std::uint32_t> active_decode_targets;
  std::uint8_t spatial = 0;
  std::uint8_t temporal = 0;
  std::uint8_t decode_target_count = 0;
  std::uint8_t chain_count = 0;
  Indications indications;
  ChainDifferences chain_differences{};  // 0: the chain starts here
};

class DependencyDescriptorParser {
 public:
  // `sequence` is the packet's unwrapped RTP sequence number: a structure that comes late (in a
  // retransmission) does not replace a newer one. kNotFound when the structure that this
  // descriptor needs has not been seen; the caller should ask for a key frame.
  Result<DependencyDescriptor> parse(ByteView element, std::int64_t sequence);

  // The newest one; null before the first key frame.
  const DependencyStructure* structure() const { return known_ > 0 ? &structures_[0] : nullptr; }
  // Counts structures; a change tells that structure() is another one.
  std::uint32_t generation() const { return generation_; }
  void reset() { known_ = 0; }

 private:
  const DependencyStructure* structure_for(std::uint8_t template_id) const;
  void remember(const DependencyStructure& structure, std::int64_t sequence);

  std::array<DependencyStructure, 2> structures_{};  // newest first, then the one before
  std::int64_t sequence_ = 0;
  int known_ = 0;
  std::uint32_t generation_ = 0;
};

// Overwrites frame_number in an element of at least 3 bytes.
void set_frame_number(MutableBytes element, std::uint16_t frame_number);

}  // namespace sotto::bridge
