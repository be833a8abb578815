// Forwarding allocates nothing: memory is flat however many packets pass. Every operator new of
// this program is counted while the bridge has a datagram in hand.
#include <gtest/gtest.h>

#include "sim/world.h"
#include "support/counted_allocations.h"

namespace sotto::bridge::sim {
namespace {

using sotto::test::allocations;

using std::chrono::seconds;

TEST(SteadyMemory, TheCounterSeesAnAllocation) {
  const std::uint64_t before = allocations;
  ::operator delete(::operator new(8));
  EXPECT_EQ(allocations - before, 1u);
}

TEST(SteadyMemory, AThousandForwardedPacketsCostNoAllocation) {
  World world(31);
  std::uint64_t media_datagrams = 0;
  std::uint64_t allocating = 0;
  bool media = false;
  std::uint64_t allocated = 0;
  for (int i = 0; i < 4; ++i) world.add({Source::kMicrophone, Source::kCamera});
  world.run_for(seconds(6));  // joins, handshakes, key frames; queues and caches reach their size
  const std::uint64_t forwarded = world.bridge.stats().rtp_forwarded;
  world.around_datagram = [&](bool before, ByteView datagram) {
    if (before) {
      media = datagram.size() > 12 && datagram[0] >= 128 && datagram[0] < 192 &&
              (datagram[1] < 192 || datagram[1] > 223);
      allocated = allocations;
      if (media) ++media_datagrams;
    } else if (media && allocations != allocated) {
      ++allocating;
    }
  };
  world.run_for(seconds(3));
  world.around_datagram = nullptr;
  EXPECT_GT(media_datagrams, 1000u);
  EXPECT_GT(world.bridge.stats().rtp_forwarded, forwarded + 3000);
  EXPECT_EQ(allocating, 0u);
}

}  // namespace
}  // namespace sotto::bridge::sim
