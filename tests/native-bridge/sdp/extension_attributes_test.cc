#include "sdp/extension_attributes.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

ExtensionMap read(const std::string& attributes, ExtensionSender sender) {
  return read_extensions(parsed("v=0\nm=audio 9 X 1\n" + attributes).media[0], sender);
}

TEST(ExtensionAttributes, DirectionSaysWhoMaySend) {
  const std::string text =
      "a=extmap:3/sendonly urn:ietf:params:rtp-hdrext:sdes:mid\n"
      "a=extmap:4/recvonly urn:3gpp:video-orientation\n"
      "a=extmap:5/inactive urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n"
      "a=extmap:6/sendrecv urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on\n";
  const ExtensionMap writer = read(text, ExtensionSender::kWriter);
  EXPECT_EQ(writer.id(Extension::kMid), 3);
  EXPECT_FALSE(writer.has(Extension::kVideoOrientation));
  EXPECT_FALSE(writer.has(Extension::kRid));
  EXPECT_EQ(writer.id(Extension::kAudioLevel), 6);
  const ExtensionMap reader = read(text, ExtensionSender::kReader);
  EXPECT_FALSE(reader.has(Extension::kMid));
  EXPECT_EQ(reader.id(Extension::kVideoOrientation), 4);
}

TEST(ExtensionAttributes, NonsenseIsPassedOver) {
  const ExtensionMap none = read(
      "a=extmap:0 urn:ietf:params:rtp-hdrext:sdes:mid\n"
      "a=extmap:300 urn:ietf:params:rtp-hdrext:sdes:mid\n"
      "a=extmap:x urn:ietf:params:rtp-hdrext:sdes:mid\na=extmap:4\na=extmap\n"
      "a=extmap:16 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:sdes:mid\n",
      ExtensionSender::kWriter);
  EXPECT_EQ(none, ExtensionMap{});
}

TEST(ExtensionAttributes, ComeBackAsWritten) {
  ExtensionMap map;
  map.set(Extension::kMid, 20);
  map.set(Extension::kTransportCc, 3);
  MediaDescription media;
  add_extensions(media.attributes, map);
  ASSERT_EQ(media.attributes.list.size(), 2u);
  EXPECT_TRUE(media.attributes.list[0].value.starts_with("3 http"));
  EXPECT_EQ(read_extensions(media, ExtensionSender::kWriter), map);
}

}  // namespace
}  // namespace sotto::bridge::sdp
