#include "rtp/forward_packet.h"

#include <gtest/gtest.h>

#include "native-bridge/rtp/captured_packets.h"
#include "rtp/vp8_descriptor.h"

namespace sotto::bridge {
namespace {

ExtensionMap receiver_map() {
  ExtensionMap map;
  map.set(Extension::kAbsSendTime, 2);
  map.set(Extension::kMid, 4);
  map.set(Extension::kAudioLevel, 1);
  map.set(Extension::kDependencyDescriptor, 12);
  map.set(Extension::kVideoOrientation, 13);
  return map;
}

ForwardRewrite rewrite_for(const RtpView& view, const ExtensionValues& values,
                           const ExtensionMap& map) {
  ForwardRewrite rewrite;
  rewrite.ssrc = 0x11223344;
  rewrite.sequence_number = 9;
  rewrite.timestamp = 77;
  rewrite.payload_type = 96;
  rewrite.marker = view.marker();
  rewrite.extensions = OutgoingExtensions::end_to_end(values);
  rewrite.extensions.mid = "v3";
  rewrite.extensions.abs_send_time = 0x00abcdef;
  rewrite.extension_map = &map;
  return rewrite;
}

TEST(ForwardPacket, NothingHopByHopOfThePublisherReachesAReceiver) {
  const ExtensionMap map = receiver_map();
  std::size_t count = 0;
  for (const auto& [name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      if (captured.rtcp || !captured.from_browser) continue;
      const auto view = RtpView::parse(captured.bytes);
      const ExtensionValues values(*view, capture.extensions);
      std::vector<std::uint8_t> out(captured.bytes.size() + kForwardOverhead);
      const auto size = write_forwarded(*view, Codec::kVp8, rewrite_for(*view, values, map), out);
      ASSERT_TRUE(size) << name;
      out.resize(*size);
      const auto forwarded = RtpView::parse(out);
      ASSERT_TRUE(forwarded) << name;
      const ExtensionValues got(*forwarded, map);
      EXPECT_EQ(got.mid(), "v3");
      EXPECT_EQ(got.abs_send_time(), 0x00abcdefu);
      EXPECT_EQ(forwarded->ssrc(), 0x11223344u);
      EXPECT_EQ(forwarded->sequence_number(), 9);
      EXPECT_EQ(forwarded->timestamp(), 77u);
      EXPECT_EQ(forwarded->padding_size(), 0u);
      EXPECT_TRUE(equal(forwarded->payload(), view->payload()));
      ExtensionReader reader(*forwarded);
      for (ExtensionElement element{}; reader.next(element);) {
        const auto extension = map.extension(element.id);
        ASSERT_TRUE(extension) << name << ": an id of the publisher's leaked";
        if (*extension != Extension::kMid && *extension != Extension::kAbsSendTime) {
          EXPECT_TRUE(equal(element.data, values[*extension])) << name;
        }
      }
      ++count;
    }
  }
  std::cout << count << " packets forwarded\n";
  EXPECT_GT(count, 100u);
}

TEST(ForwardPacket, RenumbersTheDependencyDescriptor) {
  const Capture capture = fixture("chromium-av1-l3t3key-dd");
  const ExtensionMap map = receiver_map();
  for (const CapturedPacket& captured : capture.packets) {
    const auto view = RtpView::parse(captured.bytes);
    const ExtensionValues values(*view, capture.extensions);
    if (!values.has(Extension::kDependencyDescriptor)) continue;
    ForwardRewrite rewrite = rewrite_for(*view, values, map);
    rewrite.frame_number = 0xbeef;
    std::vector<std::uint8_t> out(captured.bytes.size() + kForwardOverhead);
    out.resize(*write_forwarded(*view, Codec::kAv1, rewrite, out));
    const auto forwarded = RtpView::parse(out);
    const ByteView before = values[Extension::kDependencyDescriptor];
    const ByteView after = ExtensionValues(*forwarded, map)[Extension::kDependencyDescriptor];
    ASSERT_EQ(after.size(), before.size());
    EXPECT_EQ(after[0], before[0]);
    EXPECT_EQ(after[1], 0xbe);
    EXPECT_EQ(after[2], 0xef);
    EXPECT_TRUE(equal(after.subspan(3), before.subspan(3)));
  }
}

TEST(ForwardPacket, PutsTheOriginalNumberBeforeAPatchedPayload) {
  const auto packet = *from_hex(
      "80e000010000000200000003"
      "908081020010"
      "aabb");
  ForwardRewrite rewrite;
  rewrite.original_sequence_number = 0x1234;
  rewrite.descriptor.picture_id = 0x4567;
  std::array<std::uint8_t, 64> out{};
  const auto size = write_forwarded(*RtpView::parse(packet), Codec::kVp8, rewrite, out);
  ASSERT_TRUE(size);
  EXPECT_EQ(to_hex(ByteView(out).subspan(12, *size - 12)),
            "1234"
            "9080c567"
            "0010aabb");
}

TEST(ForwardPacket, SaysWhenTheBufferIsTooSmall) {
  const auto packet = *from_hex("80e000010000000200000003aabbccdd");
  const auto view = RtpView::parse(packet);
  for (std::size_t size = 0; size < 16; ++size) {
    std::vector<std::uint8_t> out(size);
    EXPECT_FALSE(write_forwarded(*view, Codec::kVp8, {}, out)) << size;
  }
  std::vector<std::uint8_t> out(16);
  EXPECT_TRUE(write_forwarded(*view, Codec::kVp8, {}, out));
}

}  // namespace
}  // namespace sotto::bridge
