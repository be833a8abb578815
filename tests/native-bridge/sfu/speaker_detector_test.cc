#include "sfu/speaker_detector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr EndpointIndex kAnn{1};
constexpr EndpointIndex kBob{2};

// Feeds levels every 20 ms and counts changes.
struct Talk {
  SpeakerDetector detector;
  Time now = from_microseconds(5'000'000);
  int changes = 0;

  void run(int ms, std::optional<int> ann, std::optional<int> bob) {
    for (int t = 0; t < ms; t += 20) {
      now += milliseconds(20);
      if (ann) detector.on_level(now, kAnn, {true, static_cast<std::uint8_t>(*ann)});
      if (bob) detector.on_level(now, kBob, {true, static_cast<std::uint8_t>(*bob)});
      if (detector.next_timeout() <= now) changes += detector.handle_timeout(now);
    }
  }
};

TEST(SpeakerDetector, SilenceCostsNoTimer) {
  Talk talk;
  talk.run(1000, 127, 90);
  EXPECT_EQ(talk.detector.next_timeout(), Time::max());
  EXPECT_THAT(talk.detector.speakers(), IsEmpty());
}

TEST(SpeakerDetector, WhoSpeaksIsListedAndLeavesTheListAfterSilence) {
  Talk talk;
  talk.run(600, 25, 127);
  EXPECT_THAT(talk.detector.speakers(), ElementsAre(kAnn));
  talk.run(3000, 127, 127);
  EXPECT_THAT(talk.detector.speakers(), IsEmpty());
  EXPECT_EQ(talk.changes, 2);
  EXPECT_EQ(talk.detector.next_timeout(), Time::max());
}

TEST(SpeakerDetector, AClickIsNotSpeech) {
  Talk talk;
  talk.run(20, 20, 127);
  talk.run(2000, 127, 127);
  EXPECT_EQ(talk.changes, 0);
}

TEST(SpeakerDetector, AClearlyLouderOneTakesOverAndEquallyLoudOnesDoNotAlternate) {
  Talk talk;
  talk.run(1000, 40, std::nullopt);
  talk.run(3000, 40, 38);
  EXPECT_THAT(talk.detector.speakers(), ElementsAre(kAnn, kBob));
  talk.run(2000, 45, 20);
  EXPECT_THAT(talk.detector.speakers(), ElementsAre(kBob, kAnn));
  EXPECT_EQ(talk.changes, 3);
}

TEST(SpeakerDetector, SomebodyWhoLeftIsGoneAtOnce) {
  Talk talk;
  talk.run(600, 25, 25);
  EXPECT_TRUE(talk.detector.remove(kAnn));
  EXPECT_FALSE(talk.detector.remove(kAnn));
  EXPECT_THAT(talk.detector.speakers(), ElementsAre(kBob));
}

TEST(SpeakerDetector, ChangesComeAtMostFourTimesASecond) {
  Talk talk;
  for (int i = 0; i < 20; ++i) {
    talk.run(100, 25, 127);
    talk.run(100, 127, 25);
  }
  EXPECT_LE(talk.changes, 16);
}

}  // namespace
}  // namespace sotto::bridge
