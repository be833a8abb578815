#include "rtcp/key_frame_request.h"

#include <gtest/gtest.h>

#include "native-bridge/rtcp/one_packet.h"

namespace sotto::bridge::rtcp {
namespace {

TEST(PictureLoss, ComesBackAsWritten) {
  const OnePacket packet([](ByteWriter& writer) { write_picture_loss(writer, 1, 2); });
  EXPECT_EQ(packet.hex(), "81ce00020000000100000002");
  EXPECT_EQ(PictureLoss::parse(*packet)->media_ssrc, 2u);
  EXPECT_FALSE(FullIntraRequestReader::parse(*packet));
}

TEST(FullIntraRequest, ComesBackAsWritten) {
  const OnePacket packet([](ByteWriter& writer) {
    write_full_intra_request(writer, 1, {0x22, 0x33});
  });
  EXPECT_EQ(packet.hex(),
            "84ce0004"
            "00000001"
            "00000000"
            "00000022"
            "33000000");
  auto reader = FullIntraRequestReader::parse(*packet);
  ASSERT_TRUE(reader);
  FullIntraRequest request;
  ASSERT_TRUE(reader->next(request));
  EXPECT_EQ(request.ssrc, 0x22u);
  EXPECT_EQ(request.command_sequence, 0x33);
  EXPECT_FALSE(reader->next(request));
}

}  // namespace
}  // namespace sotto::bridge::rtcp
