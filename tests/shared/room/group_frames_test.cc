#include "room/group_frames.h"

#include <gtest/gtest.h>

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Bytes = std::vector<std::uint8_t>;

constexpr mls::LeafIndex kAnn{0}, kBen{1}, kCat{2};
constexpr std::uint8_t kMicrophone = 0, kCamera = 1;

FrameOperation epoch(std::uint64_t number, mls::LeafIndex me, std::vector<mls::LeafIndex> members,
                     std::vector<mls::LeafIndex> removed = {}) {
  EpochBegun begun;
  begun.secrets = {number, 4, mls::Bytes(32, static_cast<std::uint8_t>(number)),
                   std::move(members)};
  begun.own_leaf = me;
  begun.removed = std::move(removed);
  return begun;
}

class GroupFramesTest : public ::testing::Test {
 protected:
  void begin(std::uint64_t number, std::vector<mls::LeafIndex> members,
             std::vector<mls::LeafIndex> removed = {}) {
    ann_.apply(epoch(number, kAnn, members, removed), now_);
    ben_.apply(epoch(number, kBen, members, removed), now_);
  }
  // What Ann's keeper has heard of Ben, who says what he has sealed.
  void ann_hears_ben(std::uint64_t number) {
    PresenceHeard heard;
    heard.leaf = kBen;
    heard.epoch = number;
    heard.presence.seq = ++seq_;
    heard.presence.streams = ben_.streams();
    ann_.apply(heard, now_);
  }

  Bytes seal(GroupFrames& from, std::uint8_t context = kMicrophone, Codec codec = Codec::kOpus) {
    const Bytes plain(30, 9);
    Bytes out(*from.max_sealed_size(context, codec, plain.size()));
    out.resize(*from.seal(context, codec, true, plain, out));
    return out;
  }
  // Nothing: it opened.
  std::optional<Error> open(GroupFrames& to, const Bytes& wire, Codec codec = Codec::kOpus) {
    Bytes out(wire.size());
    const auto found = find_sealed_frame(codec, wire, out);
    if (!found) return found.error();
    const auto opened = to.open(codec, *found, now_);
    if (!opened) return opened.error();
    return std::nullopt;
  }

  Time now_ = from_microseconds(1'000'000);
  std::uint32_t seq_ = 0;
  GroupFrames ann_, ben_;
};

TEST_F(GroupFramesTest, OpenFramesOfMembersThatHaveBeenHeard) {
  begin(1, {kAnn, kBen});
  const Bytes frame = seal(ben_);
  EXPECT_EQ(open(ann_, frame), Error::kNotFound) << "unconfirmed";
  ann_hears_ben(1);
  EXPECT_EQ(open(ann_, frame), std::nullopt);
  EXPECT_EQ(open(ann_, frame), Error::kReplayed);
  EXPECT_EQ(open(ben_, frame), Error::kUnknownKey) << "my own, sent back";
  EXPECT_EQ(open(ann_, seal(ben_, kCamera, Codec::kVp8), Codec::kVp8), Error::kNotFound)
      << "not announced";
  ann_hears_ben(1);
  EXPECT_EQ(open(ann_, seal(ben_, kCamera, Codec::kVp8), Codec::kVp8), std::nullopt);
}

TEST_F(GroupFramesTest, SealNothingBeforeTheFirstEpochNorWhenNobodyHears) {
  EXPECT_EQ(ann_.max_sealed_size(0, Codec::kOpus, 10).error(), Error::kWrongState);
  begin(1, {kAnn, kBen});
  EXPECT_TRUE(ann_.may_seal());
  ann_.apply(MaySend{false}, now_);
  Bytes out(100);
  EXPECT_EQ(ann_.seal(0, Codec::kOpus, true, out, out).error(), Error::kWrongState);
  ann_.apply(MaySend{true}, now_);
  EXPECT_TRUE(ann_.may_seal());
}

TEST_F(GroupFramesTest, OpenNothingOfTheRemovedAtOnce) {
  begin(1, {kAnn, kBen});
  (void)seal(ben_);
  ann_hears_ben(1);
  const Bytes before = seal(ben_);
  ann_.apply(epoch(2, kAnn, {kAnn}, {kBen}), now_);
  EXPECT_EQ(open(ann_, before), Error::kExpired);
  EXPECT_EQ(open(ann_, seal(ben_)), Error::kExpired);
}

TEST_F(GroupFramesTest, OpenNothingThatTheRemovedCannotHaveKeysFor) {
  begin(1, {kAnn, kBen});
  ann_.apply(epoch(2, kAnn, {kAnn}, {kBen}), now_);
  EXPECT_EQ(open(ben_, seal(ann_)), Error::kUnknownKey);
}

TEST_F(GroupFramesTest, OpenNothingThatWasSentBeforeOneCame) {
  ben_.apply(epoch(1, kBen, {kBen}), now_);
  const Bytes before = seal(ben_);
  begin(2, {kAnn, kBen});
  ann_hears_ben(2);
  EXPECT_EQ(open(ann_, before), Error::kExpired);
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt);
}

// What stood in a leaf before does not vouch for who sits there now.
TEST_F(GroupFramesTest, WantToHearWhoTookALeafOver) {
  begin(1, {kAnn, kBen});
  (void)seal(ben_);
  ann_hears_ben(1);
  begin(2, {kAnn, kBen, kCat}, {kBen});
  EXPECT_EQ(open(ann_, seal(ben_)), Error::kNotFound);
  ann_hears_ben(2);
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt);
}

