#include "native/c_interface.h"
#include "shared/captured_frames.h"

namespace sotto {
namespace {

constexpr std::int64_t kNow = 1'000'000;
const Bytes kFrame = {0x30, 1, 0, 0x9d, 1, 0x2a, 8, 0, 8, 0, 5, 6, 7, 8, 9, 10};

struct Pair {
  ParticipantHandle sender, receiver;
};

Bytes key_for(std::uint32_t format) {
  return Bytes(format == SOTTO_FORMAT_DAVE ? 16 : 32, 9);
}

sotto_status set_key(const ParticipantHandle& participant, std::uint32_t index, const Bytes& key,
                     std::uint32_t kind = SOTTO_KEY_RAW) {
  return sotto_participant_set_key(participant.get(), index, kind, key.data(), key.size(), kNow);
}

Pair make_pair_with_key(std::uint32_t format, std::uint32_t suite = 0) {
  Pair pair = {make_participant_handle(format, suite), make_participant_handle(format, suite)};
  for (const ParticipantHandle* one : {&pair.sender, &pair.receiver}) {
    EXPECT_EQ(SOTTO_OK, set_key(*one, 1, key_for(format)));
  }
  EXPECT_EQ(SOTTO_OK, sotto_participant_use_key(pair.sender.get(), 1, kNow));
  return pair;
}

class EveryFormat : public testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(CParticipant, EveryFormat,
                         testing::Values(SOTTO_FORMAT_SOTTO, SOTTO_FORMAT_LIVEKIT,
                                         SOTTO_FORMAT_JFRAME, SOTTO_FORMAT_DAVE));

TEST_P(EveryFormat, GivesBackEveryCapturedFrameThatItCarries) {
  const Pair pair = make_pair_with_key(GetParam());
  std::size_t carried = 0;
  std::uint32_t timestamp = 0;
  for_every_captured_frame([&](Codec codec, const CapturedFrame& frame) {
    const sotto_frame_facts facts =
        facts_of(static_cast<std::uint32_t>(codec), frame.key_frame, timestamp += 3000);
    const Sealed sealed = seal(pair.sender, facts, frame.bytes);
    if (sealed.status == SOTTO_E_UNSUPPORTED) return;
    ASSERT_EQ(SOTTO_OK, sealed.status) << sotto_status_text(sealed.status);
    const Opened opened = open(pair.receiver, facts, sealed.wire);
    ASSERT_EQ(SOTTO_OK, opened.status) << sotto_status_text(opened.status);
    // DAVE changes AV1 on its way (compat/dave.h).
    if (GetParam() != SOTTO_FORMAT_DAVE || codec != Codec::kAv1) {
      EXPECT_EQ(frame.bytes, opened.frame);
    }
    carried++;
  });
  EXPECT_GT(carried, 3u);
}

TEST_P(EveryFormat, OpensNothingOfAnotherKey) {
  const Pair pair = make_pair_with_key(GetParam());
  const ParticipantHandle stranger = make_participant_handle(GetParam());
  const sotto_frame_facts facts = facts_of(SOTTO_CODEC_VP8, true);
  const Sealed sealed = seal(pair.sender, facts, kFrame);
  ASSERT_EQ(SOTTO_OK, sealed.status);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(stranger, facts, sealed.wire).status);
  Bytes other = key_for(GetParam());
  other.back() ^= 1;
  ASSERT_EQ(SOTTO_OK, set_key(stranger, 1, other));
  const sotto_status status = open(stranger, facts, sealed.wire).status;
  // Sotto's KID is derived from the key as well.
  EXPECT_TRUE(status == SOTTO_E_UNAUTHENTICATED || status == SOTTO_E_UNKNOWN_KEY) << status;
  EXPECT_EQ(SOTTO_OK, open(pair.receiver, facts, sealed.wire).status);
  EXPECT_EQ(SOTTO_E_REPLAYED, open(pair.receiver, facts, sealed.wire).status);
}

TEST_P(EveryFormat, SealsNothingWithoutAKeyAndForgetsAnErasedOne) {
  const ParticipantHandle empty = make_participant_handle(GetParam());
  const sotto_frame_facts facts = facts_of(SOTTO_CODEC_OPUS, false);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, seal(empty, facts, kFrame).status);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, sotto_participant_use_key(empty.get(), 1, kNow));
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_participant_erase_key(empty.get(), 1));
  const Pair pair = make_pair_with_key(GetParam());
  const Sealed sealed = seal(pair.sender, facts, kFrame);
  EXPECT_EQ(SOTTO_OK, sotto_participant_erase_key(pair.receiver.get(), 1));
  EXPECT_NE(SOTTO_OK, open(pair.receiver, facts, sealed.wire).status);
}

