#include "rtp/descriptor_patch.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::bridge {
namespace {

std::string patched(Codec codec, std::string_view payload, const DescriptorPatch& patch) {
  auto bytes = *from_hex(payload);
  patch_descriptor(codec, bytes, patch);
  return to_hex(bytes);
}

const DescriptorPatch kAll{0x3fff, 0xaa, 0x1f};

TEST(DescriptorPatch, ReplacesVp8FieldsAndNothingElse) {
  EXPECT_EQ(patched(Codec::kVp8, "b1f0923455a9eeff", kAll), "b1f0bfffaabfeeff");
  EXPECT_EQ(patched(Codec::kVp8, "9080120010", {0x3fff, {}, {}}), "90807f0010") << "7 bits";
}

TEST(DescriptorPatch, ReplacesVp9Fields) {
  EXPECT_EQ(patched(Codec::kVp9, "a8812330447788", kAll), "a8bfff30aa7788");
}

TEST(DescriptorPatch, SkipsFieldsThatAreNotThere) {
  EXPECT_EQ(patched(Codec::kVp8, "10001122", kAll), "10001122");
  EXPECT_EQ(patched(Codec::kVp9, "08001122", kAll), "08001122");
}

TEST(DescriptorPatch, LeavesOtherCodecsAndBrokenPayloadsAlone) {
  EXPECT_EQ(patched(Codec::kAv1, "b1f0923455a9", kAll), "b1f0923455a9");
  EXPECT_EQ(patched(Codec::kH264, "b1f0923455a9", kAll), "b1f0923455a9");
  EXPECT_EQ(patched(Codec::kVp8, "b1f092", kAll), "b1f092");
}

}  // namespace
}  // namespace sotto::bridge
