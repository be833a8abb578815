// Each event has the fields that the header gives it, and they say what happened.
#include "native/group_interface.h"

namespace sotto {
namespace {

class CGroupEvents : public ::testing::Test {
 protected:
  CGroupEvents() : all_(fill(room_, {"Ann", "Ben", "Cem"})) {}

  GroupPerson& ann() { return *all_[0]; }
  GroupPerson& ben() { return *all_[1]; }
  const GroupEvent& last(GroupPerson& one, std::uint32_t type) {
    static const GroupEvent none;
    const GroupEvent* found = one.last(type);
    EXPECT_NE(nullptr, found) << "event " << type;
    return found != nullptr ? *found : none;
  }

  GroupRoom room_;
  std::vector<GroupPerson*> all_;
};

TEST_F(CGroupEvents, TellOfTheRoomAndItsMembers) {
  EXPECT_EQ(SOTTO_GROUP_IN, last(ben(), SOTTO_GROUP_STATE_CHANGED).raw.value);
  const GroupEvent& room = last(ann(), SOTTO_GROUP_ROOM_CHANGED);
  EXPECT_EQ(SOTTO_GROUP_OPEN, room.raw.value);
  EXPECT_EQ(1u | 4u, room.raw.flags);
  EXPECT_EQ(1u, last(ben(), SOTTO_GROUP_ROOM_CHANGED).raw.flags);
  const GroupEvent& link = last(ben(), SOTTO_GROUP_LINK_CHANGED);
  EXPECT_EQ(kGroupLink, link.text);
  EXPECT_EQ(0u, link.raw.number);
  bool cem_was_shown = false;
  for (const GroupEvent& event : ann().events) {
    if (event.raw.type != SOTTO_GROUP_MEMBER_CHANGED || event.member_name != "Cem") continue;
    cem_was_shown = true;
    EXPECT_EQ(all_[2]->leaf(), event.raw.leaf);
    EXPECT_EQ(sizeof(sotto_group_member), event.member.struct_size);
    EXPECT_EQ(0u, event.member.self);
  }
  EXPECT_TRUE(cem_was_shown);
}

TEST_F(CGroupEvents, CarryChatReactionsAndDirectCalls) {
  std::uint32_t number = 0;
  ASSERT_EQ(SOTTO_OK, sotto_group_say(ann().group,
                                      "gr\xc3\xbc\xc3\x9f"
                                      "e",
                                      room_.now, &number));
  EXPECT_EQ(1u, number);
  ASSERT_EQ(SOTTO_OK, sotto_group_react(ann().group, "\xf0\x9f\x91\x8d", room_.now));
  const Bytes call = {1, 0, 2};
  ASSERT_EQ(SOTTO_OK,
            sotto_group_send_direct_call(ann().group, call.data(), call.size(), room_.now));
  room_.run(100);
  const GroupEvent& chat = last(ben(), SOTTO_GROUP_CHAT);
  EXPECT_EQ(
      "gr\xc3\xbc\xc3\x9f"
      "e",
      chat.text);
  EXPECT_EQ("Ann", chat.name);
  EXPECT_EQ(ann().leaf(), chat.raw.leaf);
  EXPECT_EQ(1u, chat.raw.number);
  EXPECT_EQ(0u, chat.raw.value);
  EXPECT_EQ(0u, chat.raw.flags);
  EXPECT_EQ(1u, last(ann(), SOTTO_GROUP_CHAT_DELIVERED).raw.number);
  EXPECT_EQ("\xf0\x9f\x91\x8d", last(ben(), SOTTO_GROUP_REACTION).text);
  EXPECT_EQ(call, last(ben(), SOTTO_GROUP_DIRECT_CALL).bytes);
}

TEST_F(CGroupEvents, ShowMarks) {
  const std::uint32_t marks = SOTTO_GROUP_PUBLISHES | SOTTO_GROUP_HAND_RAISED;
  ASSERT_EQ(SOTTO_OK, sotto_group_set_marks(ann().group, marks, room_.now));
  room_.run(200);
  const GroupEvent& changed = last(ben(), SOTTO_GROUP_MEMBER_CHANGED);
  EXPECT_EQ("Ann", changed.member_name);
  EXPECT_EQ(marks, changed.member.marks);
}

TEST_F(CGroupEvents, SayWhoWantsInAndWhoGivesUp) {
  ASSERT_EQ(SOTTO_OK, sotto_group_set_join_policy(ann().group, SOTTO_GROUP_KNOCK, room_.now));
  room_.run(500);
  EXPECT_EQ(SOTTO_GROUP_KNOCK, last(ben(), SOTTO_GROUP_ROOM_CHANGED).raw.value);
  GroupPerson& dan = room_.join("Dan");
  room_.run(500);
  const GroupEvent& request = last(ann(), SOTTO_GROUP_JOIN_REQUESTED);
  EXPECT_EQ("Dan", request.name);
  EXPECT_EQ(dan.endpoint, request.endpoint);
  EXPECT_EQ(SOTTO_GROUP_UNMET, request.raw.value);
  EXPECT_EQ(nullptr, ben().last(SOTTO_GROUP_JOIN_REQUESTED)) << "moderators decide";
  EXPECT_EQ(SOTTO_GROUP_MODERATOR_ASKED, last(dan, SOTTO_GROUP_ANSWERED).raw.value);
  ASSERT_EQ(SOTTO_OK, sotto_group_admit(ann().group, dan.endpoint.data(), room_.now));
  EXPECT_TRUE(room_.run_until(3'000, [&] { return dan.state() == SOTTO_GROUP_IN; }));
  GroupPerson& eve = room_.join("Eve");
  room_.run(500);
  EXPECT_EQ("Eve", last(ann(), SOTTO_GROUP_JOIN_REQUESTED).name);
  ASSERT_EQ(SOTTO_OK, sotto_group_endpoint_left(ann().group, eve.endpoint.data(), room_.now));
  room_.run(100);
  EXPECT_EQ(eve.endpoint, last(ann(), SOTTO_GROUP_JOIN_WITHDRAWN).endpoint);
}

TEST_F(CGroupEvents, SayThatARoomIsLocked) {
  ASSERT_EQ(SOTTO_OK, sotto_group_set_join_policy(ann().group, SOTTO_GROUP_LOCKED, room_.now));
  room_.run(500);
  GroupPerson& dan = room_.join("Dan");
  room_.run(500);
  EXPECT_EQ(SOTTO_GROUP_ROOM_LOCKED, last(dan, SOTTO_GROUP_ANSWERED).raw.value);
  ASSERT_EQ(SOTTO_OK, sotto_group_set_join_policy(ann().group, SOTTO_GROUP_OPEN, room_.now));
  EXPECT_TRUE(room_.run_until(5'000, [&] { return dan.state() == SOTTO_GROUP_IN; }));
  EXPECT_EQ(SOTTO_GROUP_NO_ANSWER, last(dan, SOTTO_GROUP_ANSWERED).raw.value);
}

TEST_F(CGroupEvents, ShowTheSameCodeToAll) {
  ASSERT_EQ(SOTTO_OK, sotto_group_start_code(ann().group, room_.now));
  room_.run(1'000);
  const GroupEvent& code = last(ann(), SOTTO_GROUP_CODE_SHOWN);
  EXPECT_EQ(7, std::count(code.text.begin(), code.text.end(), '\n'));
  EXPECT_EQ(3u, code.leaves.size());
  EXPECT_EQ(std::size_t{SOTTO_GROUP_CODE_SIZE}, code.bytes.size());
  for (GroupPerson* one : all_) {
    EXPECT_EQ(code.text, last(*one, SOTTO_GROUP_CODE_SHOWN).text);
    EXPECT_EQ(code.bytes, last(*one, SOTTO_GROUP_CODE_SHOWN).bytes);
  }
}

// The transport loses what Ann says. By what she says of herself all the time, the others know.
TEST_F(CGroupEvents, SayWhatHasNotCome) {
  std::uint32_t number = 0;
  ASSERT_EQ(SOTTO_OK, sotto_group_say(ann().group, "first", room_.now, &number));
  room_.run(12'000);
  EXPECT_EQ(nullptr, ben().last(SOTTO_GROUP_CHAT_HELD_BACK));
  bool lost = false;
  room_.tamper = [&](const GroupMessage& message) {
    const bool anns = message.sender == ann().endpoint;
    if (lost || !anns || message.kind != SOTTO_GROUP_APPLICATION) return true;
    lost = true;
    return false;
  };
  ASSERT_EQ(SOTTO_OK, sotto_group_say(ann().group, "second", room_.now, &number));
  room_.run(30'000);
  ASSERT_TRUE(lost);
  const GroupEvent& held = last(ben(), SOTTO_GROUP_CHAT_HELD_BACK);
  EXPECT_EQ(ann().leaf(), held.raw.leaf);
  EXPECT_EQ("Ann", held.name);
  EXPECT_EQ(1u, held.raw.value);
  ASSERT_EQ(SOTTO_OK, sotto_group_make_permanent(ann().group, room_.now));
  room_.run(12'000);
  EXPECT_EQ(0u, last(ben(), SOTTO_GROUP_CHAT_HELD_BACK).raw.value) << "said again";
}

TEST_F(CGroupEvents, SayHowItEnds) {
  ASSERT_EQ(SOTTO_OK, sotto_group_leave(ben().group, room_.now));
  room_.run(3'000);
  EXPECT_EQ(0u, last(ben(), SOTTO_GROUP_ENDED).raw.value);
  const GroupEvent& gone = last(ann(), SOTTO_GROUP_MEMBER_GONE);
  EXPECT_EQ("Ben", gone.name);
  EXPECT_EQ(0u, gone.raw.value);
  EXPECT_EQ(gone.raw.leaf, gone.raw.by);
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_update(ben().group, room_.now));
}

TEST_F(CGroupEvents, NameAnErrorByItsCode) {
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_make_permanent(ben().group, room_.now));
  room_.run(10);
  EXPECT_EQ("not-moderator", last(ben(), SOTTO_GROUP_ERROR).text);
}

}  // namespace
}  // namespace sotto