TEST_P(EveryFormat, SaysHowMuchRoomItNeeds) {
  const Pair pair = make_pair_with_key(GetParam());
  const sotto_frame_facts facts = facts_of(SOTTO_CODEC_VP8, true);
  std::size_t written = 0;
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL,
            sotto_participant_seal(pair.sender.get(), &facts, kFrame.data(), kFrame.size(), nullptr,
                                   0, &written));
  EXPECT_EQ(sotto_participant_max_sealed_size(pair.sender.get(), SOTTO_CODEC_VP8, kFrame.size()),
            written);
  Sealed sealed = seal(pair.sender, facts, kFrame);
  sotto_opened_frame opened = {};
  opened.struct_size = sizeof opened;
  Bytes out(sealed.wire.size() - 1);
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL,
            sotto_participant_open(pair.receiver.get(), &facts, sealed.wire.data(),
                                   sealed.wire.size(), out.data(), out.size(), kNow, &opened));
}

TEST_P(EveryFormat, TakesAnyClockThatACallerHas) {
  for (const std::int64_t now : {INT64_MIN, std::int64_t{-1}, std::int64_t{0}, INT64_MAX}) {
    const Pair pair = make_pair_with_key(GetParam());
    const sotto_frame_facts facts = facts_of(SOTTO_CODEC_OPUS, false);
    EXPECT_EQ(SOTTO_OK, sotto_participant_expire(pair.receiver.get(), now));
    EXPECT_EQ(SOTTO_OK,
              open(pair.receiver, facts, seal(pair.sender, facts, kFrame).wire, now).status);
  }
}

TEST(CParticipant, RatchetsSoThatReceiversFollow) {
  for (const std::uint32_t format :
       {SOTTO_FORMAT_SOTTO, SOTTO_FORMAT_LIVEKIT, SOTTO_FORMAT_JFRAME}) {
    const Pair pair = make_pair_with_key(format);
    const sotto_frame_facts facts = facts_of(SOTTO_CODEC_VP8, true);
    const sotto_frame_facts later = facts_of(SOTTO_CODEC_VP8, true, 93'000);
    EXPECT_EQ(0u,
              open(pair.receiver, facts, seal(pair.sender, facts, kFrame).wire).facts.ratcheted);
    ASSERT_EQ(SOTTO_OK, sotto_participant_ratchet(pair.sender.get(), 1, kNow));
    const Opened opened = open(pair.receiver, later, seal(pair.sender, later, kFrame).wire);
    EXPECT_EQ(SOTTO_OK, opened.status) << format;
    EXPECT_EQ(1u, opened.facts.ratcheted) << format;
    EXPECT_EQ(1u, opened.facts.kid) << "the key's index";
    EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, sotto_participant_ratchet(pair.sender.get(), 2, kNow));
  }
  const Pair dave = make_pair_with_key(SOTTO_FORMAT_DAVE);
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, sotto_participant_ratchet(dave.sender.get(), 1, kNow));
}

