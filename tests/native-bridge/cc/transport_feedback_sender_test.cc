#include "cc/transport_feedback_sender.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
Time at(int ms) {
  return Time(milliseconds(ms));
}

// All that is due, read as the publisher reads it: status by sequence number; a received one
// stays received.
class Publisher {
 public:
  int poll(TransportFeedbackSender& sender, Time now) {
    int packets = 0;
    std::array<std::uint8_t, 1200> buffer{};
    while (true) {
      ByteWriter writer(buffer);
      if (!sender.write_due(now, 1, writer)) return packets;
      ++packets;
      rtcp::CompoundReader compound(writer.written());
      rtcp::Packet packet;
      EXPECT_TRUE(compound.next(packet));
      read(*rtcp::TransportFeedback::parse(packet));
    }
  }

  std::map<std::uint16_t, std::optional<std::int64_t>> status;
  int last_count = -1;

 private:
  void read(rtcp::TransportFeedback feedback) {
    EXPECT_EQ(feedback.feedback_count(), (last_count + 1) & 0xff) << "no feedback is skipped";
    last_count = feedback.feedback_count();
    rtcp::Arrival arrival;
    while (feedback.next(arrival)) {
      auto& known = status[arrival.sequence_number];
      if (!known) known = arrival.at_us;
    }
    EXPECT_FALSE(feedback.malformed());
  }
};

TEST(TransportFeedbackSender, WaitsForItsIntervalThenTellsTimesAndLosses) {
  TransportFeedbackSender sender;
  Publisher publisher;
  EXPECT_FALSE(sender.next_timeout());
  sender.on_packet(at(10), 65535, 2);
  sender.on_packet(at(20), 1, 2);
  EXPECT_EQ(sender.next_timeout(), at(110));
  EXPECT_EQ(publisher.poll(sender, at(109)), 0);
  EXPECT_EQ(publisher.poll(sender, at(110)), 1);
  EXPECT_EQ(publisher.status.size(), 3u);
  EXPECT_EQ(publisher.status[65535], 10000);
  EXPECT_FALSE(publisher.status[0]);
  EXPECT_EQ(publisher.status[1], 20000);
  EXPECT_FALSE(sender.next_timeout());
}

TEST(TransportFeedbackSender, ManyPacketsEndTheWait) {
  TransportFeedbackSender sender;
  Publisher publisher;
  for (std::uint16_t i = 0; i < 100; ++i) sender.on_packet(at(5), i, 2);
  EXPECT_EQ(publisher.poll(sender, at(5)), 1);
  EXPECT_EQ(publisher.status.size(), 100u);
}

TEST(TransportFeedbackSender, ALossBetweenTwoFeedbacksIsTold) {
  TransportFeedbackSender sender;
  Publisher publisher;
  sender.on_packet(at(0), 1, 2);
  publisher.poll(sender, at(100));
  sender.on_packet(at(150), 3, 2);
  publisher.poll(sender, at(250));
  ASSERT_TRUE(publisher.status.contains(2));
  EXPECT_FALSE(publisher.status[2]);
}

TEST(TransportFeedbackSender, ALatePacketIsToldAfterAll) {
  TransportFeedbackSender sender;
  Publisher publisher;
  sender.on_packet(at(0), 1, 2);
  sender.on_packet(at(0), 3, 2);
  publisher.poll(sender, at(100));
  EXPECT_FALSE(publisher.status[2]);
  sender.on_packet(at(120), 2, 2);
  publisher.poll(sender, at(220));
  EXPECT_EQ(publisher.status[2], 120000);
}

TEST(TransportFeedbackSender, ALongPauseTakesTwoPackets) {
  TransportFeedbackSender sender;
  Publisher publisher;
  sender.on_packet(at(0), 1, 2);
  sender.on_packet(at(20000), 2, 2);
  EXPECT_EQ(publisher.poll(sender, at(20100)), 2);
  EXPECT_EQ(publisher.status[2], 20000000);
}

TEST(TransportFeedbackSender, APacketBeforeTheFirstIsTold) {
  TransportFeedbackSender sender;
  Publisher publisher;
  sender.on_packet(at(0), 0, 2);
  sender.on_packet(at(1), 65535, 2);
  publisher.poll(sender, at(100));
  EXPECT_EQ(publisher.status[65535], 1000);
}

TEST(TransportFeedbackSender, HostileNumbersStayWithinBounds) {
  TransportFeedbackSender sender;
  Publisher publisher;
  test::SeededRandom random(5);
  for (int i = 0; i < 20000; ++i) {
    sender.on_packet(at(i), static_cast<std::uint16_t>(random.u32()), 2);
    EXPECT_LE(publisher.poll(sender, at(i)), 32);
  }
  publisher.poll(sender, at(30000));
  EXPECT_FALSE(sender.next_timeout());
}

TEST(TransportFeedbackSender, EveryArrivalIsToldOnceWithItsTime) {
  TransportFeedbackSender sender;
  Publisher publisher;
  test::SeededRandom random(6);
  std::map<std::uint16_t, std::int64_t> arrived;
  std::vector<std::uint16_t> delayed;
  for (int i = 0; i < 20000; ++i) {
    const auto sequence = static_cast<std::uint16_t>(i + 60000);
    if (random.below(100) < 3) {
      delayed.push_back(sequence);
    } else if (random.below(100) >= 2) {
      sender.on_packet(at(i), sequence, 2);
      arrived[sequence] = i * 1000;
    }
    if (delayed.size() > 5) {
      sender.on_packet(at(i), delayed.front(), 2);
      arrived[delayed.front()] = i * 1000;
      delayed.erase(delayed.begin());
    }
    publisher.poll(sender, at(i));
  }
  publisher.poll(sender, at(30000));
  for (const auto& [sequence, us] : arrived) {
    ASSERT_TRUE(publisher.status.contains(sequence)) << sequence;
    ASSERT_EQ(publisher.status[sequence], us) << sequence;
  }
}

}  // namespace
}  // namespace sotto::bridge
