// The template dependency structure of the Dependency Descriptor (AV1 RTP specification, A.8.2):
// which frames there will be and who needs them. Sent with key frames.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "rtp/bit_reader.h"

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

// From template_id_offset to the resolutions. kMalformed over the bounds above, kTruncated.
Result<DependencyStructure> read_dependency_structure(BitReader& reader);

// `decode_target_count` values of 2 bits.
Indications read_indications(BitReader& reader, std::size_t decode_target_count);

}  // namespace sotto::bridge
