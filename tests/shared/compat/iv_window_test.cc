#include "compat/iv_window.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

Iv iv(std::uint32_t timestamp, std::uint32_t last_word = 0, std::uint32_t ssrc = 1) {
  return {.ssrc = ssrc, .timestamp = timestamp, .last_word = last_word};
}

class IvWindowTest : public testing::Test {
 protected:
  // What became of a genuine frame: "" when it was taken.
  std::string take(const Iv& iv, bool video = true) {
    if (auto fresh = window_.check(video, iv); !fresh) return std::string(name(fresh.error()));
    window_.commit(video, iv);
    return "";
  }

  IvWindow window_;
};

TEST_F(IvWindowTest, TakesEveryFrameOnce) {
  EXPECT_EQ(take(iv(1000)), "");
  EXPECT_EQ(take(iv(1000)), "replayed");
  EXPECT_EQ(take(iv(4000)), "");
  EXPECT_EQ(take(iv(1000)), "replayed");
  EXPECT_EQ(take(iv(4000)), "replayed");
}

TEST_F(IvWindowTest, TakesSpatialLayersOfOnePicture) {
  for (std::uint32_t layer = 0; layer < 3; ++layer) EXPECT_EQ(take(iv(1000, layer)), "");
  for (std::uint32_t layer = 0; layer < 3; ++layer) EXPECT_EQ(take(iv(1000, layer)), "replayed");
}

TEST_F(IvWindowTest, TakesFramesOutOfOrder) {
  for (std::uint32_t t : {9000u, 3000u, 6000u, 12000u, 1u}) EXPECT_EQ(take(iv(t)), "") << t;
  for (std::uint32_t t : {9000u, 3000u, 6000u, 12000u, 1u}) EXPECT_EQ(take(iv(t)), "replayed");
}

TEST_F(IvWindowTest, RefusesWhatIsBehindTheLast512Frames) {
  for (std::uint32_t i = 0; i < 600; ++i) ASSERT_EQ(take(iv(1000 + i * 10)), "");
  EXPECT_EQ(take(iv(1000)), "too-old");              // seen and forgotten
  EXPECT_EQ(take(iv(1005)), "too-old");              // never seen
  EXPECT_EQ(take(iv(1000 + 599 * 10)), "replayed");  // the newest
  EXPECT_EQ(take(iv(1000 + 88 * 10)), "replayed");   // the oldest that is remembered
  EXPECT_EQ(take(iv(1000 + 87 * 10)), "too-old");
  EXPECT_EQ(take(iv(1000 + 88 * 10 + 5)), "");  // late, but it may come
}

TEST_F(IvWindowTest, RefusesWhatIsThirtySecondsOldHoweverFewFramesThereWere) {
  EXPECT_EQ(take(iv(10'000'000)), "");
  EXPECT_EQ(take(iv(10'000'000 - 2'700'000)), "");
  EXPECT_EQ(take(iv(10'000'000 - 2'700'001)), "too-old");
}

TEST_F(IvWindowTest, GoesOnWhenTimestampsWrap) {
  EXPECT_EQ(take(iv(0xfffffff0)), "");
  EXPECT_EQ(take(iv(0x00000010)), "");
  EXPECT_EQ(take(iv(0xfffffff8)), "");
  EXPECT_EQ(take(iv(0xfffffff0)), "replayed");
  EXPECT_EQ(take(iv(0x00000010)), "replayed");
}

TEST_F(IvWindowTest, KeepsStreamsApart) {
  EXPECT_EQ(take(iv(90'000'000, 0, 1)), "");
  EXPECT_EQ(take(iv(1000, 0, 2)), "");
  // A browser that knows no SSRC gives audio and video the same, with clocks of their own.
  EXPECT_EQ(take(iv(1000, 0, 1), false), "");
}

TEST_F(IvWindowTest, ChecksWithoutChangingAnything) {
  ASSERT_EQ(take(iv(1000)), "");
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(window_.check(true, iv(4'000'000)));
  EXPECT_EQ(take(iv(1001)), "");
}

TEST_F(IvWindowTest, ForgetsTheStreamUnusedForLongest) {
  constexpr auto kStreams = static_cast<std::uint32_t>(IvWindow::kStreams);
  for (std::uint32_t ssrc = 0; ssrc < kStreams; ++ssrc) ASSERT_EQ(take(iv(1000, 0, ssrc)), "");
  ASSERT_EQ(take(iv(2000, 0, 0)), "");
  ASSERT_EQ(take(iv(1000, 0, kStreams)), "");
  EXPECT_EQ(window_.streams(), kStreams);
  EXPECT_EQ(take(iv(1000, 0, 0)), "replayed");
  EXPECT_EQ(take(iv(1000, 0, 2)), "replayed");
  EXPECT_EQ(take(iv(1000, 0, 1)), "");  // it had been forgotten
}

}  // namespace
}  // namespace sotto
