#include "room/welcome_rules.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

class WelcomeRules : public ::testing::Test {
 protected:
  std::optional<Rule> judge(const mls::Extensions& extensions, const Policy& policy = {}) {
    return judge_welcome(extensions, "room", 3, psk_, policy);
  }
  void welcome_with_psk() { ASSERT_NE(psk_.external(link_psk_id("room", 3)), nullptr); }
  void expect_refused(const mls::Extensions& extensions, Rule rule) {
    EXPECT_EQ(judge(extensions), rule);
    EXPECT_EQ(judge(extensions, PolicyForTest::without(rule)), std::nullopt);
  }

  test::RoomExample room_;
  mls::Extensions extensions_{mls::make_extension(room_.context)};
  LinkPsk psk_{"room", 3, room_.keys_of(3).psk()};
};

TEST_F(WelcomeRules, TakeTheRoomThatWasAskedFor) {
  welcome_with_psk();
  EXPECT_EQ(judge(extensions_), std::nullopt);
  extensions_.push_back(mls::make_extension(mls::RequiredCapabilities{}));
  EXPECT_EQ(judge(extensions_), std::nullopt);
}

// The bridge's own group: it has the KeyPackage, but not the link.
TEST_F(WelcomeRules, LeaveAGroupThatDidNotNeedTheLink) {
  expect_refused(extensions_, Rule::kJoinerPsk);
}

// Under two nonces, so that it is no repetition to RFC 9420.
TEST_F(WelcomeRules, LeaveAGroupThatNeededTheLinkTwice) {
  welcome_with_psk();
  welcome_with_psk();
  expect_refused(extensions_, Rule::kJoinerPsk);
}

TEST_F(WelcomeRules, KnowNoOtherPsk) {
  EXPECT_EQ(psk_.external(link_psk_id("room", 2)), nullptr);
  EXPECT_EQ(psk_.external(link_psk_id("roon", 3)), nullptr);
  EXPECT_EQ(psk_.external({}), nullptr);
  EXPECT_EQ(psk_.resumption(as_bytes("g"), 1), nullptr);
  EXPECT_EQ(psk_.times_asked_for(), 0u);
  const mls::Bytes* psk = psk_.external(psk_.id());
  ASSERT_NE(psk, nullptr);
  EXPECT_TRUE(equal(*psk, room_.keys_of(3).psk().view()));
}

TEST_F(WelcomeRules, LeaveAnotherRoom) {
  welcome_with_psk();
  room_.context.room_id = "other";
  expect_refused({mls::make_extension(room_.context)}, Rule::kJoinerRoom);
  room_.context.room_id = "room";
  room_.context.gen = 4;
  expect_refused({mls::make_extension(room_.context)}, Rule::kJoinerRoom);
  expect_refused({}, Rule::kJoinerRoom);
}

TEST_F(WelcomeRules, LeaveAGroupWithForeignExtensions) {
  welcome_with_psk();
  extensions_.push_back(mls::make_extension(mls::ExternalSenders{}));
  expect_refused(extensions_, Rule::kKnownExtensions);
}

TEST_F(WelcomeRules, LeaveARoomWhoseTagsAreShortUnlessTheAppHasChosenThem) {
  using Suite = CipherSuite;
  for (const Suite shorter : {Suite::kAes128CtrHmacSha256_80, Suite::kAes128CtrHmacSha256_64,
                              Suite::kAes128CtrHmacSha256_32, Suite::kAes256CtrHmacSha512_32}) {
    EXPECT_EQ(judge_suite(shorter, kSottoSuite), Rule::kSuite);
    EXPECT_EQ(judge_suite(shorter, Suite::kAes128CtrHmacSha256_80) == Rule::kSuite,
              shorter != Suite::kAes128CtrHmacSha256_80);
    EXPECT_EQ(judge_suite(shorter, kSottoSuite, PolicyForTest::without(Rule::kSuite)),
              std::nullopt);
  }
  EXPECT_EQ(judge_suite(kSottoSuite, Suite::kAes128CtrHmacSha256_32), std::nullopt);
  EXPECT_EQ(judge_suite(Suite::kAes256GcmSha512_128, kSottoSuite), std::nullopt);
}

}  // namespace
}  // namespace sotto::room