TEST(CParticipant, TakesWhatAPassphraseBecameElsewhere) {
  const Bytes words = {'s', 'i', 'x', ' ', 'w', 'o', 'r', 'd', 's'};
  // PBKDF2 of these words as docs/sframe-profile.md says, by another implementation.
  const Bytes stretched = {0xd5, 0x94, 0x4b, 0x66, 0xe6, 0x06, 0x33, 0x24, 0xcf, 0x3b, 0x89,
                           0xad, 0xe0, 0xa4, 0x9f, 0x1d, 0x9b, 0xdd, 0x02, 0x16, 0x4f, 0xcf,
                           0xb6, 0xe7, 0x7e, 0x83, 0xf2, 0x9c, 0x2c, 0x1d, 0xe3, 0xba};
  const ParticipantHandle sender = make_participant_handle(SOTTO_FORMAT_SOTTO);
  const ParticipantHandle receiver = make_participant_handle(SOTTO_FORMAT_SOTTO);
  ASSERT_EQ(SOTTO_OK, set_key(sender, 0, stretched, SOTTO_KEY_STRETCHED));
  ASSERT_EQ(SOTTO_OK, set_key(receiver, 0, words, SOTTO_KEY_PASSPHRASE));
  ASSERT_EQ(SOTTO_OK, sotto_participant_use_key(sender.get(), 0, kNow));
  const sotto_frame_facts facts = facts_of(SOTTO_CODEC_VP8, true);
  const Opened opened = open(receiver, facts, seal(sender, facts, kFrame).wire);
  ASSERT_EQ(SOTTO_OK, opened.status) << sotto_status_text(opened.status);
  EXPECT_EQ(kFrame, opened.frame);
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_participant_ratchet(sender.get(), 0, kNow));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, set_key(sender, 1, stretched, 3));
}

TEST(CParticipant, NeverRatchetsAPassphraseOfSottoAndRefusesItWhereThereIsNone) {
  const Bytes words = {'w', 'o', 'r', 'd', 's'};
  const ParticipantHandle sotto = make_participant_handle(SOTTO_FORMAT_SOTTO);
  ASSERT_EQ(SOTTO_OK, set_key(sotto, 0, words, SOTTO_KEY_PASSPHRASE));
  ASSERT_EQ(SOTTO_OK, sotto_participant_use_key(sotto.get(), 0, kNow));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_participant_ratchet(sotto.get(), 0, kNow));
  for (const std::uint32_t format : {SOTTO_FORMAT_JFRAME, SOTTO_FORMAT_DAVE}) {
    EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT,
              set_key(make_participant_handle(format), 0, words, SOTTO_KEY_PASSPHRASE));
  }
}

TEST(CParticipant, TellsAKeyFrameByTheSendersWordWhateverTheServerSays) {
  const Pair pair = make_pair_with_key(SOTTO_FORMAT_SOTTO);
  const sotto_frame_facts sent = facts_of(SOTTO_CODEC_VP8, true);
  const sotto_frame_facts claimed = facts_of(SOTTO_CODEC_VP8, false);
  EXPECT_EQ(1u, open(pair.receiver, claimed, seal(pair.sender, sent, kFrame).wire).facts.key_frame);
  EXPECT_EQ(0u, open(pair.receiver, sent, seal(pair.sender, claimed, kFrame).wire).facts.key_frame);
}

TEST(CParticipant, HasEverySuite) {
  for (const std::uint32_t suite : {1, 2, 3, 4, 5, 6, 7, 8, 0xF001}) {
    const Pair pair = make_pair_with_key(SOTTO_FORMAT_SOTTO, suite);
    const sotto_frame_facts facts = facts_of(SOTTO_CODEC_VP9, false);
    EXPECT_EQ(kFrame, open(pair.receiver, facts, seal(pair.sender, facts, kFrame).wire).frame);
  }
}

TEST(CParticipant, RefusesOptionsThatContradictEachOther) {
  const auto create = [](std::uint32_t format, std::uint32_t suite, std::uint32_t key_256) {
    const sotto_participant_options options = {sizeof options, format, suite, key_256};
    sotto_participant* participant = reinterpret_cast<sotto_participant*>(1);
    const sotto_status status = sotto_participant_create(&options, &participant);
    EXPECT_EQ(status == SOTTO_OK, participant != nullptr);
    sotto_participant_destroy(participant);
    return status;
  };
  EXPECT_EQ(SOTTO_OK, create(SOTTO_FORMAT_LIVEKIT, 0, 1));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, create(4, 0, 0));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, create(SOTTO_FORMAT_SOTTO, 9, 0));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, create(SOTTO_FORMAT_SOTTO, 0x10001, 0));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(SOTTO_FORMAT_DAVE, 4, 0));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(SOTTO_FORMAT_SOTTO, 0, 1));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(SOTTO_FORMAT_LIVEKIT, 0, 2));
}

}  // namespace
}  // namespace sotto
