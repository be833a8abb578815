#include "rtp/dependency_structure.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto::bridge {
namespace {

// Writes bits, most significant first, for hand-made structures.
class Bits {
 public:
  Bits& add(std::uint32_t value, int count) {
    for (int i = count; i-- > 0;) {
      if (used_ % 8 == 0) bytes_.push_back(0);
      bytes_.back() =
          static_cast<std::uint8_t>(bytes_.back() | (value >> i & 1) << (7 - used_ % 8));
      ++used_;
    }
    return *this;
  }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
  int used_ = 0;
};

// L1T2 of the specification's kind: two targets, two templates, one chain.
Bits two_temporal_layers() {
  Bits bits;
  bits.add(5, 6).add(1, 5);                   // offset 5, two targets
  bits.add(1, 2).add(3, 2);                   // template 1 has the next temporal layer; end
  bits.add(2, 2).add(2, 2);                   // template 0: S S
  bits.add(0, 2).add(1, 2);                   // template 1: - D
  bits.add(1, 1).add(1, 4).add(0, 1);         // template 0 refers 2 back
  bits.add(1, 1).add(0, 4).add(0, 1);         // template 1 refers 1 back
  bits.add(1, 1).add(0, 1);                   // chain_cnt = ns(3): 1 is "10"
  bits.add(2, 4).add(1, 4);                   // chain differences
  bits.add(1, 1).add(1279, 16).add(719, 16);  // resolutions
  return bits;
}

TEST(DependencyStructure, ReadsLayersIndicationsChainsAndResolution) {
  const Bits bits = two_temporal_layers();
  BitReader reader(bits.bytes());
  const auto structure = read_dependency_structure(reader);
  ASSERT_TRUE(structure);
  EXPECT_EQ(structure->template_id_offset, 5);
  EXPECT_EQ(structure->template_count, 2);
  EXPECT_EQ(structure->decode_target_count, 2);
  EXPECT_EQ(structure->templates[1].temporal, 1);
  EXPECT_EQ(structure->templates[0].indications[1], Indication::kSwitch);
  EXPECT_EQ(structure->templates[1].indications[0], Indication::kNotPresent);
  EXPECT_EQ(structure->templates[1].indications[1], Indication::kDiscardable);
  EXPECT_EQ(structure->chain_count, 1);
  EXPECT_EQ(structure->templates[0].chain_differences[0], 2);
  EXPECT_EQ(structure->target_temporal[0], 0);
  EXPECT_EQ(structure->target_temporal[1], 1);
  EXPECT_EQ(structure->width[0], 1280);
  EXPECT_EQ(structure->height[0], 720);
}

TEST(DependencyStructure, RefusesMoreThan64Templates) {
  Bits bits;
  bits.add(0, 6).add(0, 5);
  for (int i = 0; i < 70; ++i) bits.add(0, 2);
  bits.add(3, 2);
  BitReader reader(bits.bytes());
  EXPECT_EQ(read_dependency_structure(reader).error(), Error::kMalformed);
}

TEST(DependencyStructure, RefusesEndlessFrameDifferences) {
  Bits bits;
  bits.add(0, 6).add(0, 5).add(3, 2).add(2, 2);
  for (int i = 0; i < 100; ++i) bits.add(1, 1).add(0, 4);
  BitReader reader(bits.bytes());
  EXPECT_EQ(read_dependency_structure(reader).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::bridge
