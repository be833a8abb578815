// What a time without the service, or asleep, must not do to a room.
#include <gtest/gtest.h>

#include "shared/room/session_access.h"
#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::Delivery;
using test::fill;
using test::Participant;
using test::RoomNetwork;

// Everybody was cut off for longer than anybody may be silent. Nobody knows who of the others is
// still there, so nobody throws anybody out, who in a locked room could not come back.
TEST(Outage, OfTheServiceThrowsNobodyOut) {
  for (const Duration span : {Duration(seconds(60)), Duration(minutes(10))}) {
    RoomNetwork room(1);
    auto all = fill(room, 5);
    ASSERT_TRUE(room.act(
        *all[0], [&](Session& s) { return s.set_join_policy(room.now(), JoinPolicy::kLocked); }));
    room.run(seconds(1));
    room.restart_service();
    room.run(span);
    room.reconnect_all();
    EXPECT_TRUE(room.run_until_true(seconds(30), [&] { return room.agree(all); }));
    room.run(seconds(60));
    EXPECT_TRUE(room.agree(all));
    for (Participant* one : all) EXPECT_TRUE(one->told<MemberGone>().empty());
  }
}

// The service hands one member nothing for a minute, and takes what it sends.
TEST(Outage, OfOneMemberThrowsNobodyElseOut) {
  RoomNetwork room(2);
  auto all = fill(room, 5);
  Participant& deaf = *all[2];
  room.tamper = [&](Delivery& delivery) {
    return delivery.receiver != deaf.endpoint || delivery.kind == MessageKind::kHandshake;
  };
  room.run(minutes(2));
  room.tamper = nullptr;
  EXPECT_TRUE(room.run_until_true(seconds(60), [&] { return room.agree(all); }));
  for (Participant* one : all) EXPECT_TRUE(one->told<MemberGone>().empty()) << one->name;
}

// In a locked room nobody lets anybody in again: the service hands one of them nothing of what the
// others say, and claims that they have gone.
void cut_off_in_a_room_of(int size) {
  for (const bool locked : {false, true}) {
    RoomNetwork room(4);
    auto all = fill(room, size);
    Participant& ann = *all[0];
    ASSERT_TRUE(room.act(ann, [&](Session& s) {
      return s.set_join_policy(room.now(), locked ? JoinPolicy::kLocked : JoinPolicy::kOpen);
    }));
    room.run(seconds(1));
    room.tamper = [&](Delivery& delivery) {
      return delivery.receiver != ann.endpoint || delivery.kind == MessageKind::kHandshake;
    };
    for (int i = 1; i < size; ++i) {
      room.act(ann, [&](Session& s) { s.handle_endpoint_left(room.now(), all[i]->endpoint); });
    }
    room.run(minutes(2));
    EXPECT_EQ(ann.told<MemberGone>().empty(), locked);
    room.tamper = nullptr;
    EXPECT_TRUE(room.run_until_true(seconds(60), [&] { return room.agree(all); })) << locked;
  }
}

TEST(Outage, OfOneOfTwoThrowsTheOtherOutOfNoLockedRoom) {
  cut_off_in_a_room_of(2);
}

TEST(Outage, OfOneOfSeveralThrowsNobodyOutOfALockedRoomOnTheServicesWord) {
  cut_off_in_a_room_of(4);
}

// One who knows that it is out, or whom nobody hears, does not go on sealing media for those who
// were removed with it or before it.
TEST(Outage, OfARejoinDoesNotLeaveMediaGoingOut) {
  RoomNetwork room(3);
  auto all = fill(room, 4);
  Participant& victim = *all[1];
  room.tamper_early = [&](Delivery& delivery) {
    return delivery.sender != victim.endpoint || delivery.kind != MessageKind::kKeyPackage;
  };
  test::commit_as(room, *all[3], {{mls::Remove{test::leaf_of(victim)}}});
  room.run(seconds(1));
  ASSERT_EQ(victim.session->state(), SessionState::kRejoining);
  bool may_send = true;
  for (const FrameOperation& operation : victim.frame_operations) {
    if (const auto* told = std::get_if<MaySend>(&operation)) may_send = told->allowed;
  }
  EXPECT_FALSE(may_send);
}

}  // namespace
}  // namespace sotto::room
