// Forwarding allocates nothing: memory is flat however many packets pass. Every operator new of
// this program is counted while the bridge has a datagram in hand.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "sim/world.h"

namespace {

bool counting = false;
std::uint64_t allocations = 0;

void* allocate(std::size_t size) {
  if (counting) ++allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace sotto::bridge::sim {
namespace {

using std::chrono::seconds;

TEST(SteadyMemory, TheCounterSeesAnAllocation) {
  counting = true;
  allocations = 0;
  ::operator delete(::operator new(8));
  counting = false;
  EXPECT_EQ(allocations, 1u);
}

TEST(SteadyMemory, AThousandForwardedPacketsCostNoAllocation) {
  World world(31);
  std::uint64_t media_datagrams = 0;
  std::uint64_t allocating = 0;
  for (int i = 0; i < 4; ++i) world.add({Source::kMicrophone, Source::kCamera});
  world.run_for(seconds(6));  // joins, handshakes, key frames; queues and caches reach their size
  const std::uint64_t forwarded = world.bridge.stats().rtp_forwarded;
  world.around_datagram = [&](bool before, ByteView datagram) {
    if (before) {
      const bool media = datagram.size() > 12 && datagram[0] >= 128 && datagram[0] < 192 &&
                         (datagram[1] < 192 || datagram[1] > 223);
      counting = media;
      allocations = 0;
      if (media) ++media_datagrams;
    } else {
      counting = false;
      if (allocations > 0) ++allocating;
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
