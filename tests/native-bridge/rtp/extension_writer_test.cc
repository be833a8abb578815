#include "rtp/extension_writer.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::bridge {
namespace {

std::string written(const OutgoingExtensions& extensions, const ExtensionMap& map) {
  std::array<std::uint8_t, 400> buffer{};
  ByteWriter writer(buffer);
  if (!write_extensions(writer, extensions, map)) {
    EXPECT_EQ(writer.size(), 0u);
    return "none";
  }
  EXPECT_TRUE(writer.ok());
  return to_hex(writer.written());
}

ExtensionMap receiver() {
  ExtensionMap map;
  map.set(Extension::kAbsSendTime, 2);
  map.set(Extension::kMid, 4);
  map.set(Extension::kAudioLevel, 1);
  map.set(Extension::kDependencyDescriptor, 12);
  return map;
}

TEST(ExtensionWriter, WritesOneByteElementsPaddedToAWord) {
  OutgoingExtensions extensions;
  extensions.mid = "a0";
  extensions.abs_send_time = 0x010203;
  const std::uint8_t level[] = {0x85};
  extensions.audio_level = level;
  EXPECT_EQ(written(extensions, receiver()),
            "bede0003"
            "416130"
            "22010203"
            "1085"
            "000000");
}

TEST(ExtensionWriter, LongElementsNeedTheTwoByteForm) {
  OutgoingExtensions extensions;
  extensions.mid = "v0";
  const std::vector<std::uint8_t> descriptor(17, 0xdd);
  extensions.dependency_descriptor = descriptor;
  const std::string text = written(extensions, receiver());
  EXPECT_TRUE(
      text.starts_with("10000006"
                       "04027630"
                       "0c11dddd"))
      << text;
  EXPECT_EQ(text.size(), 2u * (4 + 24));
}

TEST(ExtensionWriter, HighIdsNeedTheTwoByteForm) {
  ExtensionMap map;
  map.set(Extension::kMid, 16);
  OutgoingExtensions extensions;
  extensions.mid = "0";
  EXPECT_EQ(written(extensions, map),
            "10000001"
            "100130"
            "00");
}

TEST(ExtensionWriter, LeavesOutWhatTheReceiverDidNotNegotiate) {
  OutgoingExtensions extensions;
  const std::uint8_t orientation[] = {1};
  extensions.video_orientation = orientation;
  EXPECT_EQ(written(extensions, receiver()), "none");
}

TEST(ExtensionWriter, DropsElementsTooLongForAnyForm) {
  OutgoingExtensions extensions;
  const std::vector<std::uint8_t> descriptor(256, 1);
  extensions.dependency_descriptor = descriptor;
  EXPECT_EQ(written(extensions, receiver()), "none");
}

}  // namespace
}  // namespace sotto::bridge
