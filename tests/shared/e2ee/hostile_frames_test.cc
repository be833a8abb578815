// What a server can do to frames on their way: each has its own cause, none moves the receiver's
// state. Whether state moved is asked of a twin that has seen nothing of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "e2ee/attempt_budget.h"
#include "sframe/replay_window.h"
#include "shared/e2ee/sender_pair.h"

namespace sotto {
namespace {

class HostileFrames : public SenderPair {
 protected:
  HostileFrames() {
    give_both(7, kKey);
    twin_ = *make_sotto_participant(kSottoSuite, random_);
    EXPECT_TRUE(twin_->set_key(7, KeyKind::kRaw, kKey, now_));
    for (int i = 0; i < 3; ++i) pass(seal(1));
  }

  // To the receiver and its twin.
  void pass(const Bytes& wire) {
    Bytes out(wire.size());
    const FrameFacts facts{.codec = Codec::kVp9, .context = 1};
    const auto theirs = twin_->open(facts, wire, out, now_);
    const auto ours = open(wire);
    ASSERT_TRUE(ours);
    ASSERT_TRUE(theirs);
    EXPECT_TRUE(equal(ours->frame, theirs->frame));
    EXPECT_EQ(ours->counter, theirs->counter);
    EXPECT_EQ(ours->ratcheted, theirs->ratcheted);
  }

  // Refused with that cause, nothing given away, and everything as before for honest frames: those
  // on their way, the next ones, a new stream, and the next step of the ratchet.
  void expect_refused(const Bytes& wire, Error cause, std::uint8_t context = 1) {
    const Bytes on_its_way = seal(1);
    const auto opened = open(wire, context);
    ASSERT_FALSE(opened);
    EXPECT_EQ(name(opened.error()), name(cause));
    EXPECT_EQ(std::search(out_.begin(), out_.end(), frame_.begin(), frame_.begin() + 16),
              out_.end())
        << "no plain text in the output";
    pass(seal(1));
    pass(on_its_way);
    EXPECT_EQ(open(on_its_way).error(), Error::kReplayed);
  }

  std::unique_ptr<Participant> twin_;
};

TEST_F(HostileFrames, TruncatedAtEveryByte) {
  const Bytes wire = seal(1);
  for (std::size_t size = 0; size < wire.size(); size += size < 30 ? 1 : 37) {
    const Error cause = size < 9 ? Error::kTruncated : Error::kUnauthenticated;
    expect_refused(Bytes(wire.begin(), wire.begin() + static_cast<std::ptrdiff_t>(size)), cause);
  }
}

TEST_F(HostileFrames, LongerThanTheyWere) {
  for (std::size_t more : {1, 16, 5000}) {
    Bytes wire = seal(1);
    wire.resize(wire.size() + more);
    expect_refused(wire, Error::kUnauthenticated);
  }
}

TEST_F(HostileFrames, WithANumberWrittenLongerThanNecessary) {
  Bytes wire = seal(1);
  wire[0] = 0xf9;  // the CTR as two bytes, the first of them 0
  wire.insert(wire.begin() + 9, {0, 3});
  expect_refused(wire, Error::kMalformed);
}

TEST_F(HostileFrames, FlippedInAnyBit) {
  for (std::size_t at : {0u, 9u, 10u, 50u, 300u}) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes wire = seal(1);
      wire[at] = static_cast<std::uint8_t>(wire[at] ^ 1 << bit);
      if (at < 10) {
        EXPECT_FALSE(open(wire)) << "another layout of the header, or another CTR";
      } else {
        expect_refused(wire, Error::kUnauthenticated);
      }
    }
  }
  Bytes tag = seal(1);
  tag.back() ^= 0x80;
  expect_refused(tag, Error::kUnauthenticated);
}

TEST_F(HostileFrames, Repeated) {
  const Bytes wire = seal(1);
  pass(wire);
  for (int i = 0; i < 3; ++i) expect_refused(wire, Error::kReplayed);
}

TEST_F(HostileFrames, ReorderedAreTakenAsLongAsTheWindowReaches) {
  std::vector<Bytes> wires;
  for (std::uint64_t i = 0; i < ReplayWindow::kSize; ++i) wires.push_back(seal(1));
  for (std::size_t i = wires.size(); i-- > 0;) ASSERT_TRUE(open(wires[i])) << i;
}

TEST_F(HostileFrames, HeldBackUntilTheyAreBehindTheWindow) {
  const Bytes held = seal(1);
  for (std::uint64_t i = 0; i < ReplayWindow::kSize; ++i) pass(seal(1));
  expect_refused(held, Error::kTooOld);
}

TEST_F(HostileFrames, OfAKeyThatNobodyHas) {
  Bytes wire = seal(1);
  wire[7] = static_cast<std::uint8_t>(wire[7] ^ 0x10);  // the index's low half
  expect_refused(wire, Error::kUnknownKey);
}

TEST_F(HostileFrames, OfAKeyThatHasBeenRetired) {
  const Bytes old = seal(1);
  ASSERT_TRUE(sender_->set_key(8, KeyKind::kRaw, kOtherKey, now_));
  for (auto* each : {&receiver_, &twin_}) {
    ASSERT_TRUE((*each)->set_key(8, KeyKind::kRaw, kOtherKey, now_));
  }
  ASSERT_TRUE(sender_->use_key(8, now_));
  pass(seal(1));
  now_ += kSenderKeyRetention;
  expect_refused(old, Error::kExpired);
}

TEST_F(HostileFrames, PutIntoTheSlotOfAnotherContext) {
  expect_refused(seal(1), Error::kWrongState, 2);
}

TEST_F(HostileFrames, OfAnotherSender) {
  auto other = *make_sotto_participant(kSottoSuite, random_);
  ASSERT_TRUE(other->set_key(7, KeyKind::kRaw, kOtherKey, now_));
  ASSERT_TRUE(other->use_key(7, now_));
  std::swap(sender_, other);
  const Bytes foreign = seal(1);
  std::swap(sender_, other);
  expect_refused(foreign, Error::kUnauthenticated);
}

TEST_F(HostileFrames, OfStepsThatTheSenderNeverTook) {
  for (int step : {1, 2, 127}) {
    now_ += std::chrono::seconds(1);
    Bytes wire = seal(1);
    wire[8] = static_cast<std::uint8_t>(step);
    expect_refused(wire, Error::kUnauthenticated);
  }
  Bytes past = seal(1);
  past[8] = 255;
  expect_refused(past, Error::kExpired);
  ASSERT_TRUE(sender_->ratchet(7, now_));
  pass(seal(1));
}

}  // namespace
}  // namespace sotto
