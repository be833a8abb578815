#include "sframe/replay_window.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "shared/seeded_random.h"

namespace sotto {
namespace {

constexpr std::uint64_t kSize = ReplayWindow::kSize;

TEST(ReplayWindow, TakesEveryCtrOnceInAnyOrderWithinItsSize) {
  ReplayWindow window;
  for (std::uint64_t ctr = kSize; ctr-- > 0;) {
    EXPECT_TRUE(window.fresh(ctr)) << ctr;
    window.commit(ctr);
    EXPECT_FALSE(window.fresh(ctr)) << ctr;
  }
}

TEST(ReplayWindow, RefusesWhatIsOlderThanItsSize) {
  ReplayWindow window;
  window.commit(5000);
  EXPECT_TRUE(window.fresh(5000 - (kSize - 1)));
  EXPECT_FALSE(window.fresh(5000 - kSize));
  EXPECT_FALSE(window.fresh(0));
}

TEST(ReplayWindow, TellsWhatItSawFromWhatItCannotKnow) {
  ReplayWindow window;
  window.commit(5000);
  window.commit(4000);
  EXPECT_TRUE(window.check(4999));
  EXPECT_EQ(window.check(5000).error(), Error::kReplayed);
  EXPECT_EQ(window.check(4000).error(), Error::kReplayed);
  EXPECT_EQ(window.check(5000 - kSize).error(), Error::kTooOld) << "never seen, but who knows";
  window.commit(4000 + kSize);
  EXPECT_EQ(window.check(4000).error(), Error::kTooOld);
}

TEST(ReplayWindow, ChangesNothingUntilToldTo) {
  ReplayWindow window;
  window.commit(3);
  const ReplayWindow before = window;
  EXPECT_TRUE(window.fresh(std::numeric_limits<std::uint64_t>::max()));
  EXPECT_TRUE(window == before);
  EXPECT_TRUE(window.fresh(4)) << "a forged far CTR must not shut out the next frame";
}

TEST(ReplayWindow, ReachesBothEndsOfTheRange) {
  constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();
  ReplayWindow window;
  window.commit(0);
  EXPECT_FALSE(window.fresh(0));
  window.commit(kLast);
  EXPECT_FALSE(window.fresh(kLast));
  EXPECT_FALSE(window.fresh(0));
  EXPECT_TRUE(window.fresh(kLast - 1));
}

// Against a model that remembers everything, with steps around every size that matters.
TEST(ReplayWindow, AgreesWithAModelThatForgetsNothing) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SeededRandom random(seed);
    ReplayWindow window;
    std::set<std::uint64_t> seen;
    std::uint64_t highest = 0;
    for (int i = 0; i < 5000; ++i) {
      const std::uint64_t back = random.below(kSize + 100);
      const std::uint64_t step = random.below(20) == 0 ? random.below(3 * kSize) : random.below(3);
      const std::uint64_t ctr =
          random.below(2) == 0 ? highest + step : highest - std::min(back, highest);
      const bool too_old = !seen.empty() && ctr < highest && highest - ctr >= kSize;
      ASSERT_EQ(window.fresh(ctr), !too_old && seen.count(ctr) == 0) << seed << " " << ctr;
      window.commit(ctr);
      seen.insert(ctr);
      highest = std::max(highest, ctr);
    }
  }
}

}  // namespace
}  // namespace sotto
