// Callers' mistakes are errors, never crashes: the whole interface under NULL, overlaps, and
// structs of a size that nobody has.
#include <cstring>

#include "native/c_interface.h"

namespace sotto {
namespace {

constexpr sotto_status kRefused = SOTTO_E_INVALID_ARGUMENT;
std::uint8_t bytes[64] = {};
std::size_t written = 0;

TEST(CMisuse, NullHandlesAreRefused) {
  sotto_sealer* sealer = nullptr;
  std::uint64_t kid = 0;
  sotto_opened_frame opened = {};
  opened.struct_size = sizeof opened;
  const sotto_frame_facts facts = facts_of(SOTTO_CODEC_OPUS, false);
  EXPECT_EQ(kRefused, sotto_session_announce(nullptr, 1));
  EXPECT_EQ(kRefused, sotto_session_withdraw(nullptr, 1));
  EXPECT_EQ(kRefused, sotto_session_open(nullptr, 1, bytes, 20, bytes + 32, 20, &opened));
  EXPECT_EQ(kRefused, sotto_session_peek_kid(nullptr, 1, bytes, 20, bytes + 32, 20, &kid));
  EXPECT_EQ(kRefused,
            sotto_session_seal_message(nullptr, bytes, 1, bytes, 1, bytes + 8, 50, &written));
  EXPECT_EQ(kRefused,
            sotto_session_open_message(nullptr, bytes, 1, bytes, 48, bytes + 48, 8, &written));
  EXPECT_EQ(kRefused, sotto_sealer_create(nullptr, &sealer));
  EXPECT_EQ(0u, sotto_sealer_kid(nullptr));
  EXPECT_EQ(kRefused, sotto_sealer_set_packetization_mode(nullptr, 0));
  EXPECT_EQ(kRefused, sotto_sealer_seal(nullptr, 1, 0, bytes, 8, bytes + 8, 56, &written));
  EXPECT_EQ(kRefused, sotto_participant_set_key(nullptr, 0, 0, bytes, 32, 0));
  EXPECT_EQ(kRefused, sotto_participant_use_key(nullptr, 0, 0));
  EXPECT_EQ(kRefused, sotto_participant_ratchet(nullptr, 0, 0));
  EXPECT_EQ(kRefused, sotto_participant_erase_key(nullptr, 0));
  EXPECT_EQ(kRefused, sotto_participant_expire(nullptr, 0));
  EXPECT_EQ(0u, sotto_participant_max_sealed_size(nullptr, 1, 1));
  EXPECT_EQ(kRefused, sotto_participant_seal(nullptr, &facts, bytes, 8, bytes + 8, 56, &written));
  EXPECT_EQ(kRefused,
            sotto_participant_open(nullptr, &facts, bytes, 20, bytes + 32, 20, 0, &opened));
  sotto_session_destroy(nullptr);
  sotto_sealer_destroy(nullptr);
  sotto_participant_destroy(nullptr);
}

TEST(CMisuse, NullResultsAreRefused) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  const ParticipantHandle participant = make_participant_handle(SOTTO_FORMAT_SOTTO);
  const sotto_frame_facts facts = facts_of(SOTTO_CODEC_OPUS, false);
  const sotto_participant_options options = {sizeof options, 0, 0, 0};
  EXPECT_EQ(kRefused, sotto_session_create(kLinkSecret.data(), 32, "room", 0, nullptr));
  EXPECT_EQ(kRefused, sotto_sealer_create(session.get(), nullptr));
  EXPECT_EQ(kRefused, sotto_participant_create(&options, nullptr));
  EXPECT_EQ(kRefused, sotto_session_open(session.get(), 1, bytes, 20, bytes + 32, 20, nullptr));
  EXPECT_EQ(kRefused, sotto_session_peek_kid(session.get(), 1, bytes, 20, bytes + 32, 20, nullptr));
  EXPECT_EQ(kRefused,
            sotto_session_seal_message(session.get(), bytes, 1, bytes, 1, bytes + 8, 50, nullptr));
  EXPECT_EQ(kRefused, sotto_sealer_seal(sealer.get(), 1, 0, bytes, 8, bytes + 8, 56, nullptr));
  EXPECT_EQ(kRefused,
            sotto_participant_seal(participant.get(), &facts, bytes, 8, bytes + 8, 56, nullptr));
  EXPECT_EQ(kRefused, sotto_participant_open(participant.get(), &facts, bytes, 20, bytes + 32, 20,
                                             0, nullptr));
}

TEST(CMisuse, NullBytesWithASizeAreRefused) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  const ParticipantHandle participant = make_participant_handle(SOTTO_FORMAT_SOTTO);
  sotto_opened_frame opened = {};
  opened.struct_size = sizeof opened;
  sotto_session* made = nullptr;
  EXPECT_EQ(kRefused, sotto_session_create(nullptr, 32, "room", 0, &made));
  EXPECT_EQ(kRefused, sotto_session_open(session.get(), 1, nullptr, 20, bytes, 20, &opened));
  EXPECT_EQ(kRefused, sotto_session_open(session.get(), 1, bytes, 20, nullptr, 20, &opened));
  EXPECT_EQ(kRefused, sotto_sealer_seal(sealer.get(), 1, 0, nullptr, 8, bytes, 64, &written));
  EXPECT_EQ(kRefused, sotto_sealer_seal(sealer.get(), 1, 0, bytes, SIZE_MAX, bytes, 64, &written));
  EXPECT_EQ(kRefused, sotto_session_seal_message(session.get(), nullptr, 1, bytes, 1, bytes + 8, 50,
                                                 &written));
  EXPECT_EQ(kRefused, sotto_session_seal_message(session.get(), bytes, 256, bytes, 1, bytes + 8, 50,
                                                 &written));
  EXPECT_EQ(kRefused,
            sotto_participant_set_key(participant.get(), 0, SOTTO_KEY_RAW, nullptr, 32, 0));
}

