#include "room/change_rules.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

class ChangeRules : public ::testing::Test {
 protected:
  void expect_refused(const test::CommitExample& commit, Rule rule) {
    EXPECT_EQ(commit.judge(), rule);
    EXPECT_EQ(commit.judge(PolicyForTest::without(rule)), std::nullopt);
  }

  test::CommitExample commit(std::uint32_t committer) {
    return test::CommitExample(room_, committer);
  }
  template <typename Change>
  RoomContext changed(Change change) {
    RoomContext context = room_.context;
    change(context);
    return context;
  }

  test::RoomExample room_;
};

TEST_F(ChangeRules, LetModeratorsChangeTheRoom) {
  const RoomContext off = changed([](RoomContext& c) { c.media_encrypted = false; });
  EXPECT_EQ(commit(0).change(off).judge(), std::nullopt);
  expect_refused(commit(1).change(off), Rule::kModerators);
}

TEST_F(ChangeRules, LetNobodyMakeThemselvesAModerator) {
  const auto me = room_.members[1].identity->public_key();
  expect_refused(commit(1).change(changed([&](RoomContext& c) { c.moderators = {me}; })),
                 Rule::kModerators);
}

TEST_F(ChangeRules, LookAtTheProposerNotAtTheCommitter) {
  const RoomContext off = changed([](RoomContext& c) { c.media_encrypted = false; });
  EXPECT_EQ(commit(0).change(off, {1}).judge(), Rule::kModerators);
  EXPECT_EQ(commit(1).change(off, {0}).judge(), std::nullopt);
}

TEST_F(ChangeRules, KeepWhatIsEncryptedForGood) {
  room_.context.e2ee_permanent = true;
  expect_refused(commit(0).change(changed([](RoomContext& c) {
    c.e2ee_permanent = false;
    c.media_encrypted = false;
  })),
                 Rule::kPermanent);
  expect_refused(commit(0).change(changed([](RoomContext& c) { c.e2ee_permanent = false; })),
                 Rule::kPermanent);
}

TEST_F(ChangeRules, SealFramesAsBefore) {
  for (const CipherSuite other :
       {CipherSuite::kAes128CtrHmacSha256_32, CipherSuite::kAes256GcmSha512_128}) {
    expect_refused(commit(0).change(changed([&](RoomContext& c) { c.sframe_suite = other; })),
                   Rule::kSuite);
  }
}

TEST_F(ChangeRules, MakeItNoOtherRoom) {
  expect_refused(commit(0).change(changed([](RoomContext& c) { c.room_id = "other"; })),
                 Rule::kModerators);
}

TEST_F(ChangeRules, CountLinksOneByOne) {
  EXPECT_EQ(commit(0).remove(2).change(changed([](RoomContext& c) { ++c.gen; })).judge(),
            std::nullopt);
  expect_refused(commit(0).change(changed([](RoomContext& c) { --c.gen; })),
                 Rule::kNewLinkAfterKick);
  expect_refused(commit(0).change(changed([](RoomContext& c) { c.gen += 2; })),
                 Rule::kNewLinkAfterKick);
  expect_refused(commit(1).change(changed([](RoomContext& c) { ++c.gen; })), Rule::kModerators);
}

TEST_F(ChangeRules, LetNobodyInByALinkThatEnds) {
  const test::Person dan = room_.person("Dan");
  expect_refused(commit(0)
                     .remove(2)
                     .change(changed([](RoomContext& c) { ++c.gen; }))
                     .add(room_.key_package_of(dan))
                     .psk(),
                 Rule::kNewLinkAfterKick);
}

TEST_F(ChangeRules, KeepForeignExtensionsOut) {
  mls::Extensions extensions = {mls::make_extension(room_.context),
                                mls::make_extension(mls::ExternalSenders{})};
  expect_refused(commit(0).propose({mls::GroupContextExtensions{extensions}}, mls::LeafIndex{0}),
                 Rule::kKnownExtensions);
  EXPECT_EQ(commit(0).propose({mls::GroupContextExtensions{{}}}, mls::LeafIndex{0}).judge(),
            Rule::kModerators);
}

}  // namespace
}  // namespace sotto::room
