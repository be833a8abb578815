#include "room/chat.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr mls::LeafIndex kAnn{0}, kBen{1}, kCem{2};

class ChatTest : public ::testing::Test {
 protected:
  ChatTest() {
    for (Chat* chat : {&ann_, &ben_, &cem_}) {
      for (const mls::LeafIndex leaf : {kAnn, kBen, kCem}) chat->add(leaf);
    }
  }

  Chat ann_{kAnn}, ben_{kBen}, cem_{kCem};
};

TEST_F(ChatTest, ShowsWhatWasSaid) {
  const Bytes hello = *ann_.say("hello");
  const auto entry = ben_.received(kAnn, hello);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->text, "hello");
  EXPECT_EQ(entry->seq, 1u);
  EXPECT_EQ(entry->missing, 0u);
  EXPECT_FALSE(entry->refers_to_unseen);
}

TEST_F(ChatTest, ShowsNothingTwice) {
  const Bytes hello = *ann_.say("hello");
  ASSERT_TRUE(ben_.received(kAnn, hello));
  EXPECT_EQ(ben_.received(kAnn, hello).error(), Error::kReplayed);
  Chat without(kCem, PolicyForTest::without(Rule::kChatOnce));
  ASSERT_TRUE(without.received(kAnn, hello));
  EXPECT_TRUE(without.received(kAnn, hello));
}

// Ben comes back in another leaf. What he says again is shown to whom it was lost for, and Cem, who
// has a message of his own be "again" what he has not been given yet, takes nothing away.
TEST_F(ChatTest, ShowsOnceWhatIsSaidAgainFromAnotherLeaf) {
  const IdentityKey bens{2}, cems{3};
  constexpr mls::LeafIndex kBack{4};
  const Bytes hello = *ben_.say("hello");
  const ChatHash root = chat_hash(kBen, hello);
  Chat back(kBack), dora({5});
  const Bytes again = *back.say("hello", root);
  ASSERT_TRUE(ann_.received(kBen, hello, bens));
  EXPECT_EQ(ann_.received(kBack, again, bens).error(), Error::kReplayed);
  EXPECT_EQ(ann_.received(kBack, *back.say("you there?"), bens)->missing, 0u);

  ASSERT_TRUE(dora.received(kCem, *cem_.say("hm", root), cems));
  EXPECT_TRUE(dora.received(kBack, again, bens));
  Chat once_more({6});
  EXPECT_EQ(dora.received({6}, *once_more.say("hello", root), bens).error(), Error::kReplayed);
}

TEST_F(ChatTest, CountsWhatTheServerLeavesOut) {
  const Bytes one = *ann_.say("one"), two = *ann_.say("two"), three = *ann_.say("three");
  EXPECT_EQ(ben_.received(kAnn, three)->missing, 2u);
  EXPECT_EQ(ben_.received(kAnn, two)->missing, 1u) << "late, and one is still missing";
  EXPECT_EQ(ben_.received(kAnn, one)->missing, 0u);
  EXPECT_EQ(ben_.received(kAnn, one).error(), Error::kReplayed);
}

TEST_F(ChatTest, KnowsWhatIsHeldBackByTheSendersOwnWord) {
  const Bytes one = *ann_.say("one"), two = *ann_.say("two"), three = *ann_.say("three");
  EXPECT_EQ(ben_.held_back(kAnn), 0u);
  ASSERT_TRUE(ben_.received(kAnn, one));
  ben_.announced(kAnn, 3);
  EXPECT_EQ(ben_.held_back(kAnn), 2u) << "the last ones, after which nothing comes";
  ASSERT_TRUE(ben_.received(kAnn, three));
  EXPECT_EQ(ben_.held_back(kAnn), 1u);
  ASSERT_TRUE(ben_.received(kAnn, two));
  EXPECT_EQ(ben_.held_back(kAnn), 0u);
  ben_.announced(kAnn, 2);
  EXPECT_EQ(ben_.held_back(kAnn), 0u) << "an older word";
  ben_.announced(kAnn, UINT32_MAX - 1);
  EXPECT_EQ(ben_.held_back(kAnn), Chat::kMaxMissing);
}