TEST(CMisuse, OverlappingBuffersAreRefused) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  Bytes buffer(400);
  for (const std::size_t at : {0, 1, 99}) {
    EXPECT_EQ(kRefused, sotto_sealer_seal(sealer.get(), SOTTO_CODEC_OPUS, 0, buffer.data(), 100,
                                          buffer.data() + at, 200, &written));
  }
  EXPECT_EQ(SOTTO_OK, sotto_sealer_seal(sealer.get(), SOTTO_CODEC_OPUS, 0, buffer.data(), 100,
                                        buffer.data() + 100, 200, &written))
      << "side by side is fine";
  EXPECT_EQ(kRefused,
            sotto_session_seal_message(session.get(), buffer.data() + 50, 8, buffer.data(), 10,
                                       buffer.data() + 10, 100, &written))
      << "the endpoint lies in the output";
}

TEST(CMisuse, StructsOfAnUnknownSizeAreRefusedAndNewerOnesFilledWithZeros) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), sotto_sealer_kid(sealer.get())));
  const Bytes wire = seal(sealer, SOTTO_CODEC_OPUS, false, {1, 2, 3}).wire;
  Bytes out(wire.size());
  struct Newer {
    sotto_opened_frame known;
    std::uint64_t unknown;
  } newer;
  const auto open_with = [&](std::uint32_t size) {
    std::memset(&newer, 0xcc, sizeof newer);
    newer.known.struct_size = size;
    return sotto_session_open(session.get(), SOTTO_CODEC_OPUS, wire.data(), wire.size(), out.data(),
                              out.size(), &newer.known);
  };
  for (const std::uint32_t size :
       {0u, 4u, std::uint32_t{sizeof(sotto_opened_frame)} - 1, 4097u, UINT32_MAX}) {
    EXPECT_EQ(kRefused, open_with(size)) << size;
    EXPECT_EQ(0xccccccccccccccccu, newer.unknown);
  }
  EXPECT_EQ(SOTTO_OK, open_with(sizeof newer));
  EXPECT_EQ(0u, newer.unknown);
  EXPECT_EQ(3u, newer.known.frame_size);
  EXPECT_EQ(sizeof newer, newer.known.struct_size);
}

TEST(CMisuse, NumbersThatMeanNothingAreRefused) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  const ParticipantHandle participant = make_participant_handle(SOTTO_FORMAT_SOTTO);
  EXPECT_EQ(kRefused, sotto_sealer_seal(sealer.get(), 1, 2, bytes, 8, bytes + 8, 56, &written));
  EXPECT_EQ(SOTTO_E_UNSUPPORTED,
            sotto_sealer_seal(sealer.get(), 0, 0, bytes, 8, bytes + 8, 56, &written));
  EXPECT_EQ(kRefused, sotto_participant_set_key(participant.get(), 0, 3, bytes, 32, 0));
  EXPECT_EQ(kRefused, sotto_participant_set_key(participant.get(), UINT32_MAX, 0, bytes, 32, 0));
  sotto_frame_facts facts = facts_of(SOTTO_CODEC_OPUS, false);
  const auto seal_with = [&](const sotto_frame_facts& given) {
    return sotto_participant_seal(participant.get(), &given, bytes, 8, bytes + 8, 56, &written);
  };
  facts.context = 16;
  EXPECT_EQ(kRefused, seal_with(facts));
  facts = facts_of(SOTTO_CODEC_OPUS, false);
  facts.key_frame = 2;
  EXPECT_EQ(kRefused, seal_with(facts));
  facts = facts_of(256 + SOTTO_CODEC_OPUS, false);
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, seal_with(facts));
  facts.struct_size = 0;
  EXPECT_EQ(kRefused, seal_with(facts));
  EXPECT_EQ(kRefused,
            sotto_participant_seal(participant.get(), nullptr, bytes, 8, bytes + 8, 56, &written));
}

}  // namespace
}  // namespace sotto
