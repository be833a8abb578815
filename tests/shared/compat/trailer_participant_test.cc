// What LiveKit and JFrame have in common, on both.
#include "compat/trailer_participant.h"

#include <gtest/gtest.h>

#include <set>

#include "shared/captured_frames.h"
#include "shared/compat/call.h"

namespace sotto {
namespace {

class TrailerParticipantTest : public testing::TestWithParam<FrameFormat> {
 protected:
  TrailerParticipantTest() {
    EXPECT_TRUE(sender_->set_key(3, KeyKind::kRaw, key_, at_second(0)));
    EXPECT_TRUE(sender_->use_key(3, at_second(0)));
    EXPECT_TRUE(receiver_->set_key(3, KeyKind::kRaw, key_, at_second(0)));
  }
  Frame sealed(std::uint32_t timestamp, Codec codec = Codec::kOpus) {
    return seal(*sender_, facts(codec, timestamp), frame_).value();
  }
  Opened opened(std::uint32_t timestamp, ByteView wire, Time now = at_second(1)) {
    return open(*receiver_, facts(Codec::kOpus, timestamp), wire, now);
  }

  SeededRandom random_;
  std::unique_ptr<Participant> sender_ = participant(GetParam(), random_);
  std::unique_ptr<Participant> receiver_ = participant(GetParam(), random_);
  Frame key_ = Frame(32, 7);
  Frame frame_ = random_.bytes(120);
};

INSTANTIATE_TEST_SUITE_P(Formats, TrailerParticipantTest,
                         testing::Values(FrameFormat::kLiveKit, FrameFormat::kJFrame),
                         [](const auto& param) {
                           return param.param == FrameFormat::kLiveKit ? "LiveKit" : "JFrame";
                         });

TEST_P(TrailerParticipantTest, GivesBackEveryCapturedFrameBitExactly) {
  std::uint32_t timestamp = 1;
  for_every_captured_frame([&](Codec codec, const CapturedFrame& frame) {
    const bool carried = codec == Codec::kOpus || codec == Codec::kVp8 ||
                         (GetParam() == FrameFormat::kLiveKit && codec != Codec::kAv1);
    const FrameFacts where = facts(codec, timestamp += 3000, 77 + static_cast<int>(codec));
    const auto wire = seal(*sender_, where, frame.bytes);
    if (!carried) {
      EXPECT_EQ(wire.error(), Error::kUnsupported);
      return;
    }
    ASSERT_TRUE(wire);
    const Opened out = open(*receiver_, where, *wire);
    ASSERT_TRUE(out.ok()) << name(codec) << " " << out.error;
    EXPECT_EQ(out.media.key_index, 3u);
    // Depacketizers widen start codes, so here they already are.
    if (codec != Codec::kH264) {
      ASSERT_EQ(out.frame, frame.bytes);
    }
    if (codec == Codec::kH264) {
      ASSERT_GE(out.frame.size(), frame.bytes.size());
    }
  });
}

TEST_P(TrailerParticipantTest, RefusesEveryFlippedBitOfTheFrameAndStaysAsItWas) {
  const Frame wire = sealed(1000);
  for (std::size_t i = 0; i < wire.size(); ++i) {
    Frame bad = wire;
    bad[i] ^= 0x10;
    const Opened out = opened(1000, bad);
    ASSERT_FALSE(out.ok()) << i;
    if (i < wire.size() - 2) {
      EXPECT_EQ(out.error, "unauthenticated") << i;
    }
  }
  EXPECT_EQ(opened(1000, wire).frame, frame_);
}

TEST_P(TrailerParticipantTest, RefusesEveryTruncation) {
  const Frame wire = sealed(1000);
  for (std::size_t size = 0; size < wire.size(); ++size) {
    EXPECT_FALSE(opened(1000, ByteView(wire).first(size)).ok()) << size;
  }
}

TEST_P(TrailerParticipantTest, OpensAFrameOnce) {
  const Frame wire = sealed(1000);
  EXPECT_TRUE(opened(1000, wire).ok());
  EXPECT_EQ(opened(1000, wire).error, "replayed");
}

// Under a key that everybody shares (as LiveKit's apps do) one participant opens everybody's
// frames.
TEST_P(TrailerParticipantTest, OpensNoFrameTwiceOfHundredsOfStreams) {
  constexpr std::uint32_t kStreams = 1000;
  std::vector<Frame> heard;
  for (std::uint32_t ssrc = 1; ssrc <= kStreams; ++ssrc) {
    heard.push_back(seal(*sender_, facts(Codec::kOpus, 960, ssrc), frame_).value());
    ASSERT_TRUE(opened(960, heard.back()).ok());
  }
  for (const Frame& wire : heard) ASSERT_EQ(opened(960, wire).error, "replayed");
}

TEST_P(TrailerParticipantTest, KeepsItsReplayMemoryWhenTheSameKeyIsSetAgainOrErasedBetween) {
  const Frame wire = sealed(1000);
  EXPECT_TRUE(opened(1000, wire).ok());
  ASSERT_TRUE(receiver_->set_key(3, KeyKind::kRaw, key_, at_second(2)));
  EXPECT_EQ(opened(1000, wire).error, "replayed");
  ASSERT_TRUE(receiver_->erase_key(3));
  EXPECT_EQ(opened(1000, wire).error, "unknown-key");
  ASSERT_TRUE(receiver_->set_key(3, KeyKind::kRaw, key_, at_second(2)));
  EXPECT_EQ(opened(1000, wire).error, "replayed");
}

TEST_P(TrailerParticipantTest, LeavesNothingOfAForgedFrameInTheOutput) {
  Frame wire = sealed(1000);
  wire[40] ^= 1;
  Frame out(wire.size(), 0);
  ASSERT_FALSE(receiver_->open(facts(Codec::kOpus, 1000), wire, out, at_second(1)));
  EXPECT_EQ(out, Frame(wire.size(), 0));
}

TEST_P(TrailerParticipantTest, FollowsARatchetAndSaysSoOnce) {
  const Frame before = sealed(1000);
  ASSERT_TRUE(sender_->ratchet(3, at_second(1)));
  const Frame after = sealed(2000);
  const Opened first = opened(2000, after);
  EXPECT_EQ(first.frame, frame_);
  EXPECT_TRUE(first.media.ratcheted);
  EXPECT_FALSE(opened(3000, sealed(3000)).media.ratcheted);
  // What was overtaken still opens, for ten seconds.
  EXPECT_EQ(opened(1000, before, at_second(10)).frame, frame_);
  ASSERT_TRUE(sender_->ratchet(3, at_second(1)));
  EXPECT_TRUE(opened(4000, sealed(4000), at_second(12)).ok());
}

TEST_P(TrailerParticipantTest, OpensWhatARotationOfTheSameIndexHasOvertakenForTenSeconds) {
  const Frame before = sealed(1000);
  const Frame late = sealed(1500);
  const Frame newer(32, 8);
  ASSERT_TRUE(sender_->set_key(3, KeyKind::kRaw, newer, at_second(1)));
  ASSERT_TRUE(receiver_->set_key(3, KeyKind::kRaw, newer, at_second(1)));
  EXPECT_EQ(opened(2000, sealed(2000), at_second(2)).frame, frame_);
  EXPECT_EQ(opened(1000, before, at_second(10)).frame, frame_);
  EXPECT_EQ(opened(1500, late, at_second(11)).error, "unauthenticated");
}

TEST_P(TrailerParticipantTest, DoesNotMoveItsRatchetForForgeries) {
  Frame wire = sealed(1000);
  wire.back() = 3;
  wire[30] ^= 1;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(opened(1000, wire).error, "unauthenticated");
  const Opened genuine = opened(2000, sealed(2000));
  EXPECT_TRUE(genuine.ok());
  EXPECT_FALSE(genuine.media.ratcheted);
}

TEST_P(TrailerParticipantTest, TriesTheWholeWindowNoMoreThanItsBudgetAllows) {
  Frame garbage = sealed(1000);
  garbage[30] ^= 1;
  ASSERT_TRUE(sender_->ratchet(3, at_second(1)));
  const Frame ratcheted = sealed(2000);
  for (int i = 0; i < 32; ++i) EXPECT_FALSE(opened(1000, garbage, at_second(1)).ok());
  EXPECT_EQ(opened(2000, ratcheted, at_second(1)).error, "unauthenticated");
  EXPECT_TRUE(opened(2000, ratcheted, at_second(2)).ok());
}

TEST_P(TrailerParticipantTest, FindsARatchetedSenderAmidAFloodOfGarbage) {
  ASSERT_TRUE(sender_->ratchet(3, at_second(1)));
  Frame garbage = random_.bytes(150);
  garbage[148] = 12;
  garbage[149] = 3;
  int opened_after = -1;
  // 50 genuine frames a second among 5,000 others.
  for (int i = 0; i < 50'000 && opened_after < 0; ++i) {
    const Time now = at_second(1) + std::chrono::microseconds(200 * i);
    garbage[140] = static_cast<std::uint8_t>(i);
    EXPECT_FALSE(opened(1, garbage, now).ok());
    const auto timestamp = static_cast<std::uint32_t>(1000 + i);
    if (i % 100 == 0 && opened(timestamp, sealed(timestamp), now).ok()) opened_after = i;
  }
  EXPECT_GE(opened_after, 0) << "never found in ten seconds";
}

TEST_P(TrailerParticipantTest, NeverSealsUnderOneIvTwice) {
  std::set<Frame> ivs;
  for (int i = 0; i < 70'000; ++i) {
    const Frame wire = seal(*sender_, facts(Codec::kOpus, 0, 0), frame_).value();
    ivs.insert(Frame(wire.end() - 14, wire.end() - 2));
  }
  EXPECT_EQ(ivs.size(), 70'000u) << "with a browser that gives neither SSRC nor timestamps";
}

TEST_P(TrailerParticipantTest, DrawsAnSsrcWhereTheBrowserGivesNone) {
  SeededRandom other(2);
  auto second = participant(GetParam(), other);
  ASSERT_TRUE(second->set_key(3, KeyKind::kRaw, key_, at_second(0)));
  ASSERT_TRUE(second->use_key(3, at_second(0)));
  const Frame a = seal(*sender_, facts(Codec::kOpus, 1000, 0), frame_).value();
  const Frame b = seal(*second, facts(Codec::kOpus, 1000, 0), frame_).value();
  EXPECT_NE(Frame(a.end() - 14, a.end() - 10), Frame(b.end() - 14, b.end() - 10));
}

TEST_P(TrailerParticipantTest, HasSixteenKeys) {
  for (std::uint32_t index = 0; index < 16; ++index) {
    const Frame key(32, static_cast<std::uint8_t>(index));
    EXPECT_TRUE(sender_->set_key(index, KeyKind::kRaw, key, at_second(0)));
    EXPECT_TRUE(sender_->use_key(index, at_second(0)));
    EXPECT_TRUE(receiver_->set_key(index, KeyKind::kRaw, key, at_second(0)));
    EXPECT_EQ(opened(index, sealed(index)).media.key_index, index);
  }
  EXPECT_EQ(sender_->set_key(16, KeyKind::kRaw, key_, at_second(0)).error(),
            Error::kInvalidArgument);
  EXPECT_EQ(sender_->use_key(16, at_second(0)).error(), Error::kUnknownKey);
  EXPECT_EQ(sender_->ratchet(16, at_second(0)).error(), Error::kUnknownKey);
  EXPECT_FALSE(sender_->erase_key(16));
}

TEST_P(TrailerParticipantTest, SealsNothingWithoutAKey) {
  EXPECT_TRUE(sender_->erase_key(3));
  EXPECT_FALSE(sender_->erase_key(3));
  EXPECT_EQ(seal(*sender_, facts(Codec::kOpus, 1), frame_).error(), Error::kUnknownKey);
  EXPECT_EQ(sender_->use_key(3, at_second(1)).error(), Error::kUnknownKey);
}

TEST_P(TrailerParticipantTest, SealsAnEmptyFrameAsNothingAndTakesNone) {
  EXPECT_EQ(seal(*sender_, facts(Codec::kOpus, 1), {}).value().size(), 0u);
  EXPECT_EQ(opened(1, {}).error, "truncated");
}

TEST_P(TrailerParticipantTest, AsksForRoomEnough) {
  Frame small(sender_->max_sealed_size(Codec::kOpus, frame_.size()) - 1);
  EXPECT_EQ(sender_->seal(facts(Codec::kOpus, 1), frame_, small).error(), Error::kBufferTooSmall);
  const Frame wire = sealed(1);
  Frame narrow(wire.size() - 1);
  EXPECT_EQ(receiver_->open(facts(Codec::kOpus, 1), wire, narrow, at_second(1)).error(),
            Error::kBufferTooSmall);
}

TEST_P(TrailerParticipantTest, CarriesFramesOfFourMebibytes) {
  const Frame large(std::size_t{4} << 20, 0);
  const auto wire = seal(*sender_, facts(Codec::kVp8, 1), large);
  ASSERT_TRUE(wire);
  EXPECT_EQ(open(*receiver_, facts(Codec::kVp8, 1), *wire).frame, large);
}

}  // namespace
}  // namespace sotto
