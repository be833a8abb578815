// Attacks on who was locked out, and comes back into the same group (security profile, sections 7
// and 9).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// Dan is let in, and in the next epoch Eve locks Ben out. The bridge gives Ben both commits at
// once, so his page has never shown Dan: still what was sealed from Dan's leaf ends with the rest
// when Ben comes back, or somebody who has that leaf by then would speak with Dan's voice.
TEST(ReturnAttacks, WhoWasHardlyThereEndsWithTheRest) {
  RoomNetwork room(1);
  auto all = fill(room, 4);
  Participant &ben = sitting_at(all, 2), &eve = sitting_at(all, 3);
  std::vector<Delivery> held;
  room.tamper = [&](Delivery& delivery) {
    if (delivery.kind != MessageKind::kHandshake || delivery.receiver != ben.endpoint) return true;
    held.push_back(delivery);
    return false;
  };
  Participant& dan = room.join("Dan");
  ASSERT_TRUE(room.run_until_true(seconds(11), [&] {
    return dan.session->state() == SessionState::kIn &&
           eve.session->epoch() == dan.session->epoch();
  }));
  room.send(eve, {MessageKind::kHandshake,
                  {},
                  commit_that_locks_out_the_neighbour(group_of(eve), room.random())});
  room.run(milliseconds(100));
  ASSERT_GE(held.size(), 2u);
  room.tamper = nullptr;
  std::reverse(held.begin(), held.end());
  for (const Delivery& delivery : held) {
    room.inject(delivery);
    room.run(milliseconds(20));
  }
  ASSERT_EQ(ben.session->state(), SessionState::kRejoining);
  ASSERT_EQ(ben.last_epoch()->secrets.members.size(), 5u) << "he has had keys of Dan's";
  ASSERT_TRUE(
      room.run_until_true(seconds(10), [&] { return ben.session->state() == SessionState::kIn; }));
  const auto& ended = ben.last_epoch()->removed;
  EXPECT_EQ(std::count(ended.begin(), ended.end(), leaf_of(dan)), 1);
}

// Everybody is locked out at once, and comes back at other times: nobody stays by himself.
TEST(ReturnAttacks, WhoIsNotLetBackFindsTheOthersAgain) {
  RoomNetwork room(2);
  auto all = fill(room, 3);
  room.tamper = [](Delivery& delivery) { return delivery.kind != MessageKind::kWelcome; };
  for (int i = 0; i < 3; ++i) {
    core_of(*all[static_cast<std::size_t>(i)]).rejoin(room.now());
    room.act(*all[static_cast<std::size_t>(i)], [&](Session& s) { s.handle_timeout(room.now()); });
    room.run(seconds(3));
  }
  room.run(seconds(20));
  room.tamper = nullptr;
  EXPECT_TRUE(room.run_until_true(seconds(120), [&] { return room.agree(all); }));
  for (Participant* one : all) EXPECT_TRUE(one->erred(SessionError::kNotLetBack)) << one->name;
}

}  // namespace
}  // namespace sotto::room
