// What members say to each other, and what nobody else can read.
#include <gtest/gtest.h>

#include "shared/room/session_access.h"
#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Delivery;
using test::fill;
using test::Participant;
using test::RoomNetwork;

std::size_t times_read(const Participant& one, const std::string& text) {
  std::size_t times = 0;
  for (const ChatReceived& chat : one.told<ChatReceived>()) times += chat.entry.text == text;
  return times;
}

TEST(SessionMessages, BringEachChatMessageOnceAcrossManyEpochs) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    RoomNetwork room(seed);
    auto all = fill(room, 4);
    std::vector<std::string> texts;
    for (int i = 0; i < 20; ++i) {
      texts.push_back("message " + std::to_string(i));
      EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), texts.back()); }));
      if (!core_of(*all[1]).in->commit) commit_as(room, *all[1], {});
      room.run(milliseconds(50));
    }
    room.run(seconds(5));
    for (std::size_t i = 1; i < all.size(); ++i) {
      for (const std::string& text : texts) EXPECT_EQ(times_read(*all[i], text), 1u) << text;
      EXPECT_EQ(all[i]->told<ChatReceived>()[0].name, "Ann");
    }
    EXPECT_EQ(all[0]->told<ChatDelivered>().size(), texts.size());
  }
}

TEST(SessionMessages, GiveANewcomerNothingSentBefore) {
  RoomNetwork room(2);
  auto all = fill(room, 2);
  std::vector<Delivery> overheard;
  room.tamper = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kApplication) overheard.push_back(delivery);
    return true;
  };
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), "before"); }));
  room.run(seconds(1));
  Participant& late = room.join("late");
  all.push_back(&late);
  ASSERT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree(all); }));
  for (Delivery& delivery : overheard) {
    delivery.receiver = late.endpoint;
    room.inject(delivery);
  }
  room.run(seconds(2));
  EXPECT_EQ(times_read(*all[1], "before"), 1u);
  EXPECT_EQ(times_read(late, "before"), 0u);
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), "after"); }));
  room.run(seconds(1));
  EXPECT_EQ(times_read(late, "after"), 1u);
}

TEST(SessionMessages, WaitWhileALeaverWaitsAndThenFlow) {
  RoomNetwork room(3);
  auto all = fill(room, 3);
  room.act(*all[2], [&](Session& s) { s.leave(room.now()); });
  ASSERT_TRUE(
      room.run_until_true(seconds(1), [&] { return !all[0]->told<RemovalsPending>().empty(); }));
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), "bye"); }));
  room.run(seconds(3));
  EXPECT_EQ(times_read(*all[1], "bye"), 1u);
}

TEST(SessionMessages, CarryMarksAndReactions) {
  RoomNetwork room(4);
  auto all = fill(room, 2);
  PresenceMarks marks;
  marks.publishes = marks.microphone_muted = marks.hand_raised = true;
  room.act(*all[0], [&](Session& s) { s.set_marks(room.now(), marks); });
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.react(room.now(), "\U0001F44D"); }));
  room.run(seconds(1));
  bool seen = false;
  for (const MemberView& member : all[1]->session->members(room.now())) {
    if (member.name == "Ann") seen = member.marks == marks;
  }
  EXPECT_TRUE(seen);
  ASSERT_EQ(all[1]->told<ReactionReceived>().size(), 1u);
  EXPECT_EQ(all[1]->told<ReactionReceived>()[0].reaction, "\U0001F44D");
}

TEST(SessionMessages, ShowTheSameCodeToAllAndMarkThemVerified) {
  RoomNetwork room(5);
  auto all = fill(room, 3);
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(2));
  for (Participant* one : all) {
    ASSERT_EQ(one->told<CodeShown>().size(), 1u) << one->name;
    EXPECT_EQ(one->told<CodeShown>()[0].code, all[0]->told<CodeShown>()[0].code);
  }
  const ShortCode read = all[0]->told<CodeShown>()[0].code;
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.confirm_code(room.now(), read); }));
  for (const MemberView& member : all[0]->session->members(room.now())) {
    if (member.self) continue;
    EXPECT_EQ(member.standing, Standing::kVerified) << member.name;
  }
}

TEST(SessionMessages, SayWhenNobodyHearsMe) {
  RoomNetwork room(6);
  auto all = fill(room, 3);
  room.tamper_early = [&](Delivery& delivery) { return delivery.sender != all[0]->endpoint; };
  room.run(seconds(20));
  ASSERT_FALSE(all[0]->told<HeardByOthers>().empty());
  EXPECT_FALSE(all[0]->told<HeardByOthers>().back().heard);
  bool stopped = false;
  for (const FrameOperation& operation : all[0]->frame_operations) {
    if (const auto* may_send = std::get_if<MaySend>(&operation)) stopped = !may_send->allowed;
  }
  EXPECT_TRUE(stopped) << "and nothing is sealed meanwhile";
}

}  // namespace
}  // namespace sotto::room
