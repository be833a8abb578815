#include "sfu/publisher_clock.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t ntp(std::uint64_t s, std::uint64_t ms) {
  return s << 32 | (ms << 32) / 1000;
}

TEST(PublisherClock, OneOffsetServesAllReportsThoughTheyTravelUnevenly) {
  PublisherClock clock;
  clock.on_sender_report(Time(seconds(10)), ntp(3'900'000'000, 0));
  clock.on_sender_report(Time(seconds(11) + milliseconds(80)), ntp(3'900'000'001, 0));
  const Duration step = clock.local(ntp(3'900'000'001, 0)) - Time(seconds(11));
  EXPECT_LE(std::abs(step.count()), 2);
}

TEST(PublisherClock, AClockThatWasSetIsFollowed) {
  PublisherClock clock;
  clock.on_sender_report(Time(seconds(10)), ntp(3'900'000'000, 0));
  clock.on_sender_report(Time(seconds(12)), ntp(3'900'003'600, 0));
  EXPECT_EQ(clock.local(ntp(3'900'003'600, 0)), Time(seconds(12)));
}

}  // namespace
}  // namespace sotto::bridge
