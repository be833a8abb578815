#include "room/group_code.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"
#include "support/seeded_random.h"

namespace sotto::room {
namespace {

constexpr mls::LeafIndex kAnn{0}, kBen{1}, kEve{2};
const Time kNow = from_microseconds(1);

Secret<32> authenticator(std::uint8_t byte) {
  Secret<32> secret;
  secret.writable()[0] = byte;
  return secret;
}

class GroupCodeTest : public ::testing::Test {
 protected:
  struct Member {
    mls::LeafIndex leaf;
    GroupCode code;
  };

  // Delivers everything to everybody until there is nothing left to say.
  void deliver(std::uint8_t epoch) {
    for (bool any = true; any;) {
      any = false;
      for (Member& from : members_) {
        for (const CodeMessage& message : from.code.take_messages()) {
          any = true;
          for (Member& to : members_) {
            if (to.leaf == from.leaf) continue;
            EXPECT_TRUE(to.code.handle(from.leaf, message, authenticator(epoch), random_, kNow));
          }
        }
      }
    }
  }

  sotto::test::SeededRandom random_{1};
  std::vector<Member> members_ = {
      {kAnn, GroupCode(kAnn)}, {kBen, GroupCode(kBen)}, {kEve, GroupCode(kEve)}};
};

TEST_F(GroupCodeTest, IsTheSameForEverybody) {
  members_[0].code.start({kBen, kEve}, authenticator(1), random_, kNow);
  EXPECT_TRUE(members_[0].code.in_progress(kNow));
  deliver(1);
  ASSERT_TRUE(members_[0].code.code());
  for (const Member& member : members_) {
    EXPECT_EQ(member.code.code(), members_[0].code.code());
    EXPECT_FALSE(member.code.in_progress(kNow));
    EXPECT_EQ(member.code.participants().size(), 3u);
  }
}

TEST_F(GroupCodeTest, BeginsAnewInANewEpoch) {
  members_[0].code.start({kBen, kEve}, authenticator(1), random_, kNow);
  members_.pop_back();
  for (Member& member : members_) {
    member.code.begin_epoch({kAnn, kBen}, authenticator(2), random_, kNow);
  }
  deliver(2);
  ASSERT_TRUE(members_[0].code.code());
  EXPECT_EQ(members_[0].code.code(), members_[1].code.code());
  EXPECT_EQ(members_[0].code.participants(), (std::vector<mls::LeafIndex>{kAnn, kBen}));
}

TEST_F(GroupCodeTest, HoldsUpdatesBackForABoundedTime) {
  members_[0].code.start({kBen}, authenticator(1), random_, kNow);
  EXPECT_TRUE(members_[0].code.in_progress(kNow + std::chrono::seconds(29)));
  EXPECT_FALSE(members_[0].code.in_progress(kNow + std::chrono::seconds(30)));
}

TEST_F(GroupCodeTest, ShowsNoNonceBeforeAllHaveCommitted) {
  GroupCode& ann = members_[0].code;
  ann.start({kBen, kEve}, authenticator(1), random_, kNow);
  ASSERT_TRUE(ann.handle(kBen, CodeCommitment{1, {}}, authenticator(1), random_, kNow));
  for (const CodeMessage& message : ann.take_messages()) {
    EXPECT_EQ(std::get_if<CodeReveal>(&message), nullptr);
  }
  EXPECT_EQ(ann.handle(kEve, CodeReveal{1, {}}, authenticator(1), random_, kNow).error(),
            Error::kMalformed);
}

TEST_F(GroupCodeTest, NamesWhoShowsAnotherNonce) {
  GroupCode& ann = members_[0].code;
  ann.start({kEve}, authenticator(1), random_, kNow);
  ASSERT_TRUE(ann.handle(kEve, CodeCommitment{1, code_commitment(authenticator(1), kEve, {})},
                         authenticator(1), random_, kNow));
  CodeNonce other{};
  other[0] = 1;
  EXPECT_EQ(ann.handle(kEve, CodeReveal{1, other}, authenticator(1), random_, kNow).error(),
            Error::kUnauthenticated);
  EXPECT_EQ(ann.spoilt_by(), kEve);
  EXPECT_FALSE(ann.code());
}

// Eve names a leaf that the bridge keeps in the roster, and that nobody has heard: "they match"
// would verify whoever sits there.
TEST_F(GroupCodeTest, IsNotStartedWithMembersWhomNobodyHasHeard) {
  constexpr mls::LeafIndex kGhost{5};
  PresenceTracker presence(kAnn);
  for (const mls::LeafIndex leaf : {kBen, kEve, kGhost}) presence.add(leaf, kNow);
  for (const mls::LeafIndex leaf : {kBen, kEve}) {
    Presence heard;
    heard.seq = 1;
    ASSERT_TRUE(presence.heard(leaf, heard, 1, kNow));
  }
  const CodeStart honest{1, {kAnn, kBen, kEve}}, sly{1, {kAnn, kEve, kGhost}};
  EXPECT_EQ(judge_code_start(honest, kAnn, presence, kNow), std::nullopt);
  EXPECT_EQ(judge_code_start(sly, kAnn, presence, kNow), Rule::kCodeConfirmed);
  const Policy without = PolicyForTest::without(Rule::kCodeConfirmed);
  ASSERT_EQ(judge_code_start(sly, kAnn, presence, kNow, without), std::nullopt);

  GroupCode& ann = members_[0].code;
  ASSERT_TRUE(ann.handle(kEve, sly, authenticator(1), random_, kNow));
  for (const mls::LeafIndex leaf : {kEve, kGhost}) {
    const CodeHash hash = code_commitment(authenticator(1), leaf, {});
    ASSERT_TRUE(ann.handle(leaf, CodeCommitment{1, hash}, authenticator(1), random_, kNow));
  }
  for (const mls::LeafIndex leaf : {kEve, kGhost}) {
    ASSERT_TRUE(ann.handle(leaf, CodeReveal{1, {}}, authenticator(1), random_, kNow));
  }
  ASSERT_TRUE(ann.code()) << "and so the ghost would be verified";
  EXPECT_EQ(ann.participants().back(), kGhost);
}

// Eve holds the link, and sits between two rooms: Ann's, where she plays Ben, and Ben's, where she
// plays Ann. She tries nonces in Ben's room until the code there begins like Ann's. (Two symbols,
// so that the test is short: for all seven she would need a machine a billion times as patient.)
class Middle : public ::testing::Test {
 protected:
  static constexpr int kSymbols = 2;