TEST_F(GroupFramesTest, KnowNothingWhenAllIsGoneAndCountOnAfterwards) {
  begin(1, {kAnn, kBen});
  ann_hears_ben(1);
  (void)seal(ben_);
  ben_.apply(AllGone{}, now_);
  EXPECT_FALSE(ben_.in_epoch());
  EXPECT_EQ(ben_.max_sealed_size(0, Codec::kOpus, 10).error(), Error::kWrongState);
  EXPECT_EQ(open(ben_, seal(ann_)), Error::kUnknownKey);
  begin(2, {kAnn, kBen});
  (void)seal(ben_);
  EXPECT_EQ(ben_.streams().at(0).ctr_high, 2u);
}

// As in a browser, where some have a new epoch later than others.
class GroupFramesInSeveralPlaces : public GroupFramesTest {
 protected:
  static constexpr Duration kSealAnewAfter = milliseconds(90);
  GroupFramesInSeveralPlaces() {
    ben_ = GroupFrames({}, kSealAnewAfter);
    begin(1, {kAnn, kBen});
    (void)seal(ben_);
    ann_hears_ben(1);
  }
  void only_ben_begins(std::uint64_t number, std::vector<mls::LeafIndex> members,
                       std::vector<mls::LeafIndex> removed = {}) {
    ben_.apply(epoch(number, kBen, std::move(members), std::move(removed)), now_);
  }
  void pass(Duration time) {
    now_ += time;
    ben_.expire(now_);
  }
};

TEST_F(GroupFramesInSeveralPlaces, GoOnUnderKeysThatEverybodyHasWhereNobodyWasRemoved) {
  only_ben_begins(2, {kAnn, kBen, kCat});
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt);
  pass(kSealAnewAfter - milliseconds(1));
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt);
  pass(milliseconds(1));
  EXPECT_EQ(open(ann_, seal(ben_)), Error::kUnknownKey) << "from now on under the new ones";
  ann_.apply(epoch(2, kAnn, {kAnn, kBen, kCat}), now_);
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt);
}

TEST_F(GroupFramesInSeveralPlaces, SealForNewcomersInTimeHoweverManyCome) {
  only_ben_begins(2, {kAnn, kBen, kCat});
  pass(kSealAnewAfter - milliseconds(1));
  only_ben_begins(3, {kAnn, kBen, kCat, mls::LeafIndex{3}});
  pass(milliseconds(1));
  ann_.apply(epoch(3, kAnn, {kAnn, kBen, kCat, mls::LeafIndex{3}}), now_);
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt) << "of the newest, and no epoch in between";
}

TEST_F(GroupFramesInSeveralPlaces, SealNothingThatTheRemovedCouldOpen) {
  only_ben_begins(2, {kAnn, kBen, kCat});
  only_ben_begins(3, {kAnn, kBen}, {kCat});
  EXPECT_EQ(open(ann_, seal(ben_)), Error::kUnknownKey) << "at once";
  ann_.apply(epoch(3, kAnn, {kAnn, kBen}, {kCat}), now_);
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt);
}

TEST_F(GroupFramesInSeveralPlaces, SealNothingOnceAllIsGone) {
  only_ben_begins(2, {kAnn, kBen, kCat});
  ben_.apply(AllGone{}, now_);
  pass(kSealAnewAfter);
  EXPECT_FALSE(ben_.may_seal());
  only_ben_begins(3, {kAnn, kBen, kCat});
  ann_.apply(epoch(3, kAnn, {kAnn, kBen, kCat}), now_);
  EXPECT_EQ(open(ann_, seal(ben_)), std::nullopt) << "whoever is new seals at once";
}

TEST_F(GroupFramesTest, SayWhetherMediaIsEncryptedAsACommitSaid) {
  begin(1, {kAnn, kBen});
  EXPECT_TRUE(ann_.media_encrypted());
  EpochBegun off;
  off.secrets = {2, 4, mls::Bytes(32, 2), {kAnn, kBen}};
  off.media_encrypted = false;
  ann_.apply(off, now_);
  EXPECT_FALSE(ann_.media_encrypted());
}

TEST_F(GroupFramesTest, NameTheStreamsThatHaveBeenSealed) {
  begin(1, {kAnn, kBen});
  EXPECT_TRUE(ben_.streams().empty());
  (void)seal(ben_, kCamera, Codec::kVp8);
  (void)seal(ben_, kMicrophone);
  (void)seal(ben_, kMicrophone);
  const std::vector<PresenceStream> expected = {{kMicrophone, StreamKind::kAudio, 2},
                                                {kCamera, StreamKind::kVideo, 1}};
  EXPECT_EQ(ben_.streams(), expected);
}

// Presence that is 15 s ahead of a frame's counter says that the frame is old.
TEST_F(GroupFramesTest, RefuseMediaThatWasHeldBackForLong) {
  begin(1, {kAnn, kBen});
  const Bytes old = seal(ben_);
  for (int i = 0; i < 12; ++i) {
    (void)seal(ben_);
    ann_hears_ben(1);
    now_ += seconds(2);
  }
  EXPECT_EQ(open(ann_, old), Error::kTooOld);
}

}  // namespace
}  // namespace sotto::room
