#include "rtcp/nack.h"

#include <gtest/gtest.h>

#include "native-bridge/rtcp/one_packet.h"
#include "native-bridge/rtp/captured_packets.h"

namespace sotto::bridge::rtcp {
namespace {

using Numbers = std::vector<std::uint16_t>;

Numbers asked(const Packet& packet) {
  Numbers numbers;
  auto nack = Nack::parse(packet);
  EXPECT_TRUE(nack);
  std::uint16_t number = 0;
  while (nack->next(number)) numbers.push_back(number);
  return numbers;
}

TEST(Nack, ComesBackAsWritten) {
  for (const Numbers& numbers :
       {Numbers{5}, Numbers{5, 6, 21}, Numbers{5, 22}, Numbers{65530, 65535, 0, 3, 40}}) {
    const OnePacket packet([&](ByteWriter& writer) { write_nack(writer, 1, 2, numbers); });
    EXPECT_EQ(asked(*packet), numbers);
  }
}

TEST(Nack, PacksSixteenBehindOneNumber) {
  const OnePacket packet([](ByteWriter& writer) {
    write_nack(writer, 1, 2, std::vector<std::uint16_t>{0x1000, 0x1001, 0x1010});
  });
  EXPECT_EQ(packet.hex(),
            "81cd0003"
            "00000001"
            "00000002"
            "10008001");
}

TEST(Nack, WritesNothingForNothing) {
  std::array<std::uint8_t, 64> buffer{};
  ByteWriter writer(buffer);
  write_nack(writer, 1, 2, {});
  EXPECT_EQ(writer.size(), 0u);
}

// The recording's peer dropped packets towards the browser: it may ask only for numbers that
// exist on that SSRC.
TEST(Nack, BrowsersAskForPacketsThatTheyMissed) {
  int count = 0;
  for (const char* name : {"chromium-feedback-remb", "firefox-feedback-twcc"}) {
    const Capture capture = sotto::bridge::fixture(name);
    for (const CapturedPacket& captured : capture.packets) {
      if (!captured.rtcp || !captured.from_browser) continue;
      CompoundReader reader(captured.bytes);
      for (Packet packet; reader.next(packet);) {
        if (!packet.is_feedback(PacketType::kTransportFeedback, kNackFormat)) continue;
        EXPECT_EQ(Nack::parse(packet)->media_ssrc(), 0x55550001u) << name;
        EXPECT_FALSE(asked(packet).empty());
        ++count;
      }
    }
  }
  EXPECT_GT(count, 2);
}

}  // namespace
}  // namespace sotto::bridge::rtcp
