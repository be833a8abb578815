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

namespace sotto::bridge {

constexpr std::size_t kMaxTemplates = 64;
constexpr std::size_t kMaxDecodeTargets = 32;
constexpr std::size_t kMaxChains = 32;

// Table A.1.
enum class Indication : std::uint8_t { kNotPresent, kDiscardable, kSwitch, kRequired };

// One value a decode target.
class Indications {
 public:
  Indication operator[](std::size_t target) const {
    return static_cast<Indication>(bits_ >> (2 * target) & 3);
  }
  void set(std::size_t target, Indication value) {
    bits_ = (bits_ & ~(std::uint64_t{3} << (2 * target))) | static_cast<std::uint64_t>(value)
                                                                << (2 * target);
  }
  friend bool operator==(const Indications&, const Indications&) = default;

 private:
  std::uint64_t bits_ = 0;
};

using ChainDifferences = std::array<std::uint8_t, kMaxChains>;

struct FrameTemplate {
  std::uint8_t spatial = 0;
  std::uint8_t temporal = 0;
  Indications indications;
  ChainDifferences chain_differences{};
};

// Sent with key frames, needed to read every later descriptor.
struct DependencyStructure {
  std::uint8_t template_id_offset = 0;
  std::uint8_t template_count = 0;
  std::uint8_t decode_target_count = 0;
  std::uint8_t chain_count = 0;
  std::uint8_t max_spatial = 0;
  std::uint8_t max_temporal = 0;
  std::array<FrameTemplate, kMaxTemplates> templates{};
  // The chain that protects each decode target; 0 where there are no chains.
  std::array<std::uint8_t, kMaxDecodeTargets> protected_by{};
  std::array<std::uint8_t, kMaxDecodeTargets> target_spatial{};
  std::array<std::uint8_t, kMaxDecodeTargets> target_temporal{};
  // Pixels by spatial layer; 0 when the sender did not say. Layers above 3 are not kept.
  std::array<std::uint16_t, 4> width{};
  std::array<std::uint16_t, 4> height{};
};

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
  std::array<DependencyStructure, 2> structures_{};  // newest first, then the one before
  std::int64_t sequence_ = 0;
  int known_ = 0;
  std::uint32_t generation_ = 0;
};

// Overwrites frame_number in an element of at least 3 bytes.
void set_frame_number(MutableBytes element, std::uint16_t frame_number);

}  // namespace sotto::bridge
