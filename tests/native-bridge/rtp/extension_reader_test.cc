#include "rtp/extension_reader.h"

#include <gtest/gtest.h>

#include "native-bridge/rtp/captured_packets.h"

namespace sotto::bridge {
namespace {

std::vector<ExtensionElement> elements(const std::vector<std::uint8_t>& packet) {
  std::vector<ExtensionElement> list;
  ExtensionReader reader(*RtpView::parse(packet));
  ExtensionElement element{};
  while (reader.next(element)) list.push_back(element);
  return list;
}

std::vector<std::uint8_t> packet_with(std::string_view extension) {
  return *from_hex("906f00010000000200000003" + std::string(extension));
}

TEST(ExtensionReader, ReadsOneByteElementsOverPadding) {
  const auto packet = packet_with(
      "bede0003"
      "10aa"
      "0000"
      "2201020300"
      "310a0b");
  const auto list = elements(packet);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[0].id, 1);
  EXPECT_EQ(to_hex(list[0].data), "aa");
  EXPECT_EQ(list[1].id, 2);
  EXPECT_EQ(to_hex(list[1].data), "010203");
  EXPECT_EQ(list[2].id, 3);
  EXPECT_EQ(to_hex(list[2].data), "0a0b");
}

TEST(ExtensionReader, ReadsTwoByteElements) {
  const auto packet = packet_with(
      "1000"
      "0003"
      "0101aa"
      "0f02bbcc"
      "1000"
      "00"
      "0000");
  const auto list = elements(packet);
  ASSERT_EQ(list.size(), 3u);
  EXPECT_EQ(list[1].id, 15);
  EXPECT_EQ(to_hex(list[1].data), "bbcc");
  EXPECT_EQ(list[2].id, 16);
  EXPECT_TRUE(list[2].data.empty());
}

TEST(ExtensionReader, StopsAtTheReservedIdAndAtWhatDoesNotFit) {
  EXPECT_EQ(elements(packet_with("bede0002"
                                 "10aa"
                                 "f0"
                                 "00"
                                 "20bb0000"))
                .size(),
            1u);
  EXPECT_EQ(elements(packet_with("bede0001"
                                 "10aa"
                                 "2fbb"))
                .size(),
            1u);
  EXPECT_EQ(elements(packet_with("10000001"
                                 "0101aa"
                                 "05"))
                .size(),
            1u);
}

TEST(ExtensionReader, TakesNothingFromOtherProfiles) {
  EXPECT_TRUE(elements(packet_with("abcd000110aa0000")).empty());
}

TEST(ExtensionValues, TellsLevelsAndNumbers) {
  ExtensionMap map;
  map.set(Extension::kAudioLevel, 1);
  map.set(Extension::kTransportCc, 3);
  map.set(Extension::kAbsSendTime, 2);
  map.set(Extension::kMid, 4);
  const auto packet = packet_with(
      "bede0003"
      "10a5"
      "22010203"
      "311234"
      "4030"
      "00");
  const ExtensionValues values(*RtpView::parse(packet), map);
  EXPECT_TRUE(values.audio_level()->voice);
  EXPECT_EQ(values.audio_level()->level, 0x25);
  EXPECT_EQ(values.transport_sequence_number(), 0x1234);
  EXPECT_EQ(values.abs_send_time(), 0x010203u);
  EXPECT_EQ(values.mid(), "0");
  EXPECT_FALSE(values.has(Extension::kRid));
}

TEST(ExtensionValues, BothFormsAlternateOnOneStreamOfARealBrowser) {
  const Capture capture = fixture("chromium-vp8-simulcast-dd");
  std::map<std::uint32_t, std::pair<int, int>> forms;
  std::map<std::string, int> rids;
  std::uint16_t last = 0;
  for (const CapturedPacket& captured : capture.packets) {
    auto view = RtpView::parse(captured.bytes);
    const ExtensionValues values(*view, capture.extensions);
    ASSERT_TRUE(values.transport_sequence_number());
    last = *values.transport_sequence_number();
    ++(view->extension_profile() == 0xbede ? forms[view->ssrc()].first
                                           : forms[view->ssrc()].second);
    if (values.has(Extension::kRid)) ++rids[std::string(values.rid())];
  }
  EXPECT_GT(last, 0);
  EXPECT_EQ(rids.size(), 3u);
  EXPECT_TRUE(rids.contains("q") && rids.contains("h") && rids.contains("f"));
  int both = 0;
  for (const auto& [ssrc, count] : forms) both += count.first > 0 && count.second > 0;
  EXPECT_GE(both, 3);
}

}  // namespace
}  // namespace sotto::bridge
