// What compiled programs rely on: sizes, offsets and numbers of version 1. A line here changes only
// together with SOTTO_E2EE_ABI_VERSION; new fields and constants get new lines.
#include <cstddef>

#include "native/c_interface.h"
#include "sotto_group.h"

namespace sotto {
namespace {

static_assert(sizeof(void*) == 8, "the offsets below are those of 64-bit machines");

TEST(CLayout, IsThatOfVersionOne) {
  ASSERT_EQ(1, SOTTO_E2EE_ABI_VERSION);
  EXPECT_EQ(48u, sizeof(sotto_opened_frame));
  EXPECT_EQ(0u, offsetof(sotto_opened_frame, struct_size));
  EXPECT_EQ(4u, offsetof(sotto_opened_frame, key_frame));
  EXPECT_EQ(8u, offsetof(sotto_opened_frame, frame));
  EXPECT_EQ(16u, offsetof(sotto_opened_frame, frame_size));
  EXPECT_EQ(24u, offsetof(sotto_opened_frame, kid));
  EXPECT_EQ(32u, offsetof(sotto_opened_frame, counter));
  EXPECT_EQ(40u, offsetof(sotto_opened_frame, ratcheted));
  EXPECT_EQ(44u, offsetof(sotto_opened_frame, reserved));

  EXPECT_EQ(24u, sizeof(sotto_frame_facts));
  EXPECT_EQ(4u, offsetof(sotto_frame_facts, codec));
  EXPECT_EQ(8u, offsetof(sotto_frame_facts, key_frame));
  EXPECT_EQ(12u, offsetof(sotto_frame_facts, context));
  EXPECT_EQ(16u, offsetof(sotto_frame_facts, ssrc));
  EXPECT_EQ(20u, offsetof(sotto_frame_facts, rtp_timestamp));

  EXPECT_EQ(16u, sizeof(sotto_participant_options));
  EXPECT_EQ(4u, offsetof(sotto_participant_options, format));
  EXPECT_EQ(8u, offsetof(sotto_participant_options, suite));
  EXPECT_EQ(12u, offsetof(sotto_participant_options, key_256));
}

TEST(CLayout, NumbersMeanWhatTheyMeantInVersionOne) {
  const int statuses[] = {
      SOTTO_E_TRUNCATED,       SOTTO_E_MALFORMED,        SOTTO_E_UNSUPPORTED,
      SOTTO_E_TOO_LARGE,       SOTTO_E_BUFFER_TOO_SMALL, SOTTO_E_INVALID_ARGUMENT,
      SOTTO_E_UNAUTHENTICATED, SOTTO_E_UNKNOWN_KEY,      SOTTO_E_REPLAYED,
      SOTTO_E_EXHAUSTED,       SOTTO_E_WRONG_STATE,      SOTTO_E_NOT_FOUND,
      SOTTO_E_ALREADY_EXISTS,  SOTTO_E_EXPIRED,          SOTTO_E_TOO_OLD};
  for (int i = 0; i < 15; i++) EXPECT_EQ(-1 - i, statuses[i]);
  EXPECT_EQ(0, SOTTO_OK);
  EXPECT_EQ(-100, SOTTO_E_NO_MEMORY);
  EXPECT_EQ(-101, SOTTO_E_INTERNAL);
  const int codecs[] = {SOTTO_CODEC_OPUS, SOTTO_CODEC_VP8,  SOTTO_CODEC_VP9,
                        SOTTO_CODEC_AV1,  SOTTO_CODEC_H264, SOTTO_CODEC_H265};
  for (int i = 0; i < 6; i++) EXPECT_EQ(i + 1, codecs[i]);
  const int formats[] = {SOTTO_FORMAT_SOTTO, SOTTO_FORMAT_LIVEKIT, SOTTO_FORMAT_JFRAME,
                         SOTTO_FORMAT_DAVE};
  for (int i = 0; i < 4; i++) EXPECT_EQ(i, formats[i]);
  EXPECT_EQ(0, SOTTO_KEY_RAW);
  EXPECT_EQ(1, SOTTO_KEY_PASSPHRASE);
  EXPECT_EQ(2, SOTTO_KEY_STRETCHED);
  EXPECT_EQ(40, SOTTO_MESSAGE_OVERHEAD);
  EXPECT_EQ(32, SOTTO_LINK_SECRET_SIZE);
  EXPECT_EQ(std::size_t{16} << 20, SOTTO_MAX_FRAME_SIZE);
}

TEST(CLayout, OfGroupsIsThatOfVersionOne) {
  EXPECT_EQ(80u, sizeof(sotto_group_options));
  EXPECT_EQ(4u, offsetof(sotto_group_options, mls_suite));
  EXPECT_EQ(8u, offsetof(sotto_group_options, room));
  EXPECT_EQ(16u, offsetof(sotto_group_options, link));
  EXPECT_EQ(24u, offsetof(sotto_group_options, name));
  EXPECT_EQ(32u, offsetof(sotto_group_options, endpoint));
  EXPECT_EQ(40u, offsetof(sotto_group_options, identity));
  EXPECT_EQ(48u, offsetof(sotto_group_options, lock_path));
  EXPECT_EQ(56u, offsetof(sotto_group_options, publishes));
  EXPECT_EQ(60u, offsetof(sotto_group_options, join_policy));
  EXPECT_EQ(64u, offsetof(sotto_group_options, media_in_clear));
  EXPECT_EQ(68u, offsetof(sotto_group_options, encrypted_for_good));
  EXPECT_EQ(72u, offsetof(sotto_group_options, frame_suite));
  EXPECT_EQ(76u, offsetof(sotto_group_options, reserved));

  EXPECT_EQ(40u, sizeof(sotto_group_message));
  EXPECT_EQ(4u, offsetof(sotto_group_message, kind));
  EXPECT_EQ(8u, offsetof(sotto_group_message, addressees));
  EXPECT_EQ(16u, offsetof(sotto_group_message, addressee_count));
  EXPECT_EQ(24u, offsetof(sotto_group_message, bytes));
  EXPECT_EQ(32u, offsetof(sotto_group_message, size));

  EXPECT_EQ(88u, sizeof(sotto_group_member));
  EXPECT_EQ(4u, offsetof(sotto_group_member, leaf));
  EXPECT_EQ(8u, offsetof(sotto_group_member, self));
  EXPECT_EQ(12u, offsetof(sotto_group_member, moderator));
  EXPECT_EQ(16u, offsetof(sotto_group_member, caught_up));
  EXPECT_EQ(20u, offsetof(sotto_group_member, reachability));
  EXPECT_EQ(24u, offsetof(sotto_group_member, standing));
  EXPECT_EQ(28u, offsetof(sotto_group_member, marks));
  EXPECT_EQ(32u, offsetof(sotto_group_member, identity_key));
  EXPECT_EQ(64u, offsetof(sotto_group_member, name));
  EXPECT_EQ(72u, offsetof(sotto_group_member, name_size));
  EXPECT_EQ(80u, offsetof(sotto_group_member, endpoint));

  EXPECT_EQ(112u, sizeof(sotto_group_event));
  EXPECT_EQ(4u, offsetof(sotto_group_event, type));
  EXPECT_EQ(8u, offsetof(sotto_group_event, leaf));
  EXPECT_EQ(12u, offsetof(sotto_group_event, by));
  EXPECT_EQ(16u, offsetof(sotto_group_event, value));
  EXPECT_EQ(20u, offsetof(sotto_group_event, number));
  EXPECT_EQ(24u, offsetof(sotto_group_event, flags));
  EXPECT_EQ(28u, offsetof(sotto_group_event, leaf_count));
  EXPECT_EQ(32u, offsetof(sotto_group_event, leaves));
  EXPECT_EQ(40u, offsetof(sotto_group_event, member));
  EXPECT_EQ(48u, offsetof(sotto_group_event, name));
  EXPECT_EQ(56u, offsetof(sotto_group_event, name_size));
  EXPECT_EQ(64u, offsetof(sotto_group_event, text));
  EXPECT_EQ(72u, offsetof(sotto_group_event, text_size));
  EXPECT_EQ(80u, offsetof(sotto_group_event, bytes));
  EXPECT_EQ(88u, offsetof(sotto_group_event, bytes_size));
  EXPECT_EQ(96u, offsetof(sotto_group_event, endpoint));
  EXPECT_EQ(104u, offsetof(sotto_group_event, identity_key));

  EXPECT_EQ(64u, sizeof(sotto_group_frame));
  EXPECT_EQ(4u, offsetof(sotto_group_frame, key_frame));
  EXPECT_EQ(8u, offsetof(sotto_group_frame, leaf));
  EXPECT_EQ(12u, offsetof(sotto_group_frame, context));
  EXPECT_EQ(16u, offsetof(sotto_group_frame, epoch));
  EXPECT_EQ(24u, offsetof(sotto_group_frame, counter));
  EXPECT_EQ(32u, offsetof(sotto_group_frame, stream));
  EXPECT_EQ(40u, offsetof(sotto_group_frame, frame));
  EXPECT_EQ(48u, offsetof(sotto_group_frame, frame_size));
  EXPECT_EQ(56u, offsetof(sotto_group_frame, lags));
  EXPECT_EQ(60u, offsetof(sotto_group_frame, reserved));
}

TEST(CLayout, NumbersOfGroupsMeanWhatTheyMeantInVersionOne) {
  const int messages[] = {SOTTO_GROUP_HANDSHAKE, SOTTO_GROUP_KEY_PACKAGE, SOTTO_GROUP_WELCOME,
                          SOTTO_GROUP_APPLICATION};
  for (int i = 0; i < 4; i++) EXPECT_EQ(i + 1, messages[i]);
  const int policies[] = {SOTTO_GROUP_OPEN, SOTTO_GROUP_KNOCK, SOTTO_GROUP_LOCKED};
  for (int i = 0; i < 3; i++) EXPECT_EQ(i, policies[i]);
  const int states[] = {SOTTO_GROUP_NEW,       SOTTO_GROUP_JOINING, SOTTO_GROUP_IN,
                        SOTTO_GROUP_REJOINING, SOTTO_GROUP_LEAVING, SOTTO_GROUP_OVER,
                        SOTTO_GROUP_RESTORING};
  for (int i = 0; i < 7; i++) EXPECT_EQ(i, states[i]);
  const int marks[] = {SOTTO_GROUP_PUBLISHES, SOTTO_GROUP_MICROPHONE_MUTED, SOTTO_GROUP_CAMERA_OFF,
                       SOTTO_GROUP_HAND_RAISED};
  for (int i = 0; i < 4; i++) EXPECT_EQ(1 << i, marks[i]);
  const int there[] = {SOTTO_GROUP_UNCONFIRMED, SOTTO_GROUP_PRESENT, SOTTO_GROUP_UNREACHABLE};
  for (int i = 0; i < 3; i++) EXPECT_EQ(i, there[i]);
  const int standings[] = {SOTTO_GROUP_UNMET, SOTTO_GROUP_PINNED, SOTTO_GROUP_VERIFIED,
                           SOTTO_GROUP_CHANGED};
  for (int i = 0; i < 4; i++) EXPECT_EQ(i, standings[i]);
  const int events[] = {SOTTO_GROUP_STATE_CHANGED,
                        SOTTO_GROUP_ENDED,
                        SOTTO_GROUP_MEMBER_CHANGED,
                        SOTTO_GROUP_MEMBER_GONE,
                        SOTTO_GROUP_REMOVALS_PENDING,
                        SOTTO_GROUP_CHAT,
                        SOTTO_GROUP_CHAT_DELIVERED,
                        SOTTO_GROUP_REACTION,
                        SOTTO_GROUP_DIRECT_CALL,
                        SOTTO_GROUP_LINK_CHANGED,
                        SOTTO_GROUP_ROOM_CHANGED,
                        SOTTO_GROUP_JOIN_REQUESTED,
                        SOTTO_GROUP_JOIN_WITHDRAWN,
                        SOTTO_GROUP_CODE_SHOWN,
                        SOTTO_GROUP_HEARD,
                        SOTTO_GROUP_ERROR,
                        SOTTO_GROUP_CHAT_HELD_BACK,
                        SOTTO_GROUP_APART,
                        SOTTO_GROUP_ANSWERED};
  for (int i = 0; i < 19; i++) EXPECT_EQ(i + 1, events[i]);
  const int answers[] = {SOTTO_GROUP_NO_ANSWER, SOTTO_GROUP_MODERATOR_ASKED,
                         SOTTO_GROUP_ROOM_LOCKED};
  for (int i = 0; i < 3; i++) EXPECT_EQ(i, answers[i]);
  EXPECT_EQ(16, SOTTO_GROUP_ENDPOINT_SIZE);
  EXPECT_EQ(32, SOTTO_GROUP_IDENTITY_SIZE);
  EXPECT_EQ(32, SOTTO_GROUP_KEY_SIZE);
  EXPECT_EQ(16, SOTTO_GROUP_AGREEMENT_SIZE);
  EXPECT_EQ(7, SOTTO_GROUP_CODE_SIZE);
}

}  // namespace
}  // namespace sotto