  bool grinds(const Policy& policy) {
    GroupCode ann(kAnn, policy), ben(kBen, policy);
    ann.start({kEve}, authenticator(1), random_, kNow);
    ben.start({kEve}, authenticator(2), random_, kNow);
    CodeNonce in_anns_room{};
    commit_and_reveal(ann, 1, in_anns_room);
    if (!ann.code()) return false;
    // She has to commit before she sees what Ben shows; without the rule he shows it at once.
    const std::optional<CodeNonce> bens = nonce_of(ben);
    CodeNonce in_bens_room{};
    for (std::uint32_t i = 0; bens && i < 100'000; ++i) {
      for (int byte = 0; byte < 4; ++byte) {
        in_bens_room[static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(i >> (8 * byte));
      }
      const ShortCode code = short_code(authenticator(2), {{kBen, *bens}, {kEve, in_bens_room}});
      if (std::equal(code.begin(), code.begin() + kSymbols, ann.code()->begin())) break;
    }
    commit_and_reveal(ben, 2, in_bens_room);
    return ben.code() &&
           std::equal(ben.code()->begin(), ben.code()->begin() + kSymbols, ann.code()->begin());
  }

 private:
  void commit_and_reveal(GroupCode& victim, std::uint8_t epoch, const CodeNonce& nonce) {
    const CodeHash hash = code_commitment(authenticator(epoch), kEve, nonce);
    EXPECT_TRUE(victim.handle(kEve, CodeCommitment{1, hash}, authenticator(epoch), random_, kNow));
    EXPECT_TRUE(victim.handle(kEve, CodeReveal{1, nonce}, authenticator(epoch), random_, kNow));
  }
  static std::optional<CodeNonce> nonce_of(GroupCode& victim) {
    for (const CodeMessage& message : victim.take_messages()) {
      if (const auto* reveal = std::get_if<CodeReveal>(&message)) return reveal->nonce;
    }
    return std::nullopt;
  }

  sotto::test::SeededRandom random_{3};
};

TEST_F(Middle, CouldGrindACodeIfItSawTheOthersNoncesFirst) {
  EXPECT_TRUE(grinds(PolicyForTest::without(Rule::kCommitThenReveal)));
}

TEST_F(Middle, HasOneTryWhenAllCommitFirst) {
  EXPECT_FALSE(grinds({}));
}

}  // namespace
}  // namespace sotto::room
