#include "cc/reception_statistics.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
Time at(int ms) {
  return Time(milliseconds(ms));
}

TEST(ReceptionStatistics, SaysNothingBeforeTheFirstPacket) {
  ReceptionStatistics statistics(1, 90000);
  EXPECT_FALSE(statistics.take_report_block(at(0)));
}

TEST(ReceptionStatistics, CountsLossByInterval) {
  ReceptionStatistics statistics(1, 90000);
  for (int i = 0; i < 100; ++i) {
    if (i % 4 == 3) continue;
    statistics.on_packet(at(i), static_cast<std::uint16_t>(65500 + i), 0);
  }
  auto block = statistics.take_report_block(at(100));
  ASSERT_TRUE(block);
  EXPECT_EQ(block->ssrc, 1u);
  EXPECT_EQ(block->cumulative_lost, 24);
  EXPECT_EQ(block->fraction_lost, 24 * 256 / 99);
  EXPECT_EQ(block->extended_highest_sequence, 65500u + 98) << "one turn above 16 bits";
  block = statistics.take_report_block(at(200));
  EXPECT_EQ(block->fraction_lost, 0);
  EXPECT_EQ(block->cumulative_lost, 24);
}

TEST(ReceptionStatistics, RepeatedPacketsMakeTheLossNegative) {
  ReceptionStatistics statistics(1, 90000);
  for (int i = 0; i < 10; ++i) statistics.on_packet(at(i), static_cast<std::uint16_t>(i / 2), 0);
  const auto block = statistics.take_report_block(at(10));
  EXPECT_EQ(block->cumulative_lost, -5);
  EXPECT_EQ(block->fraction_lost, 0);
}

TEST(ReceptionStatistics, AnEvenStreamHasNoJitter) {
  ReceptionStatistics statistics(1, 48000);
  for (int i = 0; i < 100; ++i) {
    statistics.on_packet(at(20 * i), static_cast<std::uint16_t>(i),
                         0xfffff000u + static_cast<std::uint32_t>(960 * i));
  }
  EXPECT_EQ(statistics.jitter(), Duration(0));
}

TEST(ReceptionStatistics, JitterComesToTheMeanDifference) {
  ReceptionStatistics statistics(1, 48000);
  for (int i = 0; i < 1000; ++i) {
    statistics.on_packet(at(20 * i + (i % 2) * 10), static_cast<std::uint16_t>(i),
                         static_cast<std::uint32_t>(960 * i));
  }
  EXPECT_NEAR(static_cast<double>(statistics.jitter().count()), 10000, 200);
}

TEST(ReceptionStatistics, TellsTheLastSenderReportAndItsAge) {
  ReceptionStatistics statistics(1, 48000);
  statistics.on_packet(at(0), 1, 0);
  EXPECT_EQ(statistics.take_report_block(at(1))->last_sr, 0u);
  statistics.on_sender_report(at(1000), 0x0123456789abcdef);
  const auto block = statistics.take_report_block(at(1500));
  EXPECT_EQ(block->last_sr, 0x456789abu);
  EXPECT_EQ(block->delay_since_last_sr, 0x8000u);
}

TEST(ReceptionStatistics, ALoneJumpIsNotBelievedAConfirmedOneIs) {
  ReceptionStatistics statistics(1, 48000);
  statistics.on_packet(at(0), 1, 0);
  statistics.on_packet(at(0), 20000, 0);
  statistics.on_packet(at(0), 2, 0);
  EXPECT_EQ(statistics.cumulative_lost(), 0);
  statistics.on_packet(at(0), 30000, 0);
  statistics.on_packet(at(0), 30001, 0);
  statistics.on_packet(at(0), 30002, 0);
  EXPECT_EQ(statistics.cumulative_lost(), 0);
  EXPECT_EQ(statistics.take_report_block(at(1))->extended_highest_sequence, 30002u);
}

}  // namespace
}  // namespace sotto::bridge
