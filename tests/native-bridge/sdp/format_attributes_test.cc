#include "sdp/format_attributes.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

TEST(FormatAttributes, ComeBackAsWritten) {
  MediaDescription media;
  media.kind = "video";
  MediaFormat format;
  format.codec = Codec::kVp9;
  format.payload_type = 98;
  format.rtx_payload_type = 99;
  format.nack = format.pli = format.transport_cc = true;
  add_format(media, format, "profile-id=0");
  EXPECT_EQ(media.formats, (std::vector<std::string>{"98", "99"}));
  const auto formats = read_formats(media);
  ASSERT_EQ(formats.size(), 1u);
  EXPECT_EQ(formats[0].codec, Codec::kVp9);
  EXPECT_EQ(formats[0].rtx_payload_type, 99);
  EXPECT_EQ(formats[0].parameters, "profile-id=0");
  EXPECT_TRUE(formats[0].nack && formats[0].pli && formats[0].transport_cc);
  EXPECT_FALSE(formats[0].fir || formats[0].remb);
}

TEST(FormatAttributes, OriginTellsTheConnectionAndItsVersion) {
  EXPECT_EQ(origin(local_transport()), "- 42 7 IN IP4 127.0.0.1");
}

}  // namespace
}  // namespace sotto::bridge::sdp
