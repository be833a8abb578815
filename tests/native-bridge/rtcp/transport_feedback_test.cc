#include "rtcp/transport_feedback.h"

#include <gtest/gtest.h>

#include "native-bridge/rtcp/one_packet.h"
#include "native-bridge/rtp/captured_packets.h"
#include "support/seeded_random.h"

namespace sotto::bridge::rtcp {
namespace {

std::vector<Arrival> read(const Packet& packet) {
  std::vector<Arrival> arrivals;
  auto feedback = TransportFeedback::parse(packet);
  EXPECT_TRUE(feedback);
  if (!feedback) return arrivals;
  Arrival arrival;
  while (feedback->next(arrival)) arrivals.push_back(arrival);
  EXPECT_FALSE(feedback->malformed());
  EXPECT_EQ(arrivals.size(), feedback->status_count());
  return arrivals;
}

// What is written for `arrivals`, read back.
std::vector<Arrival> round_trip(const std::vector<std::int64_t>& arrivals, std::uint16_t base) {
  std::size_t written = 0;
  const OnePacket packet([&](ByteWriter& writer) {
    written = write_transport_feedback(writer, {1, 2, base, 3}, arrivals);
  });
  const auto back = read(*packet);
  EXPECT_EQ(back.size(), written);
  return back;
}

TEST(TransportFeedback, EveryOneOfRealBrowsersIsRead) {
  int count = 0;
  int received = 0;
  for (const auto& [name, capture] : all_captures()) {
    for (const CapturedPacket& captured : capture.packets) {
      if (!captured.rtcp) continue;
      CompoundReader reader(captured.bytes);
      for (Packet packet; reader.next(packet);) {
        if (!packet.is_feedback(PacketType::kTransportFeedback, kTransportCcFormat)) continue;
        for (const Arrival& arrival : read(packet)) received += arrival.at_us.has_value();
        ++count;
      }
    }
  }
  std::cout << count << " feedback packets, " << received << " arrivals\n";
  EXPECT_GT(count, 5);
  EXPECT_GT(received, count);
}

TEST(TransportFeedback, TimesAndLossesComeBackOverTheWrap) {
  const std::vector<std::int64_t> arrivals{64000, 64250, kNoArrival, kNoArrival, 90000, 89750};
  const auto back = round_trip(arrivals, 65534);
  ASSERT_EQ(back.size(), 6u);
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    EXPECT_EQ(back[i].sequence_number, static_cast<std::uint16_t>(65534 + i));
    EXPECT_EQ(back[i].at_us.value_or(kNoArrival), arrivals[i]) << i;
  }
}

TEST(TransportFeedback, LossesComeFirstWhenTheBaseWasLost) {
  const auto back = round_trip({kNoArrival, kNoArrival, 1000}, 5);
  ASSERT_EQ(back.size(), 3u);
  EXPECT_FALSE(back[0].at_us);
  EXPECT_EQ(back[2].at_us, 1000);
}

TEST(TransportFeedback, EndsWithAnArrivalAndStopsAtALongPause) {
  EXPECT_EQ(round_trip({1000, kNoArrival, 2000, kNoArrival}, 0).size(), 3u);
  EXPECT_EQ(round_trip({1000, kNoArrival, 20'000'000}, 0).size(), 1u) << "16 bits hold 8 s";
}

TEST(TransportFeedback, AnyPatternComesBack) {
  test::SeededRandom random(11);
  for (int run = 0; run < 2000; ++run) {
    std::vector<std::int64_t> arrivals;
    std::int64_t now = 1'000'000;
    const std::uint64_t loss = random.below(100);
    const std::uint64_t spread = 1 + random.below(400);
    const std::size_t size = 1 + random.below(300);
    while (arrivals.size() < size) {
      now += static_cast<std::int64_t>(random.below(spread)) * kDeltaUnitUs;
      arrivals.push_back(random.below(100) < loss ? kNoArrival : now);
    }
    arrivals.push_back(now);
    const auto back = round_trip(arrivals, static_cast<std::uint16_t>(random.u32()));
    ASSERT_EQ(back.size(), arrivals.size());
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      ASSERT_EQ(back[i].at_us.value_or(kNoArrival), arrivals[i]);
    }
  }
}

TEST(TransportFeedback, TakesAsManyAsFit) {
  const std::vector<std::int64_t> arrivals(1000, 64000);
  std::array<std::uint8_t, 100> buffer{};
  ByteWriter writer(buffer);
  const std::size_t written = write_transport_feedback(writer, {}, arrivals);
  EXPECT_GT(written, 40u);
  EXPECT_LT(written, 100u);
  EXPECT_TRUE(writer.ok());
  ByteWriter none(MutableBytes(buffer).first(21));
  EXPECT_EQ(write_transport_feedback(none, {}, arrivals), 0u);
  EXPECT_EQ(none.size(), 0u);
}

TEST(TransportFeedback, RefusesChunksThatNeverEnd) {
  // 100 statuses, but a run of no length.
  const auto bytes = *from_hex(
      "8fcd0005"
      "00000001"
      "00000002"
      "00000064"
      "00000100"
      "00000000");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  EXPECT_FALSE(TransportFeedback::parse(packet));
}

TEST(TransportFeedback, SaysWhenDeltasAreMissing) {
  const auto bytes = *from_hex(
      "8fcd0005"
      "00000001"
      "00000002"
      "00000008"
      "00000100"
      "20080101");
  CompoundReader reader(bytes);
  Packet packet;
  ASSERT_TRUE(reader.next(packet));
  auto feedback = TransportFeedback::parse(packet);
  ASSERT_TRUE(feedback);
  Arrival arrival;
  int count = 0;
  while (feedback->next(arrival)) ++count;
  EXPECT_EQ(count, 2);
  EXPECT_TRUE(feedback->malformed());
}

}  // namespace
}  // namespace sotto::bridge::rtcp