// Dan has come when Ann had said five things.
TEST_F(ChatTest, MissesNothingThatWasSaidBeforeOneCame) {
  Chat dan({3});
  Bytes sixth, seventh;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(ann_.say("before"));
  dan.announced(kAnn, 5);
  EXPECT_EQ(dan.held_back(kAnn), 0u);
  sixth = *ann_.say("six"), seventh = *ann_.say("seven");
  dan.announced(kAnn, 7);
  EXPECT_EQ(dan.held_back(kAnn), 2u);
  EXPECT_EQ(dan.received(kAnn, seventh)->missing, 1u);
  EXPECT_EQ(dan.held_back(kAnn), 1u);
  EXPECT_TRUE(dan.received(kAnn, sixth));
  EXPECT_EQ(dan.held_back(kAnn), 0u);
}

TEST_F(ChatTest, SeesThatOthersWereGivenSomethingElse) {
  const Bytes question = *ann_.say("shall we?");
  ASSERT_TRUE(ben_.received(kAnn, question));
  const Bytes answer = *ben_.say("yes");
  EXPECT_TRUE(cem_.received(kBen, answer)->refers_to_unseen) << "the question is held back";
  ASSERT_TRUE(cem_.received(kAnn, question));
  EXPECT_FALSE(cem_.received(kBen, *ben_.say("yes, yes"))->refers_to_unseen);
}

TEST_F(ChatTest, HasNoHistoryForWhoComesLate) {
  ASSERT_TRUE(ben_.received(kAnn, *ann_.say("one")));
  Chat late({3});
  const Bytes two = *ann_.say("two");
  EXPECT_EQ(late.received(kAnn, two)->missing, 0u);
  EXPECT_FALSE(late.received(kBen, *ben_.say("three"))->refers_to_unseen);
}

TEST_F(ChatTest, SendsAgainWhatTheOldEpochMayHaveTakenWithIt) {
  const Bytes one = *ann_.say("one"), two = *ann_.say("two");
  ann_.delivered(1);
  EXPECT_EQ(ann_.resend(), std::vector<Bytes>{two});
  ASSERT_TRUE(ben_.received(kAnn, two)) << "it had arrived after all";
  EXPECT_EQ(ben_.received(kAnn, two).error(), Error::kReplayed);
  ann_.delivered(2);
  EXPECT_TRUE(ann_.resend().empty());
}

TEST_F(ChatTest, CountsAnewForWhoTakesALeafOver) {
  ASSERT_TRUE(ben_.received(kAnn, *ann_.say("one")));
  ben_.remove(kAnn);
  ben_.add(kAnn);
  Chat new_ann(kAnn);
  EXPECT_EQ(ben_.received(kAnn, *new_ann.say("one"))->missing, 0u);
}

TEST_F(ChatTest, SpendsNothingOnNumbersFarAhead) {
  const Bytes far = *encode(ChatMessage{0xffff'fffe, {}, "far"});
  EXPECT_EQ(ben_.received(kAnn, far)->missing, Chat::kMaxMissing);
  EXPECT_EQ(ben_.received(kAnn, *encode(ChatMessage{0xffff'ffff, {}, "end"})).error(),
            Error::kReplayed);
  EXPECT_EQ(ben_.received(kAnn, *ann_.say("one")).error(), Error::kReplayed);
}

TEST_F(ChatTest, KeepsABoundedNumberUntilTheyComeBack) {
  for (std::size_t i = 0; i < Chat::kMaxPending; ++i) ASSERT_TRUE(ann_.say("x"));
  EXPECT_EQ(ann_.say("x").error(), Error::kExhausted);
  EXPECT_EQ(ann_.say("").error(), Error::kExhausted);
  ann_.delivered(1);
  EXPECT_EQ(ann_.say("").error(), Error::kInvalidArgument);
  EXPECT_TRUE(ann_.say("x"));
}

}  // namespace
}  // namespace sotto::room
