// Callers' mistakes with groups are errors, never crashes.
#include <cstring>

#include "native/group_interface.h"

namespace sotto {
namespace {

constexpr sotto_status kRefused = SOTTO_E_INVALID_ARGUMENT;
std::uint8_t bytes[64] = {};
std::size_t size = 0;

TEST(CGroupMisuse, NullGroupsAreRefused) {
  std::uint32_t number = 0;
  std::uint64_t epoch = 0;
  std::int64_t at = 0;
  char digits[64];
  sotto_group* group = nullptr;
  sotto_group_frames* frames = nullptr;
  sotto_group_message message = {};
  message.struct_size = sizeof message;
  sotto_group_event event = {};
  event.struct_size = sizeof event;
  sotto_group_member member = {};
  member.struct_size = sizeof member;
  const sotto_status results[] = {sotto_group_identity(nullptr, 32),
                                  sotto_group_identity(bytes, 31),
                                  sotto_group_create(nullptr, &group),
                                  sotto_group_create(nullptr, nullptr),
                                  sotto_group_start(nullptr, 0, 0, 0),
                                  sotto_group_receive(nullptr, 1, bytes, 1, bytes, 1, 0),
                                  sotto_group_endpoint_left(nullptr, bytes, 0),
                                  sotto_group_reconnected(nullptr, nullptr, 1, 0),
                                  sotto_group_timeout(nullptr, 0),
                                  sotto_group_next_timeout(nullptr, &at),
                                  sotto_group_poll_message(nullptr, &message),
                                  sotto_group_poll_event(nullptr, &event),
                                  sotto_group_say(nullptr, "x", 0, &number),
                                  sotto_group_react(nullptr, "x", 0),
                                  sotto_group_send_direct_call(nullptr, bytes, 1, 0),
                                  sotto_group_set_marks(nullptr, 0, 0),
                                  sotto_group_leave(nullptr, 0),
                                  sotto_group_update(nullptr, 0),
                                  sotto_group_kick(nullptr, bytes, 0, 0),
                                  sotto_group_set_join_policy(nullptr, 0, 0),
                                  sotto_group_encrypt_media(nullptr, 1, 0),
                                  sotto_group_make_permanent(nullptr, 0),
                                  sotto_group_make_moderator(nullptr, bytes, 0),
                                  sotto_group_admit(nullptr, bytes, 0),
                                  sotto_group_turn_away(nullptr, bytes, 0),
                                  sotto_group_start_code(nullptr, 0),
                                  sotto_group_confirm_code(nullptr, bytes, 0),
                                  sotto_group_confirm_fingerprint(nullptr, 0, bytes, 0),
                                  sotto_group_accept_change(nullptr, 0, bytes, 0),
                                  sotto_group_epoch(nullptr, &epoch, &number),
                                  sotto_group_members(nullptr, &number, 1, &size),
                                  sotto_group_find_member(nullptr, 0, 0, &member),
                                  sotto_group_fingerprint(nullptr, 0, digits, sizeof digits, &size),
                                  sotto_group_agreement(nullptr, bytes, 16),
                                  sotto_group_save_pins(nullptr, bytes, 64, &size),
                                  sotto_group_restore_pins(nullptr, bytes, 1),
                                  sotto_group_save(nullptr, bytes, 32, bytes + 32, 32, &size),
                                  sotto_group_restore(nullptr, 0, bytes, 64, bytes, "x", &group),
                                  sotto_group_restore(bytes, 32, bytes, 64, nullptr, "x", &group),
                                  sotto_group_restore(bytes, 32, bytes, 64, bytes, nullptr, &group),
                                  sotto_group_restore(bytes, 32, bytes, 64, bytes, "x", nullptr),
                                  sotto_group_frames_create(nullptr, &frames)};
  for (std::size_t i = 0; i < std::size(results); ++i) EXPECT_EQ(kRefused, results[i]) << i;
  EXPECT_EQ(SOTTO_GROUP_OVER, sotto_group_state(nullptr));
  EXPECT_EQ(0u, sotto_group_last_handshake(nullptr));
  sotto_group_destroy(nullptr);
  sotto_group_frames_destroy(nullptr);
}

TEST(CGroupMisuse, NullFramesAreRefused) {
  sotto_group_frame frame = {};
  frame.struct_size = sizeof frame;
  EXPECT_EQ(kRefused, sotto_group_frames_seal(nullptr, 0, 1, 0, bytes, 8, bytes + 8, 56, &size));
  EXPECT_EQ(kRefused, sotto_group_frames_open(nullptr, 0, 1, bytes, 8, bytes + 8, 56, 0, &frame));
  EXPECT_EQ(kRefused, sotto_group_frames_poll(nullptr, bytes, 64, 0, &size, &frame));
  EXPECT_EQ(kRefused, sotto_group_frames_expire(nullptr, 0));
  EXPECT_EQ(1u, sotto_group_frames_encrypted(nullptr));
  EXPECT_EQ(0u, sotto_group_frames_max_sealed_size(nullptr, 0, 1, 1));
}

TEST(CGroupMisuse, NullResultsWrongSizesAndUnknownNumbersAreRefused) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  sotto_group* group = all[0]->group;
  sotto_group_frames* frames = all[0]->frames;
  const std::int64_t now = room.now;
  std::uint64_t epoch = 0;
  sotto_group_frame frame = {};
  sotto_group_message message = {};
  sotto_group_event event = {};
  sotto_group_member member = {};
  const sotto_status results[] = {
      sotto_group_receive(group, 1, nullptr, 1, bytes, 1, now),
      sotto_group_receive(group, 1, bytes, 1, nullptr, 1, now),
      sotto_group_receive(group, 1, bytes, 1, bytes, SIZE_MAX, now),
      sotto_group_receive(group, 0, bytes, 1, bytes, 1, now),
      sotto_group_endpoint_left(group, nullptr, now),
      sotto_group_reconnected(group, nullptr, 2, now),
      sotto_group_next_timeout(group, nullptr),
      sotto_group_poll_message(group, nullptr),
      sotto_group_poll_message(group, &message),
      sotto_group_poll_event(group, nullptr),
      sotto_group_poll_event(group, &event),
      sotto_group_find_member(group, 0, now, nullptr),
      sotto_group_find_member(group, 0, now, &member),
      sotto_group_say(group, "x", now, nullptr),
      sotto_group_react(group, nullptr, now),
      sotto_group_send_direct_call(group, nullptr, 1, now),
      sotto_group_set_marks(group, 16, now),
      sotto_group_kick(group, all[1]->identity_key().data(), 2, now),
      sotto_group_kick(group, all[0]->identity_key().data(), 0, now),
      sotto_group_kick(group, nullptr, 0, now),
      sotto_group_make_moderator(group, nullptr, now),
      sotto_group_confirm_code(group, nullptr, now),
      sotto_group_set_join_policy(group, 3, now),
      sotto_group_encrypt_media(group, 2, now),
      sotto_group_admit(group, nullptr, now),
      sotto_group_turn_away(group, nullptr, now),
      sotto_group_epoch(group, &epoch, nullptr),
      sotto_group_epoch(group, nullptr, nullptr),
      sotto_group_members(group, nullptr, 1, &size),
      sotto_group_members(group, nullptr, 0, nullptr),
      sotto_group_fingerprint(group, 0, nullptr, 0, nullptr),
      sotto_group_agreement(group, bytes, 15),
      sotto_group_agreement(group, nullptr, 16),
      sotto_group_save_pins(group, bytes, 64, nullptr),
      sotto_group_frames_create(group, nullptr),
      sotto_group_frames_seal(frames, 16, 1, 0, bytes, 8, bytes + 8, 56, &size),
      sotto_group_frames_seal(frames, 0, 1, 2, bytes, 8, bytes + 8, 56, &size),
      sotto_group_frames_seal(frames, 0, 1, 0, bytes, 8, bytes + 4, 56, &size),
      sotto_group_frames_seal(frames, 0, 1, 0, nullptr, 8, bytes + 8, 56, &size),
      sotto_group_frames_seal(frames, 0, 1, 0, bytes, 8, bytes + 8, 56, nullptr),
      sotto_group_frames_open(frames, 0, 1, bytes, 8, bytes + 8, 56, now, nullptr),
      sotto_group_frames_open(frames, 0, 1, bytes, 8, bytes + 8, 56, now, &frame),
      sotto_group_frames_poll(frames, bytes, 64, now, nullptr, &frame)};
  for (std::size_t i = 0; i < std::size(results); ++i) EXPECT_EQ(kRefused, results[i]) << i;
  EXPECT_TRUE(room.agree({all[0], all[1]})) << "nothing has happened";
}

TEST(CGroupMisuse, ShortBuffersAreTold) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  char digits[64];
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL, sotto_group_fingerprint(all[0]->group, 0, digits, 5, &size));
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL,
            sotto_group_fingerprint(all[0]->group, 0, digits, size, &size))
      << "and the NUL";
  EXPECT_EQ(SOTTO_OK, sotto_group_fingerprint(all[0]->group, 0, digits, size + 1, &size));
  EXPECT_EQ(35u, size);
  EXPECT_EQ(size, std::strlen(digits));
  std::uint32_t leaf = 0;
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL, sotto_group_members(all[0]->group, &leaf, 1, &size));
  EXPECT_EQ(2u, size);
  sotto_group_frame frame = {};
  frame.struct_size = sizeof frame;
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL,
            sotto_group_frames_seal(all[0]->frames, 0, 1, 0, bytes, 8, bytes + 8, 2, &size));
  EXPECT_EQ(sotto_group_frames_max_sealed_size(all[0]->frames, 0, 1, 8), size);
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL, sotto_group_frames_open(all[0]->frames, 0, 1, bytes, 8,
                                                              bytes + 8, 7, room.now, &frame));
}

TEST(CGroupMisuse, TextsWithoutAnEndAreRefused) {
  GroupRoom room;
  GroupPerson& ann = room.join("Ann");
  const std::string endless(70'000, 'a');
  std::uint32_t number = 0;
  EXPECT_EQ(kRefused, sotto_group_say(ann.group, endless.c_str(), room.now, &number));
  EXPECT_EQ(kRefused, sotto_group_react(ann.group, endless.c_str(), room.now));
}

}  // namespace
}  // namespace sotto
