#include "room/epoch_keys.h"

#include <gtest/gtest.h>

#include "e2ee/frame_opener.h"
#include "room/group_sealers.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Bytes = std::vector<std::uint8_t>;

constexpr mls::LeafIndex kMe{0}, kAnn{1}, kBen{2};

mls::Bytes base_key(std::uint64_t epoch) {
  return mls::Bytes(32, static_cast<std::uint8_t>(epoch + 1));
}

// A receiver, and senders who know every epoch's key.
class EpochKeysTest : public ::testing::Test {
 protected:
  explicit EpochKeysTest(Policy policy = {}) : epochs_(keys_, kMe, policy) {}

  void begin(std::uint64_t epoch, std::vector<mls::LeafIndex> members,
             std::vector<mls::LeafIndex> removed = {}) {
    epochs_.begin_epoch({epoch, 4, base_key(epoch), std::move(members)}, removed, now_);
  }

  Bytes frame_of(mls::LeafIndex leaf, std::uint64_t epoch, std::uint8_t context = 0,
                 std::uint32_t leaf_width = 4) {
    GroupSealers sender;
    sender.begin_epoch(epoch, leaf_width, leaf, kSottoSuite, base_key(epoch));
    FrameSealer& sealer = **sender.sealer(context);
    for (std::uint64_t i = 0; i < sent_; ++i) seal(sealer);
    ++sent_;
    return seal(sealer);
  }

  // kCount stands for "opened".
  std::optional<Error> open(const Bytes& frame) {
    epochs_.expire(now_);
    Bytes out(frame.size());
    const auto opened = opener_.open(Codec::kOpus, frame, out);
    if (!opened) return opened.error();
    epochs_.opened(opened->kid, now_);
    return std::nullopt;
  }

  static Bytes seal(FrameSealer& sealer) {
    const Bytes plain(20, 7);
    Bytes out(sealer.max_sealed_size(Codec::kOpus, plain.size()));
    out.resize(*sealer.seal(Codec::kOpus, false, plain, out));
    return out;
  }

  Time now_ = from_microseconds(1'000'000);
  std::uint64_t sent_ = 0;
  KeyStore keys_;
  EpochKeys epochs_;
  FrameOpener opener_{keys_, &epochs_};
};

class EpochKeysThatStay : public EpochKeysTest {
 protected:
  EpochKeysThatStay() : EpochKeysTest(PolicyForTest::without(Rule::kEpochsEnd)) {}
};

TEST_F(EpochKeysTest, OpenFramesOfTheMembers) {
  begin(300, {kMe, kAnn});
  EXPECT_EQ(open(frame_of(kAnn, 300)), std::nullopt);
  EXPECT_EQ(open(frame_of(kAnn, 300, 3)), std::nullopt);
  EXPECT_EQ(open(frame_of(kBen, 300)), Error::kUnknownKey) << "nobody sits there";
  EXPECT_EQ(open(frame_of(kMe, 300)), Error::kUnknownKey) << "my own, sent back";
}

TEST_F(EpochKeysTest, KeepAnEpochTenSecondsAfterTheNext) {
  begin(1, {kMe, kAnn});
  begin(2, {kMe, kAnn});
  now_ += seconds(10) - milliseconds(1);
  EXPECT_EQ(open(frame_of(kAnn, 1)), std::nullopt);
  EXPECT_EQ(epochs_.next_expiry(), now_ + milliseconds(1));
  now_ += milliseconds(1);
  EXPECT_EQ(open(frame_of(kAnn, 1)), Error::kExpired);
  EXPECT_EQ(open(frame_of(kAnn, 2)), std::nullopt);
  EXPECT_EQ(epochs_.epochs(), 1u);
}

TEST_F(EpochKeysTest, KeepSixtyFourWhenJoinsComeFast) {
  for (std::uint64_t epoch = 1; epoch <= 300; ++epoch) begin(epoch, {kMe, kAnn});
  EXPECT_EQ(epochs_.epochs(), 64u);
  EXPECT_EQ(open(frame_of(kAnn, 237)), std::nullopt);
  EXPECT_EQ(open(frame_of(kAnn, 236)), Error::kExpired);
}

