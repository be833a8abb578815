// The instrument itself: it must find what is in the clear, or its silence means nothing.
#include <gtest/gtest.h>

#include "in-the-clear/sample_frames.h"
#include "in-the-clear/wire_map.h"

namespace sotto {
namespace {

ByteStatistics watch(std::size_t size, void (*change)(Bytes&)) {
  SeededRandom random(42);
  ByteStatistics seen;
  for (std::size_t i = 0; i < kSealings; ++i) {
    Bytes wire = random.bytes(size);
    change(wire);
    seen.add(wire);
  }
  return seen;
}

TEST(ByteStatistics, TakesRandomBytesForRandom) {
  const ByteStatistics seen = watch(20000, [](Bytes&) {});
  EXPECT_EQ(count_not_random(seen, WireMap(20000, Wire::kSealed)), 0u);
}

TEST(ByteStatistics, FindsOneBitThatNeverChanges) {
  const ByteStatistics seen = watch(100, [](Bytes& wire) {
    wire[17] &= 0x7f;
    wire[50] |= 0x01;
  });
  for (std::size_t at = 0; at < 100; ++at) {
    EXPECT_EQ(seen.looks_random(at), at != 17 && at != 50) << at;
    EXPECT_FALSE(seen.is_constant(at)) << at;
  }
}

TEST(ByteStatistics, FindsAByteThatIsHalfTheTimeTheSame) {
  const ByteStatistics seen = watch(100, [](Bytes& wire) {
    if ((wire[0] & 1) == 0) wire[60] = 0x47;
  });
  EXPECT_FALSE(seen.looks_random(60));
  EXPECT_EQ(count_not_random(seen, WireMap(100, Wire::kSealed)), 1u);
}

TEST(ByteStatistics, FindsEveryByteOfAFrameThatIsNotSealed) {
  for (const SampleFrame& frame : sample_frames()) {
    ByteStatistics seen;
    for (std::size_t i = 0; i < kSealings; ++i) seen.add(frame.bytes);
    const WireMap map(frame.bytes.size(), Wire::kSealed);
    EXPECT_EQ(count_not_random(seen, map), frame.bytes.size()) << frame.name;
  }
}

}  // namespace
}  // namespace sotto
