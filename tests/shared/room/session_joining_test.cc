// Coming into a room: founding it, being welcomed, coming together, coming back.
#include <gtest/gtest.h>

#include "support/room_network.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Participant;
using test::RoomNetwork;

std::vector<std::string> names_seen_by(RoomNetwork& room, Participant& one) {
  std::vector<std::string> names;
  for (const MemberView& member : one.session->members(room.now())) names.push_back(member.name);
  std::sort(names.begin(), names.end());
  return names;
}

TEST(SessionJoining, FoundsARoomWhereNobodyIs) {
  RoomNetwork room(1);
  Participant& ann = room.join("Ann");
  EXPECT_EQ(ann.session->state(), SessionState::kIn);
  EXPECT_EQ(ann.session->epoch(), 0u);
  const auto members = ann.session->members(room.now());
  ASSERT_EQ(members.size(), 1u);
  EXPECT_TRUE(members[0].self);
  EXPECT_TRUE(members[0].moderator);
  ASSERT_NE(ann.last_epoch(), nullptr);
  EXPECT_EQ(ann.last_epoch()->secrets.base_key.size(), 32u);
}

TEST(SessionJoining, LetsASecondPersonInAndShowsBothToBoth) {
  RoomNetwork room(2);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  Participant& ben = room.join("Ben");
  ASSERT_TRUE(room.run_until_true(seconds(1), [&] { return room.agree({&ann, &ben}); }));
  room.run(seconds(1));
  EXPECT_EQ(names_seen_by(room, ann), (std::vector<std::string>{"Ann", "Ben"}));
  EXPECT_EQ(names_seen_by(room, ben), (std::vector<std::string>{"Ann", "Ben"}));
  for (Participant* one : {&ann, &ben}) {
    for (const MemberView& member : one->session->members(room.now())) {
      EXPECT_EQ(member.reachability, Reachability::kPresent) << member.name;
      EXPECT_EQ(member.moderator, member.name == "Ann");
    }
  }
  EXPECT_EQ(ann.last_epoch()->secrets.base_key, ben.last_epoch()->secrets.base_key);
  EXPECT_NE(ann.last_epoch()->own_leaf, ben.last_epoch()->own_leaf);
  EXPECT_TRUE(ann.last_epoch()->members_added);
  EXPECT_EQ(room.handshakes(), 1u);
}

const MemberView* member_named(const std::vector<MemberView>& members, const std::string& name) {
  for (const MemberView& member : members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

TEST(SessionJoining, SaysWhereAMemberIsHeardAsSoonAsItIsAdded) {
  RoomNetwork room(14);
  Participant& ann = room.join("Ann");
  Participant& ben = room.join("Ben");
  ASSERT_TRUE(room.run_until_true(seconds(1), [&] {
    return !ann.told<MemberChanged>().empty() && room.agree({&ann, &ben});
  }));
  std::optional<Endpoint> at_once;
  for (const MemberChanged& change : ann.told<MemberChanged>()) {
    if (change.member.name == "Ben" && !at_once) at_once = change.member.endpoint;
  }
  EXPECT_EQ(at_once, ben.endpoint);
  room.run(seconds(1));
  for (Participant* one : {&ann, &ben}) {
    const auto members = one->session->members(room.now());
    EXPECT_EQ(member_named(members, "Ann")->endpoint, ann.endpoint);
    EXPECT_EQ(member_named(members, "Ben")->endpoint, ben.endpoint);
  }
}

TEST(SessionJoining, GoesOnUnderAnotherEndpointWhenTheServiceHasGivenItsPlaceAway) {
  RoomNetwork room(15);
  Participant& ann = room.join("Ann");
  Participant& ben = room.join("Ben");
  ASSERT_TRUE(room.run_until_true(seconds(1), [&] { return room.agree({&ann, &ben}); }));
  room.disconnect(ben);
  room.run(seconds(1));
  ben.endpoint = Endpoint{7, 7, 7};
  room.act(ben, [&](Session& session) { session.set_endpoint(ben.endpoint); });
  room.reconnect(ben);
  room.run(seconds(3));
  EXPECT_TRUE(room.agree({&ann, &ben}));
  EXPECT_EQ(member_named(ann.session->members(room.now()), "Ben")->endpoint, ben.endpoint);
}

TEST(SessionJoining, AsksToComeInUnderItsNewEndpoint) {
  RoomNetwork room(16);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  // Its first KeyPackage is lost with the place that it was sent from.
  room.tamper = [](test::Delivery& delivery) { return delivery.kind != MessageKind::kKeyPackage; };
  Participant& ben = room.join("Ben");
  room.run(milliseconds(200));
  room.disconnect(ben);
  room.tamper = nullptr;
  ben.endpoint = Endpoint{7, 7, 7};
  room.act(ben, [&](Session& session) { session.set_endpoint(ben.endpoint); });
  room.reconnect(ben);
  EXPECT_TRUE(room.run_until_true(seconds(1), [&] { return room.agree({&ann, &ben}); }));
}

TEST(SessionJoining, LetsTwelveWhoComeTogetherInByFewCommits) {
  RoomNetwork room(3);
  std::vector<Participant*> all{&room.join("Ann")};
  room.run(seconds(1));
  for (int i = 0; i < 12; ++i) {
    all.push_back(&room.join("guest " + std::to_string(i)));
    room.run(milliseconds(8));
  }
  ASSERT_TRUE(room.run_until_true(seconds(2), [&] { return room.agree(all); }));
  EXPECT_LE(room.handshakes(), 3u);
  room.run(seconds(5));
  EXPECT_LE(room.handshakes(), 3u);
  EXPECT_TRUE(room.agree(all));
}

TEST(SessionJoining, FoundsAGroupWhenThoseSaidToBeThereNeverAnswer) {
  RoomNetwork room(4);
  room.tamper = [](test::Delivery&) { return false; };
  Participant& ann = room.join("Ann");
  Participant& ben = room.join("Ben");
  room.run(seconds(7));
  EXPECT_EQ(ben.session->state(), SessionState::kJoining);
  room.run(seconds(2));
  EXPECT_EQ(ben.session->state(), SessionState::kIn);
  EXPECT_FALSE(room.agree({&ann, &ben}));
}

TEST(SessionJoining, BringsTwoLoneFoundersTogether) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    RoomNetwork room(seed);
    room.tamper = [](test::Delivery&) { return false; };
    Participant& ann = room.join("Ann");
    Participant& ben = room.join("Ben");
    room.run(seconds(10));
    ASSERT_EQ(ben.session->state(), SessionState::kIn);
    room.tamper = nullptr;
    room.disconnect(ann);
    room.disconnect(ben);
    room.reconnect_all();
    EXPECT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree({&ann, &ben}); }));
    room.run(seconds(60));
    EXPECT_TRUE(room.agree({&ann, &ben}));
  }
}

