// A server repeats frames that have opened, while the app does with the receiver's keys whatever it
// likes: none opens twice.
#include <gtest/gtest.h>

#include "shared/compat/call.h"

namespace sotto {
namespace {

class OnceOnly : public testing::TestWithParam<FrameFormat> {
 protected:
  bool is_dave() const { return GetParam() == FrameFormat::kDave; }

  // Each index has one key, which comes, goes and comes back; DAVE's epochs only come and go.
  void give(Participant& one, std::uint32_t index) {
    const Frame material(is_dave() ? 16 : 32, static_cast<std::uint8_t>(index));
    (void)one.set_key(index, KeyKind::kRaw, material, now_);
  }

  void disturb(Participant& receiver) {
    const std::uint32_t index = any_index();
    switch (random_.below(6)) {
      case 0:
        return void(receiver.erase_key(index));
      case 1:
        return void(receiver.ratchet(index, now_));
      case 2:
        return void(receiver.use_key(index, now_));
      case 3:
        now_ += std::chrono::seconds(random_.below(12));
        return receiver.expire(now_);
      default:
        give(receiver, index);
    }
  }

  // The sender now and then goes on to another key or step.
  void go_on(Participant& sender) {
    const std::uint32_t index = any_index();
    give(sender, index);
    (void)sender.use_key(index, now_);
    if (random_.below(4) == 0) (void)sender.ratchet(index, now_);
  }

  std::uint32_t any_index() {
    if (is_dave() && random_.below(20) == 0) ++epoch_;
    return epoch_ + static_cast<std::uint32_t>(random_.below(3));
  }

  SeededRandom random_;
  Time now_ = at_second(1);
  std::uint32_t epoch_ = 0;
};

std::string name_of(const testing::TestParamInfo<FrameFormat>& info) {
  const std::string names[] = {"Sotto", "LiveKit", "JFrame", "Dave"};
  return names[static_cast<int>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Formats, OnceOnly,
                         testing::Values(FrameFormat::kSotto, FrameFormat::kLiveKit,
                                         FrameFormat::kJFrame, FrameFormat::kDave),
                         name_of);

TEST_P(OnceOnly, OpensEveryFrameInAnyOrderOfCalls) {
  const Frame frame(60, 0x61);
  std::unique_ptr<Participant> sender = participant(GetParam(), random_);
  std::unique_ptr<Participant> receiver = participant(GetParam(), random_);
  std::vector<Frame> heard;
  for (std::uint32_t i = 0; i < 6000; ++i) {
    if (random_.below(20) == 0) go_on(*sender);
    if (random_.below(5) == 0) disturb(*receiver);
    const FrameFacts facts = {.codec = Codec::kOpus, .ssrc = 77, .rtp_timestamp = 960 * i};
    if (const auto wire = seal(*sender, facts, frame)) {
      if (open(*receiver, facts, *wire, now_).ok()) heard.push_back(*wire);
    }
    if (heard.empty()) continue;
    const Frame& old = heard[random_.below(heard.size())];
    ASSERT_FALSE(open(*receiver, facts, old, now_).ok()) << "after " << heard.size() << " frames";
  }
  EXPECT_GT(heard.size(), 300u);
}

}  // namespace
}  // namespace sotto
