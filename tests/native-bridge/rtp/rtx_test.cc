#include "rtp/rtx.h"

#include <gtest/gtest.h>

#include "native-bridge/rtp/captured_packets.h"

namespace sotto::bridge {
namespace {

TEST(Rtx, APacketComesBackAsItWas) {
  const auto media = *from_hex("90e012340000000200000003bede000110aa0000c0ffee");
  std::array<std::uint8_t, 64> rtx{};
  const auto size = write_rtx(*RtpView::parse(media), {0x55, 97, 7}, rtx);
  ASSERT_TRUE(size);
  const auto view = RtpView::parse(ByteView(rtx).first(*size));
  EXPECT_EQ(view->ssrc(), 0x55u);
  EXPECT_EQ(view->payload_type(), 97);
  EXPECT_EQ(view->sequence_number(), 7);
  EXPECT_EQ(to_hex(view->payload()), "1234c0ffee");
  std::array<std::uint8_t, 64> back{};
  const auto restored = restore_from_rtx(*view, 3, 96, back);
  ASSERT_TRUE(restored);
  EXPECT_EQ(to_hex(ByteView(back).first(*restored)), to_hex(media));
}

TEST(Rtx, ProbesWithoutPayloadHoldNoPacket) {
  const auto probe = *from_hex("a06100010000000200000003000003");
  const auto view = RtpView::parse(probe);
  EXPECT_TRUE(is_rtx_padding(*view));
  std::array<std::uint8_t, 64> out{};
  EXPECT_FALSE(restore_from_rtx(*view, 3, 96, out));
}

TEST(Rtx, SaysWhenTheBufferIsTooSmall) {
  const auto media = *from_hex("80e012340000000200000003c0ffee");
  for (std::size_t size = 0; size < media.size() + kOsnSize; ++size) {
    std::vector<std::uint8_t> out(size);
    EXPECT_FALSE(write_rtx(*RtpView::parse(media), {}, out)) << size;
  }
}

// Every packet that the recording's peer treated as lost comes back by RTX, byte for byte.
TEST(Rtx, WhatChromiumResentEqualsWhatWasLost) {
  const auto folder = recordings("packets");
  if (!folder) return;  // the cases above cover the same ground
  const auto capture = load_capture(*folder, "chromium-vp8-simulcast-dd");
  ASSERT_TRUE(capture);
  std::map<std::pair<std::uint32_t, std::uint16_t>, std::vector<std::uint8_t>> lost;
  for (const CapturedPacket& captured : capture->packets) {
    if (captured.rtcp || !captured.from_browser || !captured.lost) continue;
    const auto view = RtpView::parse(captured.bytes);
    const ByteView payload = view->payload();
    lost[{view->timestamp(), view->sequence_number()}] = {payload.begin(), payload.end()};
  }
  const std::size_t total = lost.size();
  for (const CapturedPacket& captured : capture->packets) {
    if (captured.rtcp || !captured.from_browser) continue;
    const auto view = RtpView::parse(captured.bytes);
    if (!capture->is_rtx(view->payload_type()) || is_rtx_padding(*view)) continue;
    std::vector<std::uint8_t> out(captured.bytes.size());
    out.resize(*restore_from_rtx(*view, 1, 96, out));
    const auto restored = RtpView::parse(out);
    const auto found = lost.find({restored->timestamp(), restored->sequence_number()});
    if (found == lost.end()) continue;  // resent as a probe
    EXPECT_TRUE(equal(restored->payload(), found->second));
    lost.erase(found);
  }
  std::cout << total << " lost packets\n";
  EXPECT_GT(total, 5u);
  EXPECT_TRUE(lost.empty());
}

}  // namespace
}  // namespace sotto::bridge