// The removed member knows the old epoch, and so could go on sending, in its own name or another's.
TEST_F(EpochKeysTest, KeepNothingOfARemovedLeaf) {
  begin(1, {kMe, kAnn, kBen});
  EXPECT_EQ(open(frame_of(kBen, 1)), std::nullopt);
  begin(2, {kMe, kAnn}, {kBen});
  EXPECT_EQ(open(frame_of(kBen, 1)), Error::kExpired);
  EXPECT_EQ(open(frame_of(kBen, 1, 1)), Error::kExpired);
  now_ += seconds(2) - milliseconds(1);
  EXPECT_EQ(open(frame_of(kAnn, 1)), std::nullopt) << "an honest member who is not there yet";
  now_ += milliseconds(1);
  EXPECT_EQ(open(frame_of(kAnn, 1)), Error::kExpired) << "the removed one as another";
}

TEST_F(EpochKeysThatStay, LetTheRemovedGoOnSending) {
  begin(1, {kMe, kAnn, kBen});
  begin(2, {kMe, kAnn}, {kBen});
  now_ += seconds(60);
  EXPECT_EQ(open(frame_of(kBen, 1)), std::nullopt);
  EXPECT_EQ(open(frame_of(kAnn, 1)), std::nullopt);
}

TEST_F(EpochKeysTest, AreNotHeldUpByManyRemovals) {
  begin(1, {kMe, kAnn});
  begin(2, {kMe, kAnn, kBen});
  now_ += seconds(9);
  begin(3, {kMe, kAnn}, {kBen});
  EXPECT_EQ(epochs_.next_expiry(), now_ + seconds(1)) << "what ends sooner still does";
  now_ += seconds(1);
  EXPECT_EQ(open(frame_of(kAnn, 1)), Error::kExpired);
  EXPECT_EQ(open(frame_of(kAnn, 2)), std::nullopt);
}

TEST_F(EpochKeysTest, GiveUpASendersOlderEpochsOneSecondAfterItsFirstNewerFrame) {
  begin(1, {kMe, kAnn, kBen});
  begin(2, {kMe, kAnn, kBen});
  EXPECT_EQ(open(frame_of(kAnn, 2)), std::nullopt);
  now_ += milliseconds(999);
  EXPECT_EQ(open(frame_of(kAnn, 1)), std::nullopt);
  now_ += milliseconds(1);
  EXPECT_EQ(open(frame_of(kAnn, 1)), Error::kExpired);
  EXPECT_EQ(open(frame_of(kBen, 1)), std::nullopt) << "who has not moved on is not concerned";
}

TEST_F(EpochKeysTest, TellWhichFramesMayWait) {
  begin(254, {kMe, kAnn});
  const auto kid = [](std::uint64_t epoch) {
    return GroupKid{0, kAnn, static_cast<std::uint8_t>(epoch)}.kid(2);
  };
  EXPECT_FALSE(epochs_.may_come(kid(254)));
  EXPECT_TRUE(epochs_.may_come(kid(255)));
  EXPECT_TRUE(epochs_.may_come(kid(257)));
  EXPECT_TRUE(epochs_.may_come(kid(254 + 16)));
  EXPECT_FALSE(epochs_.may_come(kid(254 + 17)));
  EXPECT_FALSE(epochs_.may_come(kid(253))) << "before my time";
  EXPECT_EQ(epochs_.key_for(kid(255)).error(), Error::kUnknownKey);
  EXPECT_EQ(epochs_.key_for(kid(253)).error(), Error::kExpired);
}

TEST_F(EpochKeysTest, OpenNoReplayInAnyEpoch) {
  begin(1, {kMe, kAnn});
  const Bytes first = frame_of(kAnn, 1);
  EXPECT_EQ(open(first), std::nullopt);
  begin(2, {kMe, kAnn});
  EXPECT_EQ(open(first), Error::kReplayed);
}

// The tree grows: the same KID bits mean another leaf from then on.
TEST_F(EpochKeysTest, ReadKidsByTheTreeOfTheirEpoch) {
  begin(1, {kMe, kAnn, kBen});
  epochs_.begin_epoch({2, 8, base_key(2), {kMe, kAnn, {5}}}, {}, now_);
  EXPECT_EQ(epochs_.source_of(GroupKid{1, kAnn, 1}.kid(2))->context, 1);
  EXPECT_EQ(epochs_.source_of(GroupKid{1, kAnn, 1}.kid(2))->leaf, kAnn);
  EXPECT_EQ(epochs_.source_of(GroupKid{0, {5}, 2}.kid(3))->leaf.value, 5u);
  EXPECT_EQ(open(frame_of({5}, 2, 0, 8)), std::nullopt);
}

}  // namespace
}  // namespace sotto::room
