#include "delivery/fair_queue.h"

#include <gtest/gtest.h>

#include "native-bridge/delivery/room_of_members.h"

namespace sotto::bridge::delivery {
namespace {

using test::named;

const Time kStart = from_microseconds(1'000'000);
constexpr std::size_t kLane = 4u << 20;

Queued message(unsigned sender, std::size_t size, char letter = 'x') {
  return {named(sender), FrameKind::kHandshake, std::string(size, letter), {}};
}
// Nothing waits for the room.
Allowance plenty() {
  return {1e12, 1e12, kStart};
}

TEST(FairQueue, OneSendersMessagesStayInOrder) {
  SharedBytes shared(kLane);
  FairQueue queue(plenty(), kLane, shared);
  for (char letter = 'a'; letter <= 'e'; ++letter) {
    EXPECT_TRUE(queue.push(message(1, 40'000, letter)));
  }
  std::string order;
  while (const auto next = queue.pop(kStart)) order += next->frame[0];
  EXPECT_EQ(order, "abcde");
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(shared.used(), 0u);
}

TEST(FairQueue, ASmallMessageWaitsForAFewOfAFloodNotForAll) {
  SharedBytes shared(1u << 30);
  FairQueue queue(plenty(), kLane, shared);
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(queue.push(message(1, 100'000)));
  EXPECT_TRUE(queue.push(message(2, 2'000)));
  std::size_t before = 0;
  while (queue.pop(kStart)->sender != named(2)) ++before;
  EXPECT_LE(before, 1u);
}

TEST(FairQueue, TurnsAreTakenByBytesNotByMessages) {
  SharedBytes shared(1u << 30);
  FairQueue queue(plenty(), kLane, shared);
  for (int i = 0; i < 32; ++i) EXPECT_TRUE(queue.push(message(1, 128 * 1024)));
  for (int i = 0; i < 4000; ++i) EXPECT_TRUE(queue.push(message(2, 1000)));
  std::map<EndpointName, std::size_t> bytes;
  for (std::size_t sum = 0; sum < (4u << 20);) {
    const auto next = queue.pop(kStart);
    bytes[next->sender] += next->frame.size();
    sum += next->frame.size();
  }
  EXPECT_NEAR(static_cast<double>(bytes[named(1)]), static_cast<double>(bytes[named(2)]), 200e3);
}

TEST(FairQueue, WhoHasTooMuchWaitingIsRefusedAndNobodyElse) {
  SharedBytes shared(1u << 30);
  FairQueue queue(plenty(), 1000, shared);
  EXPECT_TRUE(queue.push(message(1, 5000))) << "one always may";
  EXPECT_FALSE(queue.push(message(1, 1)));
  EXPECT_TRUE(queue.push(message(2, 500)));
  EXPECT_TRUE(queue.push(message(2, 500)));
  EXPECT_FALSE(queue.push(message(2, 1)));
  EXPECT_EQ(shared.used(), 6000u);
}

TEST(FairQueue, WhenTheBridgeIsFullEachSenderHasOneMessageStill) {
  SharedBytes shared(1000);
  FairQueue queue(plenty(), kLane, shared);
  EXPECT_TRUE(queue.push(message(1, 1001)));
  EXPECT_FALSE(queue.push(message(1, 1)));
  EXPECT_TRUE(queue.push(message(2, 1)));
}

TEST(FairQueue, TheRoomsAllowanceIsKeptAndWaitedFor) {
  SharedBytes shared(1u << 30);
  FairQueue queue(Allowance(1000, 2000, kStart), kLane, shared);
  for (int i = 0; i < 10; ++i) queue.push(message(1, 500));
  Time now = kStart;
  Time last = kStart;
  std::size_t sent = 0;
  while (!queue.empty()) {
    now = std::max(now, queue.next_timeout());
    while (const auto next = queue.pop(now)) {
      queue.spend(next->frame.size());
      sent += next->frame.size();
      last = now;
    }
  }
  EXPECT_EQ(sent, 5000u);
  EXPECT_NEAR(std::chrono::duration<double>(last - kStart).count(), 2.5, 0.51);
  EXPECT_EQ(queue.next_timeout(), Time::max());
}

}  // namespace
}  // namespace sotto::bridge::delivery
