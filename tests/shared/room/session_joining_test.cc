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

// Two groups of two under one link: whom the service let hear whom when they came.
struct TwoGroups {
  explicit TwoGroups(std::uint64_t seed) : room(seed) {
    room.tamper = [this](test::Delivery& delivery) {
      return left(delivery.sender) == left(delivery.receiver);
    };
    for (const char* name : {"Ann", "Ben", "Cem", "Dora"}) {
      auto config = room.config(name);
      if (people.size() % 2 == 0) on_the_left.push_back(config.endpoint);
      people.push_back(&room.join(std::move(config)));
    }
    room.run(seconds(40));
  }
  bool left(const Endpoint& endpoint) const {
    return std::find(on_the_left.begin(), on_the_left.end(), endpoint) != on_the_left.end();
  }
  void heal() { room.tamper = nullptr; }

  RoomNetwork room;
  std::vector<Endpoint> on_the_left;
  std::vector<Participant*> people;
};

TEST(SessionJoining, SaysThatOthersAreInASeparateCallUnderTheSameLink) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    TwoGroups two(seed);
    RoomNetwork& room = two.room;
    const auto& all = two.people;
    ASSERT_TRUE(room.agree({all[0], all[2]}) && room.agree({all[1], all[3]}));
    two.heal();
    room.run(seconds(30));
    EXPECT_TRUE(room.agree({all[0], all[2]}) && room.agree({all[1], all[3]})) << "nobody is moved";
    for (Participant* one : all) {
      ASSERT_EQ(one->told<OthersApart>().size(), 1u);
      EXPECT_TRUE(one->told<OthersApart>()[0].apart);
    }
    const bool left_stays = all[0]->told<OthersApart>()[0].mine_stays;
    EXPECT_EQ(all[2]->told<OthersApart>()[0].mine_stays, left_stays);
    EXPECT_EQ(all[1]->told<OthersApart>()[0].mine_stays, !left_stays);
    EXPECT_EQ(all[3]->told<OthersApart>()[0].mine_stays, !left_stays);
    // Those whose call does not stay load the page again, one and then the other.
    Participant& first = room.reload(*all[left_stays ? 1 : 0]);
    Participant* last = all[left_stays ? 3 : 2];
    std::vector<Participant*> now_here{all[left_stays ? 0 : 1], all[left_stays ? 2 : 3], &first};
    EXPECT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree(now_here); }));
    now_here.push_back(&room.reload(*last));
    EXPECT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree(now_here); }));
    room.run(seconds(30));
    for (Participant* one : {now_here[0], now_here[1]}) {
      EXPECT_FALSE(one->told<OthersApart>().back().apart) << "nothing is heard of them any more";
    }
  }
}

// Whom a kick has left behind goes on under the old link, alone; and a client that writes another
// group's name on its messages is one endpoint.
TEST(SessionJoining, SaysNothingOfOneWhoWritesAnotherGroupsName) {
  RoomNetwork room(9);
  std::vector<Participant*> all{&room.join("Ann")};
  room.run(seconds(1));
  for (const char* name : {"Ben", "Mallory"}) all.push_back(&room.join(name));
  ASSERT_TRUE(room.run_until_true(seconds(5), [&] { return room.agree(all); }));
  RoomNetwork elsewhere(10);
  Participant& alone = elsewhere.join("Mallory");
  std::vector<OutgoingMessage> foreign;
  for (int i = 0; i < 20; ++i) {
    elsewhere.run(seconds(2));
    ASSERT_TRUE(elsewhere.act(alone, [&](Session& s) { return s.update(elsewhere.now()); }));
  }
  for (const test::Delivery& one : elsewhere.log()) foreign.push_back({one.kind, {}, one.bytes});
  ASSERT_FALSE(foreign.empty());
  for (int i = 0; i < 30; ++i) {
    room.send(*all[2], foreign[static_cast<std::size_t>(i) % foreign.size()]);
    room.run(seconds(1));
  }
  EXPECT_TRUE(all[0]->told<OthersApart>().empty());
  EXPECT_TRUE(all[1]->told<OthersApart>().empty());
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

TEST(SessionJoining, LeadsNobodyTogetherWhoWaitsForAModeratorToDecide) {
  RoomNetwork room(31);
  Participant& ann = room.join("Ann");
  Participant& ben = room.join("Ben");
  ASSERT_TRUE(room.run_until_true(seconds(1), [&] { return room.agree({&ann, &ben}); }));
  ASSERT_TRUE(
      room.act(ann, [&](Session& s) { return s.set_join_policy(room.now(), JoinPolicy::kKnock); }));
  room.run(seconds(1));
  std::vector<Participant*> waiting = {&room.join("Cem"), &room.join("Dan")};
  room.run(seconds(70));  // longer than anybody waits before it founds a group
  for (Participant* one : waiting) {
    EXPECT_EQ(names_seen_by(room, *one), std::vector<std::string>{one->name});
    EXPECT_TRUE(room.act(ann, [&](Session& s) { return s.admit(room.now(), one->endpoint); }))
        << one->name << " is still shown to the moderator";
  }
  EXPECT_TRUE(room.run_until_true(seconds(5), [&] {
    return room.agree({&ann, &ben, waiting[0], waiting[1]});
  }));
}

// The founder puts a KeyPackage out while it has heard nobody, so it may do so just when somebody
// has come in; a listener says nothing of its own for seconds. That it was taken back is lost.
TEST(SessionJoining, ThrowsNoFounderOutWhoseKeyPackageCrossesTheFirstNewcomer) {
  for (int wait = 3500; wait < 4200; wait += 10) {
    RoomNetwork room(static_cast<std::uint64_t>(wait));
    room.tamper_early = [](test::Delivery& one) {
      return one.kind != MessageKind::kKeyPackage || !one.bytes.empty();
    };
    SessionConfig listens = room.config("Ann");
    listens.publishes = false;
    Participant& ann = room.join(std::move(listens));
    room.run(milliseconds(wait));
    Participant& ben = room.join("Ben");
    ASSERT_TRUE(room.run_until_true(seconds(2), [&] { return room.agree({&ann, &ben}); }));
    room.run(seconds(8));
    for (const StateChanged& told : ann.told<StateChanged>()) {
      EXPECT_NE(told.state, SessionState::kRejoining) << "Ben came after " << wait << " ms";
    }
    EXPECT_TRUE(ben.told<MemberGone>().empty()) << "Ben came after " << wait << " ms";
  }
}

}  // namespace
}  // namespace sotto::room
