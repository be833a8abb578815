#include "sfu/keyframe_throttle.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;

Time at(int ms) { return Time(milliseconds(ms)); }

TEST(KeyframeThrottle, TheFirstRequestGoesOutAtOnce) {
  KeyframeThrottle throttle;
  throttle.request(at(1000));
  EXPECT_EQ(throttle.next_timeout(), at(1000));
  EXPECT_TRUE(throttle.take_due(at(1000)));
  EXPECT_FALSE(throttle.take_due(at(1001)));
}

TEST(KeyframeThrottle, ManyReceiversCauseOneRequest) {
  KeyframeThrottle throttle;
  int sent = 0;
  for (int i = 0; i < 200; ++i) {
    throttle.request(at(1000 + i));
    sent += throttle.take_due(at(1000 + i));
  }
  EXPECT_EQ(sent, 1);
}

TEST(KeyframeThrottle, ANewNeedSoonAfterAKeyFrameWaitsForTheSpacing) {
  KeyframeThrottle throttle;
  throttle.request(at(1000));
  throttle.take_due(at(1000));
  throttle.on_key_frame();
  throttle.request(at(1100));
  EXPECT_FALSE(throttle.take_due(at(1299)));
  EXPECT_TRUE(throttle.take_due(at(1300)));
}

TEST(KeyframeThrottle, AsksAgainWhileNoneComesButNotForever) {
  KeyframeThrottle throttle;
  throttle.request(at(0));
  int sent = 0;
  for (int ms = 0; ms < 60'000; ms += 10) sent += throttle.take_due(at(ms));
  EXPECT_EQ(sent, KeyframeThrottle::kAttempts);
  EXPECT_FALSE(throttle.next_timeout());
  throttle.request(at(60'000));
  EXPECT_TRUE(throttle.take_due(at(60'000)));
}

TEST(KeyframeThrottle, AKeyFrameSatisfiesTheRequest) {
  KeyframeThrottle throttle;
  throttle.request(at(0));
  throttle.take_due(at(0));
  throttle.on_key_frame();
  EXPECT_FALSE(throttle.next_timeout());
}

}  // namespace
}  // namespace sotto::bridge
