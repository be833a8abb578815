// Frames cost no allocation once the first few have been through, and garbage neither makes memory
// grow nor keeps good frames from opening. Every operator new of this program is counted.
#include <gtest/gtest.h>

#include "shared/compat/call.h"
#include "support/counted_allocations.h"

namespace sotto {
namespace {

using test::allocations;
using test::living;

class SteadyMemoryTest : public testing::TestWithParam<FrameFormat> {
 protected:
  SteadyMemoryTest() {
    const Frame key(GetParam() == FrameFormat::kDave ? 16 : 32, 7);
    for (Participant* one : {sender_.get(), receiver_.get()}) {
      EXPECT_TRUE(one->set_key(3, KeyKind::kRaw, key, at_second(0)));
      EXPECT_TRUE(one->use_key(3, at_second(0)));
    }
  }

  FrameFacts next() { return facts(Codec::kOpus, timestamp_ += 960); }
  Time now() const { return at_second(1) + std::chrono::microseconds(timestamp_); }
  // True when a genuine frame came through; in buffers that are there already.
  bool good_frame_opens() {
    const FrameFacts where = next();
    auto size = sender_->seal(where, frame_, wire_);
    if (!size) return false;
    auto opened = receiver_->open(where, ByteView(wire_).first(*size), out_, now());
    return opened && equal(opened->frame, frame_);
  }

  SeededRandom random_;
  std::uint32_t timestamp_ = 0;
  std::unique_ptr<Participant> sender_ = participant(GetParam(), random_);
  std::unique_ptr<Participant> receiver_ = participant(GetParam(), random_);
  Frame frame_ = random_.bytes(120);
  Frame wire_ = Frame(1000);
  Frame out_ = Frame(1000);
};

INSTANTIATE_TEST_SUITE_P(Formats, SteadyMemoryTest,
                         testing::Values(FrameFormat::kLiveKit, FrameFormat::kJFrame,
                                         FrameFormat::kDave),
                         [](const auto& param) {
                           return std::string("Format") +
                                  std::to_string(static_cast<int>(param.param));
                         });

TEST_P(SteadyMemoryTest, GoodFramesCostNoAllocation) {
  ASSERT_TRUE(good_frame_opens());
  const std::uint64_t before = allocations;
  int opened = 0;
  for (int i = 0; i < 10'000; ++i) opened += good_frame_opens() ? 1 : 0;
  EXPECT_EQ(opened, 10'000);
  EXPECT_EQ(allocations - before, 0u);
}

TEST_P(SteadyMemoryTest, GarbageNeitherGrowsMemoryNorStallsGoodFrames) {
  Frame garbage = random_.bytes(160);
  const Frame genuine = seal(*sender_, next(), frame_).value();
  const std::size_t tail = 20;  // so that it parses: trailer, marker, key index
  std::copy(genuine.end() - tail, genuine.end(), garbage.end() - tail);
  ASSERT_TRUE(good_frame_opens());
  // The window of keys, and for DAVE the keys of all generations, are computed once.
  for (int i = 0; i < 2000; ++i) {
    garbage[random_.below(garbage.size())] ^= static_cast<std::uint8_t>(1 + random_.below(255));
    std::copy(genuine.end() - 4, genuine.end(), garbage.end() - 4);
    auto opened = receiver_->open(next(), garbage, out_, now());
    ASSERT_FALSE(opened);
  }
  const std::int64_t before = living;
  int opened = 0;
  for (int i = 0; i < 300'000; ++i) {
    garbage[random_.below(garbage.size() - 4)] ^= static_cast<std::uint8_t>(1 + random_.below(255));
    if (receiver_->open(next(), garbage, out_, now())) FAIL() << "garbage opened";
    if (i % 1000 == 0) opened += good_frame_opens() ? 1 : 0;
  }
  EXPECT_EQ(opened, 300);
  EXPECT_EQ(living, before);
}

}  // namespace
}  // namespace sotto
