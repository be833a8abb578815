#include "rtcp/packet.h"

#include <gtest/gtest.h>

#include "native-bridge/rtp/captured_packets.h"

namespace sotto::bridge::rtcp {
namespace {

TEST(RtcpCompound, EveryCompoundOfRealBrowsersIsWalkedToItsEnd) {
  std::map<int, int> types;
  for (const auto& [name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      if (!captured.rtcp) continue;
      EXPECT_TRUE(is_rtcp(captured.bytes));
      CompoundReader reader(captured.bytes);
      Packet packet;
      while (reader.next(packet)) ++types[packet.type];
      EXPECT_FALSE(reader.malformed()) << name;
    }
  }
  for (int type : {200, 201, 202, 205, 206}) EXPECT_GT(types[type], 0) << type;
}

TEST(RtcpCompound, NoRtpPacketOfRealBrowsersIsTakenForRtcp) {
  for (const auto& [name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      EXPECT_EQ(is_rtcp(captured.bytes), captured.rtcp) << name;
    }
  }
}

TEST(RtcpCompound, StopsAtWhatDoesNotFit) {
  const auto bytes = *from_hex("81c9000100000001");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_EQ(packet.count, 1);
  EXPECT_EQ(to_hex(packet.body), "00000001");
  EXPECT_FALSE(reader.next(packet));
  EXPECT_FALSE(reader.malformed());

  for (const char* text :
       {"81c90002", "81c9", "41c90000", "a1c90000", "a1c9000100000000", "a1c9000100000005"}) {
    const auto broken = *from_hex(text);
    CompoundReader walker(broken);
    EXPECT_FALSE(walker.next(packet)) << text;
    EXPECT_TRUE(walker.malformed()) << text;
  }
}

TEST(RtcpCompound, TakesPaddingOff) {
  const auto bytes = *from_hex("a1c900020000000100000004");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_EQ(to_hex(packet.body), "00000001");
}

}  // namespace
}  // namespace sotto::bridge::rtcp
