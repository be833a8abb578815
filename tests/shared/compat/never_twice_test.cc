// Whatever an app does with keys, no two frames are sealed under one key and nonce: the same plain
// frame never gives the same bytes.
#include <gtest/gtest.h>

#include <set>

#include "shared/compat/call.h"

namespace sotto {
namespace {

class NeverTwice : public testing::TestWithParam<FrameFormat> {
 protected:
  // One and the same frame, so that only key and nonce can tell two sealed ones apart.
  const Frame kFrame = Frame(60, 0x61);
  const FrameFacts kFacts = {.codec = Codec::kOpus, .ssrc = 77, .rtp_timestamp = 960};

  std::unique_ptr<Participant> make() { return participant(GetParam(), random_); }

  std::uint32_t any_index() { return static_cast<std::uint32_t>(random_.below(3)); }

  // DAVE takes each index once, and its secrets are of 16 bytes.
  void set_key(Participant& one) {
    const bool dave = GetParam() == FrameFormat::kDave;
    const std::uint32_t index = dave ? ++epoch_ : any_index();
    const Frame material(dave ? 16 : 32, static_cast<std::uint8_t>(random_.below(2)));
    if (one.set_key(index, KeyKind::kRaw, material, now_)) index_ = index;
  }

  void act(Participant& one, Participant& other) {
    const std::uint32_t index = GetParam() == FrameFormat::kDave ? index_ : any_index();
    switch (random_.below(12)) {
      case 0:
        return set_key(one);
      case 1:
      case 2:
        return void(one.use_key(index, now_));
      case 3:
        return void(one.ratchet(index, now_));
      case 4:
        return void(one.erase_key(index));
      case 5:
        now_ += std::chrono::seconds(random_.below(6));
        return one.expire(now_);
      default:
        seal_and_show(one, other);
    }
  }

  void seal_and_show(Participant& one, Participant& other) {
    FrameFacts facts = kFacts;
    facts.context = static_cast<std::uint8_t>(random_.below(3));
    const auto wire = seal(one, facts, kFrame);
    if (!wire) return;
    ++sealed_;
    ASSERT_TRUE(seen_.insert(*wire).second) << "frame " << sealed_ << " came before";
    opened_ += open(other, facts, *wire, now_).ok() ? 1 : 0;
  }

  SeededRandom random_;
  Time now_ = at_second(1);
  std::uint32_t epoch_ = 0, index_ = 0;
  std::set<Frame> seen_;
  int sealed_ = 0, opened_ = 0;
};

std::string name_of(const testing::TestParamInfo<FrameFormat>& info) {
  const std::string names[] = {"Sotto", "LiveKit", "JFrame", "Dave"};
  return names[static_cast<int>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Formats, NeverTwice,
                         testing::Values(FrameFormat::kSotto, FrameFormat::kLiveKit,
                                         FrameFormat::kJFrame, FrameFormat::kDave),
                         name_of);

// Both seal and open under the same keys, which no app should do, and move each other's ratchets.
TEST_P(NeverTwice, InAnyOrderOfCalls) {
  std::unique_ptr<Participant> one = make(), other = make();
  for (int i = 0; i < 20'000 && !HasFatalFailure(); ++i) {
    act(*one, *other);
    // DAVE gives each sender a base secret of its own and begins at 1: there only one seals.
    if (GetParam() == FrameFormat::kDave) continue;
    act(*other, *one);
    if (random_.below(100) == 0) one = make();  // a reload
  }
  EXPECT_GT(sealed_, 1000);
  if (GetParam() != FrameFormat::kDave) {
    EXPECT_GT(opened_, 100);
  }
}

}  // namespace
}  // namespace sotto
