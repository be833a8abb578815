// The steady path of a packet allocates nothing: not for the publisher, not for any receiver.
#include <gtest/gtest.h>

#include "native-bridge/sfu/synthetic_stream.h"
#include "support/counted_allocations.h"

namespace sotto::bridge {
namespace {

using sotto::test::allocations;

TEST(Allocation, ForwardingToManyReceiversAllocatesNothing) {
  Room room;
  const EndpointIndex ann = room.join();
  for (int i = 0; i < 30; ++i) room.join();
  room.publish(ann, {microphone(1, 10), camera(2, 20)});
  room.sink.keep = false;
  Vp8Stream video{.ssrc = 20};
  OpusStream voice{.ssrc = 10};
  std::vector<Bytes> packets;
  for (int i = 0; i < 900; ++i) {
    for (auto& packet : video.frame(i == 0, 3)) packets.push_back(packet);
    packets.push_back(voice.packet(30));
  }
  const auto feed = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      room.sink.now = room.now;
      room.conference.handle_rtp(room.now, ann, packets[i], room.sink);
      if (i % 4 != 3) continue;
      room.now += std::chrono::milliseconds(33);
      while (room.conference.next_timeout() <= room.now) {
        room.conference.handle_timeout(room.now, room.sink);
      }
    }
  };
  feed(0, 1600);  // caches, meters and reports reach their working size
  const std::size_t forwarded = room.sink.count;
  room.drain();
  const std::size_t before = allocations;
  feed(1600, packets.size());
  const std::size_t during = allocations - before;
  EXPECT_GT(room.sink.count - forwarded, 30u * 1900u);
  EXPECT_EQ(during, 0u);
}

}  // namespace
}  // namespace sotto::bridge
