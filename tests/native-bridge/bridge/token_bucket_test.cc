#include "bridge/token_bucket.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(TokenBucket, GivesTheBurstAndThenTheRate) {
  Time now = from_microseconds(0);
  TokenBucket bucket(10, 3, now);
  EXPECT_TRUE(bucket.take(now));
  EXPECT_TRUE(bucket.take(now));
  EXPECT_TRUE(bucket.take(now));
  EXPECT_FALSE(bucket.take(now));
  EXPECT_FALSE(bucket.take(now + milliseconds(99)));
  EXPECT_TRUE(bucket.take(now + milliseconds(101)));
  EXPECT_FALSE(bucket.take(now + milliseconds(102)));
}

TEST(TokenBucket, SavesNoMoreThanTheBurst) {
  Time now = from_microseconds(0);
  TokenBucket bucket(10, 3, now);
  now += seconds(3600);
  EXPECT_TRUE(bucket.take(now, 3));
  EXPECT_FALSE(bucket.take(now));
}

TEST(TokenBucket, WhatCostsMoreThanTheBurstNeedsAFullBucket) {
  Time now = from_microseconds(0);
  TokenBucket bucket(10, 3, now);
  EXPECT_TRUE(bucket.take(now, 100));
  EXPECT_FALSE(bucket.take(now + milliseconds(200), 100));
  EXPECT_TRUE(bucket.take(now + milliseconds(301), 100));
}

TEST(TokenBucket, AClockThatStandsStillOrGoesBackGivesNothing) {
  Time now = from_microseconds(1'000'000);
  TokenBucket bucket(10, 1, now);
  EXPECT_TRUE(bucket.take(now));
  EXPECT_FALSE(bucket.take(now - seconds(1)));
  EXPECT_FALSE(bucket.take(now));
}

}  // namespace
}  // namespace sotto::bridge
