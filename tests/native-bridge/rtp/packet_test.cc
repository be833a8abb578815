#include "rtp/packet.h"

#include <gtest/gtest.h>

#include <vector>

#include "native-bridge/rtp/captured_packets.h"

namespace sotto::bridge {
namespace {

std::vector<std::uint8_t> hex(std::string_view text) {
  return *from_hex(text);
}

TEST(RtpPacket, EveryPacketOfRealBrowsersIsUnderstood) {
  std::size_t count = 0;
  for (const auto& [name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      if (captured.rtcp) continue;
      auto view = RtpView::parse(captured.bytes);
      ASSERT_TRUE(view) << name;
      EXPECT_EQ(view->header().size() + view->payload().size() + view->padding_size(),
                captured.bytes.size());
      ++count;
    }
  }
  std::cout << count << " captured RTP packets\n";
  EXPECT_GT(count, 100u);
}

TEST(RtpPacket, ReadsEveryFieldOfARealPacket) {
  // Chromium, Opus: extension of one-byte elements.
  const Capture capture = fixture("chromium-opus");
  auto view = RtpView::parse(capture.packets.front().bytes);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->payload_type(), capture.formats.begin()->first);
  EXPECT_TRUE(view->has_extension());
  EXPECT_EQ(view->extension_profile(), 0xbede);
  EXPECT_TRUE(view->csrcs().empty());
}

TEST(RtpPacket, KeepsCsrcsExtensionPayloadAndPaddingApart) {
  const auto packet =
      hex("b2ef1234000000050000000a"  // fixed header
          "0000000100000002"          // two CSRCs
          "bede000110aa0000"          // one element
          "c0ffee000003");            // payload, three bytes of padding
  auto view = RtpView::parse(packet);
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->marker());
  EXPECT_EQ(view->payload_type(), 111);
  EXPECT_EQ(view->sequence_number(), 0x1234);
  EXPECT_EQ(view->timestamp(), 5u);
  EXPECT_EQ(view->ssrc(), 10u);
  EXPECT_EQ(to_hex(view->csrcs()), "0000000100000002");
  EXPECT_EQ(to_hex(view->extension_elements()), "10aa0000");
  EXPECT_EQ(to_hex(view->payload()), "c0ffee");
  EXPECT_EQ(view->padding_size(), 3u);
}

TEST(RtpPacket, RefusesEveryTruncationOfAHeader) {
  const auto packet = hex("b2ef1234000000050000000a0000000100000002bede000110aa0000");
  for (std::size_t size = 0; size < packet.size(); ++size) {
    EXPECT_FALSE(RtpView::parse(ByteView(packet).first(size))) << size;
  }
}

TEST(RtpPacket, RefusesPaddingLongerThanThePayload) {
  EXPECT_FALSE(RtpView::parse(hex("a06f00010000000000000001c0ff04")));
  EXPECT_FALSE(RtpView::parse(hex("a06f00010000000000000001c0ff00"))) << "a count of 0";
  EXPECT_FALSE(RtpView::parse(hex("a06f00010000000000000001"))) << "no byte for the count";
  EXPECT_TRUE(RtpView::parse(hex("a06f00010000000000000001c0ff03"))->payload().empty());
}

TEST(RtpPacket, RefusesOtherVersions) {
  EXPECT_FALSE(RtpView::parse(hex("406f00010000000000000001c0")));
}

TEST(RtpPacket, SettersChangeTheirFieldOnly) {
  auto packet = hex("806f00010000000200000003c0ffee");
  set_marker(packet, true);
  set_payload_type(packet, 96);
  set_sequence_number(packet, 0xfffe);
  set_timestamp(packet, 0x01020304);
  set_ssrc(packet, 0xa0b0c0d0);
  EXPECT_EQ(to_hex(packet), "80e0fffe01020304a0b0c0d0c0ffee");
  set_marker(packet, false);
  EXPECT_EQ(to_hex(packet), "8060fffe01020304a0b0c0d0c0ffee");
}

}  // namespace
}  // namespace sotto::bridge
