#include "mls/framing/public_framing.h"

#include <gtest/gtest.h>

#include "mls/keys/hash.h"
#include "shared/mls/framing/two_members.h"

namespace sotto::mls {
namespace {

using test::TwoMembers;
constexpr auto kPublic = WireFormat::kPublicMessage;

PublicMessage protect(const TwoMembers& group, AuthenticatedContent content) {
  EpochKeys keys = group.keys();
  return protect_public(std::move(content), keys.context, keys.membership_key).value();
}

std::optional<Error> refusal(const TwoMembers& group, PublicMessage message) {
  auto opened = unprotect_public(std::move(message), group.keys());
  if (opened) return std::nullopt;
  return opened.error();
}

TEST(PublicFraming, HandsOverWhatAMemberSaid) {
  TwoMembers group;
  const auto commit = group.from_bob(kPublic, test::sample_commit());
  auto sent = decode<PublicMessage>(encode(protect(group, commit)));
  auto opened = unprotect_public(std::move(*sent), group.keys());
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, commit);
}

TEST(PublicFraming, HandsOverWhatSomebodyOutsideSaidWithoutATag) {
  TwoMembers group;
  for (const AuthenticatedContent& content :
       {group.sign(kPublic, {SenderType::kExternal, {}, 1}, Proposal{Remove{test::kAda}},
                   group.service()),
        group.sign(kPublic, {SenderType::kNewMemberProposal, {}, 0}, group.add_newcomer(),
                   group.newcomer()),
        group.sign(kPublic, {SenderType::kNewMemberCommit, {}, 0}, group.external_commit(),
                   group.newcomer())}) {
    PublicMessage message = protect(group, content);
    EXPECT_TRUE(message.membership_tag.empty());
    auto opened = unprotect_public(std::move(message), group.keys());
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, content);
  }
}

TEST(PublicFraming, RefusesAChangeOfAnyBitInOneWay) {
  TwoMembers group;
  const Bytes sent = encode(protect(group, group.from_bob(kPublic, Proposal{Remove{test::kAda}})));
  int refused = 0;
  for (std::size_t bit = 0; bit < 8 * sent.size(); ++bit) {
    Bytes changed = sent;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    auto message = decode<PublicMessage>(changed);
    if (!message) continue;
    auto error = refusal(group, std::move(*message));
    ASSERT_TRUE(error) << "bit " << bit;
    const bool another_epoch = bit / 8 < 3 + 8;  // group_id and epoch stand first
    EXPECT_EQ(*error, another_epoch ? Error::kWrongState : Error::kUnauthenticated) << bit;
    ++refused;
  }
  EXPECT_GT(refused, 800);
}

TEST(PublicFraming, RefusesAMembersMessageWithoutTheMembershipKey) {
  TwoMembers group;
  PublicMessage message = protect(group, group.from_bob(kPublic, test::sample_commit()));
  for (const Bytes& tag : {Bytes(), Bytes(31), Bytes(32), Bytes(33)}) {
    message.membership_tag = tag;
    EXPECT_EQ(refusal(group, message), Error::kUnauthenticated);
  }
}

TEST(PublicFraming, RefusesAMemberWhoOnlyHasTheMembershipKeyOfAnother) {
  TwoMembers group;
  auto forged = group.sign(kPublic, {SenderType::kMember, test::kAda, 0},
                           Proposal{Remove{test::kBob}}, group.bob());
  EXPECT_EQ(refusal(group, protect(group, forged)), Error::kUnauthenticated);
}

TEST(PublicFraming, RefusesContentThatMayNotTravelSo) {
  TwoMembers group;
  auto data = group.from_bob(kPublic, ApplicationData{{1}});
  EpochKeys keys = group.keys();
  auto made = protect_public(data, keys.context, keys.membership_key);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error(), Error::kInvalidArgument);
  auto private_content = group.from_bob(WireFormat::kPrivateMessage, test::sample_commit());
  EXPECT_FALSE(protect_public(private_content, keys.context, keys.membership_key));

  // A member who leaves our rules out, but signs and tags as it should.
  PublicMessage message{
      data.content, data.auth,
      to_bytes(mac(keys.membership_key.view(), {authenticated_content_tbm(data, keys.context)}))};
  EXPECT_EQ(refusal(group, message), Error::kUnauthenticated);
  auto update = group.sign(kPublic, {SenderType::kExternal, {}, 1}, test::sample_proposals()[1],
                           group.service());
  EXPECT_EQ(refusal(group, {update.content, update.auth, {}}), Error::kUnauthenticated);
}

}  // namespace
}  // namespace sotto::mls
