#include "rtcp/report.h"

#include <gtest/gtest.h>

#include "native-bridge/rtcp/one_packet.h"
#include "native-bridge/rtp/captured_packets.h"
#include "rtcp/ntp_time.h"

namespace sotto::bridge::rtcp {
namespace {

ReportBlock block_of(std::uint32_t ssrc) {
  return {ssrc, 64, -5, 0x10002, 30, 0xaabbccdd, 0x10000};
}

TEST(SenderReport, ComesBackAsWritten) {
  SenderReport report;
  report.ssrc = 7;
  report.ntp = 0x0123456789abcdef;
  report.rtp_timestamp = 90000;
  report.packet_count = 10;
  report.octet_count = 1000;
  const ReportBlock blocks[] = {block_of(1), block_of(2)};
  const OnePacket packet([&](ByteWriter& writer) { write_sender_report(writer, report, blocks); });
  auto read = SenderReport::parse(*packet);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->ssrc, 7u);
  EXPECT_EQ(read->ntp, 0x0123456789abcdefu);
  EXPECT_EQ(read->octet_count, 1000u);
  ReportBlock block;
  ASSERT_TRUE(read->blocks.next(block));
  EXPECT_EQ(block.ssrc, 1u);
  EXPECT_EQ(block.cumulative_lost, -5) << "24 bits with a sign";
  EXPECT_EQ(block.fraction_lost, 64);
  EXPECT_EQ(block.delay_since_last_sr, 0x10000u);
  ASSERT_TRUE(read->blocks.next(block));
  EXPECT_FALSE(read->blocks.next(block));
}

TEST(ReceiverReport, CutsBlocksAt31) {
  const std::vector<ReportBlock> blocks(40);
  const OnePacket packet([&](ByteWriter& writer) { write_receiver_report(writer, 7, blocks); });
  EXPECT_EQ((*packet).count, 31);
  EXPECT_TRUE(ReceiverReport::parse(*packet));
}

TEST(ReceiverReport, RefusesACountThatDoesNotFit) {
  const auto bytes = *from_hex("82c9000700000001000000020000000000000000000000000000000000000000");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_FALSE(ReceiverReport::parse(packet));
}

TEST(SenderReport, EveryOneOfRealBrowsersIsRead) {
  int count = 0;
  for (const auto& [name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      if (!captured.rtcp) continue;
      CompoundReader reader(captured.bytes);
      for (Packet packet; reader.next(packet);) {
        EXPECT_EQ(packet.is(PacketType::kSenderReport), SenderReport::parse(packet).has_value());
        EXPECT_EQ(packet.is(PacketType::kReceiverReport),
                  ReceiverReport::parse(packet).has_value());
        ++count;
      }
    }
  }
  EXPECT_GT(count, 50);
}

TEST(RoundTrip, IsWhatPassedButTheReceiversDelay) {
  const Time sent = Time(std::chrono::seconds(100));
  ReportBlock block;
  block.last_sr = compact(ntp_from(sent));
  block.delay_since_last_sr = compact_ntp(std::chrono::milliseconds(500));
  const auto trip = round_trip(block, sent + std::chrono::milliseconds(540));
  ASSERT_TRUE(trip);
  EXPECT_NEAR(static_cast<double>(trip->count()), 40000, 50);
}

TEST(RoundTrip, NonsenseGivesNone) {
  const Time now = Time(std::chrono::seconds(100));
  ReportBlock block;
  EXPECT_FALSE(round_trip(block, now)) << "no SR yet";
  block.last_sr = compact(ntp_from(now)) + 0x10000;
  EXPECT_FALSE(round_trip(block, now)) << "an SR of the future";
}

}  // namespace
}  // namespace sotto::bridge::rtcp
