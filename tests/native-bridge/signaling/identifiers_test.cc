#include "signaling/identifiers.h"

#include <gtest/gtest.h>

#include <string>

namespace sotto::bridge::signaling {
namespace {

TEST(Identifiers, ARoomHasOneTo64SafeCharacters) {
  EXPECT_TRUE(is_room("quiet-otter"));
  EXPECT_TRUE(is_room("A"));
  EXPECT_TRUE(is_room(std::string(64, '_')));
  EXPECT_FALSE(is_room(""));
  EXPECT_FALSE(is_room(std::string(65, 'a')));
  for (const char* bad : {"a b", "a/b", "a.b", "ä", "a\"", "<script>", "a\n"}) {
    EXPECT_FALSE(is_room(bad)) << bad;
  }
  EXPECT_FALSE(is_room(std::string_view("a\0b", 3)));
}

TEST(Identifiers, AnEndpointIsSixteenBytesInTheirOneText) {
  EXPECT_TRUE(is_endpoint("AAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_TRUE(is_endpoint("_-_-_-_-_-_-_-_-_-_-_w"));
  EXPECT_FALSE(is_endpoint("AAAAAAAAAAAAAAAAAAAAA"));    // 21
  EXPECT_FALSE(is_endpoint("AAAAAAAAAAAAAAAAAAAAAAA"));  // 23
  // Spare bits set: another text for the same bytes would be another name for one endpoint.
  EXPECT_FALSE(is_endpoint("AAAAAAAAAAAAAAAAAAAAAB"));
  EXPECT_FALSE(is_endpoint("AAAAAAAAAAAAAAAAAAAA=="));
  EXPECT_FALSE(is_endpoint("AAAAAAAAAAAAAAAAAAAA+/"));
}

TEST(Identifiers, ATrackIsShortAndSafe) {
  EXPECT_TRUE(is_track("t7"));
  EXPECT_TRUE(is_track(std::string(32, 't')));
  EXPECT_FALSE(is_track(""));
  EXPECT_FALSE(is_track(std::string(33, 't')));
  EXPECT_FALSE(is_track("t 7"));
}

TEST(Identifiers, AMidIsAnSdpTokenThatFitsAOneByteExtension) {
  EXPECT_TRUE(is_mid("0"));
  EXPECT_TRUE(is_mid("audio.1"));
  EXPECT_TRUE(is_mid(std::string(16, 'm')));
  EXPECT_FALSE(is_mid(""));
  EXPECT_FALSE(is_mid(std::string(17, 'm')));
  EXPECT_FALSE(is_mid("a b"));
  EXPECT_FALSE(is_mid("a\r\nm=audio"));
  EXPECT_FALSE(is_mid("a=b"));
}

}  // namespace
}  // namespace sotto::bridge::signaling
