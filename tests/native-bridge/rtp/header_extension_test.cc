#include "rtp/header_extension.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(HeaderExtension, EveryExtensionHasAUriThatLeadsBackToIt) {
  for (std::size_t i = 0; i < kExtensionCount; ++i) {
    const auto extension = static_cast<Extension>(i);
    EXPECT_EQ(extension_from_uri(uri(extension)), extension);
  }
  EXPECT_FALSE(extension_from_uri("urn:ietf:params:rtp-hdrext:toffset"));
}

TEST(ExtensionMap, RefusesIdsThatMeanSomethingElse) {
  ExtensionMap map;
  EXPECT_FALSE(map.set(Extension::kMid, 0)) << "padding";
  EXPECT_FALSE(map.set(Extension::kMid, 15)) << "the end of one-byte elements";
  EXPECT_TRUE(map.set(Extension::kMid, 4));
  EXPECT_FALSE(map.set(Extension::kRid, 4)) << "taken";
  EXPECT_FALSE(map.set(Extension::kMid, 5)) << "has one";
  EXPECT_EQ(map.extension(4), Extension::kMid);
  EXPECT_EQ(map.id(Extension::kMid), 4);
  EXPECT_FALSE(map.extension(5));
}

TEST(ExtensionMap, MergesWhatAgrees) {
  ExtensionMap audio;
  audio.set(Extension::kMid, 4);
  ExtensionMap video;
  video.set(Extension::kMid, 4);
  video.set(Extension::kRid, 10);
  EXPECT_TRUE(audio.merge(video));
  EXPECT_EQ(audio.id(Extension::kRid), 10);
  ExtensionMap other;
  other.set(Extension::kMid, 9);
  EXPECT_FALSE(audio.merge(other));
}

}  // namespace
}  // namespace sotto::bridge
