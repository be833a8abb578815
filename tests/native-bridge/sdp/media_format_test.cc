#include "sdp/media_format.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

std::vector<MediaFormat> formats_of(const std::string& m_line, const std::string& attributes) {
  return read_formats(parsed("v=0\n" + m_line + "\n" + attributes).media[0]);
}

std::vector<std::string> described(const std::vector<MediaFormat>& formats) {
  std::vector<std::string> list;
  for (const MediaFormat& format : formats) {
    std::string text = std::string(name(format.codec)) + " " + std::to_string(format.payload_type);
    if (format.rtx_payload_type) text += "/" + std::to_string(*format.rtx_payload_type);
    list.push_back(text);
  }
  return list;
}

TEST(MediaFormat, TakesFromChromiumWhatCanBeForwarded) {
  const auto offer = parsed(fixture("chromium-offer-default.sdp"));
  ASSERT_GE(offer.media.size(), 2u);
  EXPECT_EQ(described(read_formats(offer.media[0])), (std::vector<std::string>{"opus 111"}));
  EXPECT_EQ(described(read_formats(offer.media[1])),
            (std::vector<std::string>{"VP8 96/97", "H264 102/103", "H264 108/109", "AV1 45/46",
                                      "VP9 98/99"}));
}

TEST(MediaFormat, TakesFromFirefoxWhatCanBeForwarded) {
  const auto offer = parsed(fixture("firefox-offer-default.sdp"));
  EXPECT_EQ(described(read_formats(offer.media[0])), (std::vector<std::string>{"opus 109"}));
  EXPECT_EQ(described(read_formats(offer.media[1])),
            (std::vector<std::string>{"VP8 120/124", "VP9 121/125", "AV1 99/100"}));
}

TEST(MediaFormat, ReadsFeedbackForOneAndForAll) {
  const auto formats = formats_of("m=video 9 UDP/TLS/RTP/SAVPF 96",
                                  "a=rtpmap:96 VP8/90000\na=rtcp-fb:96 nack pli\n"
                                  "a=rtcp-fb:* ccm fir\na=rtcp-fb:97 nack\n");
  ASSERT_EQ(formats.size(), 1u);
  EXPECT_TRUE(formats[0].pli);
  EXPECT_TRUE(formats[0].fir);
  EXPECT_FALSE(formats[0].nack);
  EXPECT_FALSE(formats[0].transport_cc);
}

TEST(MediaFormat, PassesOverOtherProfilesAndModes) {
  EXPECT_TRUE(
      formats_of("m=video 9 X 1 2 3 4 5",
                 "a=rtpmap:1 VP9/90000\na=fmtp:1 profile-id=2\n"
                 "a=rtpmap:2 AV1/90000\na=fmtp:2 level-idx=5;profile=1\n"
                 "a=rtpmap:3 H264/90000\na=fmtp:3 packetization-mode=0;profile-level-id=42e01f\n"
                 "a=rtpmap:4 H264/90000\na=fmtp:4 packetization-mode=1;profile-level-id=640c1f\n"
                 "a=rtpmap:5 H264/90000\n")
          .empty());
  EXPECT_TRUE(formats_of("m=audio 9 X 1", "a=rtpmap:1 multiopus/48000/6\n").empty());
}

TEST(MediaFormat, ACodecOnTheWrongMLineIsNone) {
  EXPECT_TRUE(formats_of("m=audio 9 X 96", "a=rtpmap:96 VP8/90000\n").empty());
}

TEST(MediaFormat, RtxCountsOnlyWhereItIsListed) {
  const auto formats = formats_of("m=video 9 X 96",
                                  "a=rtpmap:96 VP8/90000\n"
                                  "a=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n");
  EXPECT_EQ(described(formats), (std::vector<std::string>{"VP8 96"}));
}

TEST(MediaFormat, NonsenseIsPassedOver) {
  EXPECT_TRUE(formats_of("m=video 9 X 200 abc 96 96",
                         "a=rtpmap:200 VP8/90000\na=rtpmap:abc VP8/90000\n"
                         "a=rtpmap\na=fmtp:\na=rtcp-fb:96\n")
                  .empty());
}

TEST(FormatParameter, FindsOneAmongMany) {
  EXPECT_EQ(format_parameter("a=1; Profile-Id=2 ;c", "profile-id"), "2 ");
  EXPECT_EQ(format_parameter("a=1;c", "c"), "");
  EXPECT_FALSE(format_parameter("", "c"));
}

}  // namespace
}  // namespace sotto::bridge::sdp
