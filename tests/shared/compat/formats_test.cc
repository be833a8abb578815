#include "compat/formats.h"

#include <gtest/gtest.h>

#include "shared/compat/call.h"

namespace sotto {
namespace {

constexpr FrameFormat kFormats[] = {FrameFormat::kSotto, FrameFormat::kLiveKit,
                                    FrameFormat::kJFrame, FrameFormat::kDave};

std::unique_ptr<Participant> with_key(FrameFormat format, SeededRandom& random) {
  auto made = participant(format, random);
  const std::size_t size = format == FrameFormat::kDave ? 16 : 32;
  EXPECT_TRUE(made->set_key(1, KeyKind::kRaw, Frame(size, 1), at_second(0)));
  EXPECT_TRUE(made->use_key(1, at_second(0)));
  return made;
}

TEST(FormatsTest, EveryFormatOpensItsOwnFramesAndNoOther) {
  SeededRandom random;
  const Frame frame = random.bytes(100);
  for (FrameFormat sending : kFormats) {
    auto sender = with_key(sending, random);
    for (FrameFormat receiving : kFormats) {
      auto receiver = with_key(receiving, random);
      const Frame wire = seal(*sender, facts(Codec::kOpus, 1), frame).value();
      EXPECT_EQ(open(*receiver, facts(Codec::kOpus, 1), wire).ok(), sending == receiving)
          << static_cast<int>(sending) << static_cast<int>(receiving);
    }
  }
}

TEST(FormatsTest, RefusesAnUnknownFormat) {
  SeededRandom random;
  EXPECT_EQ(make_participant(static_cast<FrameFormat>(9), {}, random).error(), Error::kUnsupported);
}

}  // namespace
}  // namespace sotto
