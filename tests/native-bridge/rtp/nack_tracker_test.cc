#include "rtp/nack_tracker.h"

#include <gtest/gtest.h>

#include <array>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using Numbers = std::vector<std::uint16_t>;

constexpr Duration kRtt = milliseconds(50);

Time at(int ms) {
  return Time(milliseconds(ms));
}

Numbers due(NackTracker& tracker, int ms) {
  std::array<std::uint16_t, 512> out{};
  const std::size_t count = tracker.take_due(at(ms), kRtt, out);
  return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count)};
}

TEST(NackTracker, AsksForAGapOverTheWrapAfterAMomentForReordering) {
  NackTracker tracker;
  tracker.on_packet(at(0), 65534);
  tracker.on_packet(at(1), 1);
  EXPECT_EQ(due(tracker, 1), Numbers{});
  EXPECT_EQ(tracker.next_timeout(kRtt), at(11));
  EXPECT_EQ(due(tracker, 11), (Numbers{65535, 0}));
}

TEST(NackTracker, SeveralNewerPacketsEndTheWait) {
  NackTracker tracker;
  for (std::uint16_t sequence : Numbers{10, 12, 13}) tracker.on_packet(at(0), sequence);
  EXPECT_EQ(due(tracker, 0), Numbers{});
  tracker.on_packet(at(0), 14);
  EXPECT_EQ(due(tracker, 0), Numbers{11});
}

TEST(NackTracker, SwappedPacketsAreNeverAskedFor) {
  NackTracker tracker;
  for (std::uint16_t sequence : Numbers{10, 12, 11, 14, 13, 15}) tracker.on_packet(at(0), sequence);
  EXPECT_EQ(tracker.missing(), 0u);
  EXPECT_FALSE(tracker.next_timeout(kRtt));
}

TEST(NackTracker, AsksAgainOnceARoundTripUntilItComes) {
  NackTracker tracker;
  tracker.on_packet(at(0), 1);
  tracker.on_packet(at(0), 3);
  EXPECT_EQ(due(tracker, 10), Numbers{2});
  EXPECT_EQ(due(tracker, 59), Numbers{});
  EXPECT_EQ(due(tracker, 60), Numbers{2});
  tracker.on_packet(at(70), 2);
  EXPECT_EQ(due(tracker, 200), Numbers{});
  EXPECT_FALSE(tracker.take_unrecoverable());
}

TEST(NackTracker, GivesUpAfterAFewRequestsAndSaysSoOnce) {
  NackTracker::Config config;
  config.max_requests = 3;
  NackTracker tracker(config);
  tracker.on_packet(at(0), 1);
  tracker.on_packet(at(0), 3);
  int requests = 0;
  for (int ms = 0; ms < 900; ++ms) requests += static_cast<int>(due(tracker, ms).size());
  EXPECT_EQ(requests, 3);
  EXPECT_EQ(tracker.missing(), 0u);
  EXPECT_TRUE(tracker.take_unrecoverable());
  EXPECT_FALSE(tracker.take_unrecoverable());
}

TEST(NackTracker, ForgetsWhatIsTooOldToPlay) {
  NackTracker tracker;
  tracker.on_packet(at(0), 1);
  tracker.on_packet(at(0), 3);
  EXPECT_EQ(due(tracker, 1000), Numbers{});
  EXPECT_TRUE(tracker.take_unrecoverable());
}

TEST(NackTracker, AHostileJumpCostsNoMemory) {
  NackTracker tracker;
  tracker.on_packet(at(0), 0);
  tracker.on_packet(at(0), 30000);
  EXPECT_EQ(tracker.missing(), 0u);
  EXPECT_TRUE(tracker.take_unrecoverable());
  std::uint16_t sequence = 30000;
  for (int i = 0; i < 10000; ++i)
    tracker.on_packet(at(0), sequence = static_cast<std::uint16_t>(sequence + 200));
  EXPECT_LE(tracker.missing(), 256u);
}

TEST(NackTracker, AKeyFrameEndsTheSearchForWhatCameBefore) {
  NackTracker tracker;
  for (std::uint16_t sequence : Numbers{1, 3, 5, 7}) tracker.on_packet(at(0), sequence);
  tracker.forget_up_to(5);
  EXPECT_EQ(due(tracker, 20), Numbers{6});
}

TEST(NackTracker, AFullListOfRequestsLeavesTheRestForTheNextOne) {
  NackTracker tracker;
  tracker.on_packet(at(0), 0);
  tracker.on_packet(at(0), 5);
  std::array<std::uint16_t, 3> out{};
  EXPECT_EQ(tracker.take_due(at(20), kRtt, out), 3u);
  EXPECT_EQ(due(tracker, 20), Numbers{4});
}

}  // namespace
}  // namespace sotto::bridge