TEST(SessionJoining, BringsManyLoneFoundersTogether) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    RoomNetwork room(seed);
    room.tamper = [](test::Delivery& delivery) {
      return delivery.kind != MessageKind::kKeyPackage;
    };
    std::vector<Participant*> all;
    for (int i = 0; i < 5; ++i) all.push_back(&room.join("founder " + std::to_string(i)));
    room.run(seconds(32));
    room.tamper = nullptr;
    for (Participant* one : all) room.disconnect(*one);
    room.reconnect_all();
    EXPECT_TRUE(room.run_until_true(seconds(60), [&] { return room.agree(all); }));
  }
}

TEST(SessionJoining, WaitsLongerWhereAGroupIsSeenAtWork) {
  RoomNetwork room(8);
  room.tamper = [](test::Delivery& delivery) { return delivery.kind != MessageKind::kKeyPackage; };
  room.join("Ann");
  Participant& ben = room.join("Ben");
  room.run(seconds(20));
  EXPECT_EQ(ben.session->state(), SessionState::kJoining);
  room.run(seconds(11));
  EXPECT_EQ(ben.session->state(), SessionState::kIn) << "but not for ever";
}

TEST(SessionJoining, TriesAgainWithAFreshKeyPackageWhenItsWelcomeIsLost) {
  RoomNetwork room(5);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  bool lost = false;
  room.tamper = [&](test::Delivery& delivery) {
    if (delivery.kind != MessageKind::kWelcome || lost) return true;
    lost = true;
    return false;
  };
  Participant& ben = room.join("Ben");
  EXPECT_TRUE(room.run_until_true(seconds(30), [&] { return room.agree({&ann, &ben}); }));
  EXPECT_TRUE(lost);
}

TEST(SessionJoining, TakesTheFormerLeafAwayWhenAPageIsReloaded) {
  RoomNetwork room(6);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  Participant& ben = room.join("Ben");
  room.run(seconds(5));
  ASSERT_TRUE(room.agree({&ann, &ben}));
  const std::size_t before = room.handshakes();
  Participant& again = room.reload(ben);
  ASSERT_TRUE(room.run_until_true(seconds(4), [&] { return room.agree({&ann, &again}); }));
  EXPECT_EQ(room.handshakes(), before + 1) << "removed and added in one commit";
  const auto gone = ann.told<MemberGone>();
  ASSERT_EQ(gone.size(), 1u);
  EXPECT_EQ(gone[0].reason, GoneReason::kRejoined);
}

TEST(SessionJoining, GoesWhenTheSameIdentityHasComeElsewhere) {
  RoomNetwork room(7);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  Participant& ben = room.join("Ben");
  room.run(seconds(5));
  SessionConfig config = room.config("Ben");
  config.identity = ben.identity;
  Participant& other_tab = room.join(std::move(config));
  ASSERT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree({&ann, &other_tab}); }));
  EXPECT_EQ(ben.session->state(), SessionState::kOver);
  ASSERT_EQ(ben.told<Ended>().size(), 1u);
  EXPECT_EQ(ben.told<Ended>()[0].reason, EndReason::kReplaced);
  room.run(seconds(30));
  EXPECT_TRUE(room.agree({&ann, &other_tab})) << "they do not throw each other out for ever";
}

}  // namespace
}  // namespace sotto::room
