// What compiled programs rely on: sizes, offsets and numbers of version 1. A line here changes only
// together with SOTTO_E2EE_ABI_VERSION; new fields and constants get new lines.
#include <cstddef>

#include "native/c_interface.h"

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

}  // namespace
}  // namespace sotto
