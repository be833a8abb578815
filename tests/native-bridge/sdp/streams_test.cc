#include "sdp/streams.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

MediaDescription media(const std::string& attributes) {
  return parsed("v=0\nm=video 9 X 1\n" + attributes).media[0];
}

TEST(Streams, PairsMediaWithRtx) {
  const auto streams = read_ssrcs(
      media("a=ssrc:1 cname:x\na=ssrc:2 cname:x\na=ssrc:5 cname:x\na=ssrc-group:FID 1 2\n"));
  ASSERT_EQ(streams.size(), 2u);
  EXPECT_EQ(streams[0].media, 1u);
  EXPECT_EQ(streams[0].rtx, 2u);
  EXPECT_EQ(streams[1].media, 5u);
  EXPECT_FALSE(streams[1].rtx);
}

TEST(Streams, NonsenseIsPassedOverAndTheNumberIsBounded) {
  std::string many = "a=ssrc-group:FID 1\na=ssrc-group:SIM 1 2\na=ssrc:x y\na=ssrc:99999999999 y\n";
  for (int i = 0; i < 500; ++i) many += "a=ssrc:" + std::to_string(i) + " cname:x\n";
  EXPECT_EQ(read_ssrcs(media(many)).size(), kMaxStreams);
}

TEST(Streams, TheOrderOfRidsIsThatOfSimulcast) {
  EXPECT_EQ(read_send_rids(media("a=rid:f send\na=rid:q send\na=simulcast:recv x send q;f\n"), 3),
            (std::vector<std::string>{"q", "f"}));
}

TEST(Streams, OneRidNeedsNoSimulcast) {
  EXPECT_EQ(read_send_rids(media("a=rid:one send\n"), 3), (std::vector<std::string>{"one"}));
  EXPECT_TRUE(read_send_rids(media("a=rid:one recv\n"), 3).empty());
  EXPECT_TRUE(read_send_rids(media("a=rid:bad/id send\n"), 3).empty());
}

}  // namespace
}  // namespace sotto::bridge::sdp
