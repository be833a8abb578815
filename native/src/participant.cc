// Participants: one sender of an app that hands out keys itself.
#include "compat/formats.h"
#include "crypto/init.h"
#include "handles.h"

namespace sotto::abi {
namespace {

static_assert(SOTTO_FORMAT_SOTTO == static_cast<int>(FrameFormat::kSotto));
static_assert(SOTTO_FORMAT_DAVE == static_cast<int>(FrameFormat::kDave));
static_assert(SOTTO_KEY_PASSPHRASE == static_cast<int>(KeyKind::kPassphrase));
static_assert(SOTTO_KEY_STRETCHED == static_cast<int>(KeyKind::kStretched));
static_assert(SOTTO_SUITE_CHACHA20_POLY1305_SHA256 == static_cast<int>(kSottoSuite));
static_assert(SOTTO_SUITE_AES_256_CTR_HMAC_SHA512_32 ==
              static_cast<int>(CipherSuite::kAes256CtrHmacSha512_32));

constexpr std::uint32_t kLastContext = 15;

Result<FrameFormat> to_format(std::uint32_t number) {
  if (number > SOTTO_FORMAT_DAVE) return fail(Error::kUnsupported);
  return static_cast<FrameFormat>(number);
}

Result<KeyKind> to_kind(std::uint32_t number) {
  if (number > SOTTO_KEY_STRETCHED) return fail(Error::kInvalidArgument);
  return static_cast<KeyKind>(number);
}

Result<ParticipantOptions> to_options(const sotto_participant_options& theirs) {
  ParticipantOptions options;
  TRY(options.key_256, flag(theirs.key_256));
  if (theirs.suite != SOTTO_SUITE_DEFAULT) {
    if (theirs.format != SOTTO_FORMAT_SOTTO) return fail(Error::kInvalidArgument);
    if (theirs.suite > UINT16_MAX) return fail(Error::kUnsupported);
    options.suite = static_cast<CipherSuite>(theirs.suite);
    TRY_VOID(parameters(options.suite));
  }
  if (options.key_256 && theirs.format != SOTTO_FORMAT_LIVEKIT) {
    return fail(Error::kInvalidArgument);
  }
  return options;
}

Result<FrameFacts> to_facts(const sotto_frame_facts* theirs) {
  TRY_VOID(check_size(theirs));
  FrameFacts facts;
  TRY(facts.codec, to_codec(theirs->codec));
  TRY(facts.key_frame, flag(theirs->key_frame));
  if (theirs->context > kLastContext) return fail(Error::kInvalidArgument);
  facts.context = static_cast<std::uint8_t>(theirs->context);
  facts.ssrc = theirs->ssrc;
  facts.rtp_timestamp = theirs->rtp_timestamp;
  return facts;
}

// Runs `body` with the participant behind a handle.
template <typename Body>
sotto_status with(sotto_participant* handle, Body body) {
  return guarded([&]() -> Result<void> {
    if (handle == nullptr) return fail(Error::kInvalidArgument);
    return body(*handle->participant);
  });
}

}  // namespace
}  // namespace sotto::abi

using sotto::ByteView;
using sotto::Error;
using sotto::fail;
using sotto::MutableBytes;
using sotto::Participant;
using sotto::Result;
using sotto::abi::guarded;
using sotto::abi::with;

sotto_status sotto_participant_create(const sotto_participant_options* options,
                                      sotto_participant** participant) {
  return guarded([&]() -> Result<void> {
    if (participant == nullptr) return fail(Error::kInvalidArgument);
    *participant = nullptr;
    TRY_VOID(sotto::abi::check_size(options));
    TRY(const sotto::FrameFormat format, sotto::abi::to_format(options->format));
    TRY(const sotto::ParticipantOptions chosen, sotto::abi::to_options(*options));
    if (!sotto::initialize_crypto()) return fail(Error::kWrongState);
    auto handle = std::make_unique<sotto_participant>();
    TRY(handle->participant, sotto::make_participant(format, chosen, handle->random));
    *participant = handle.release();
    return {};
  });
}

void sotto_participant_destroy(sotto_participant* participant) {
  delete participant;
}

sotto_status sotto_participant_set_key(sotto_participant* participant, uint32_t index,
                                       uint32_t kind, const uint8_t* material, size_t material_size,
                                       int64_t now_us) {
  return with(participant, [&](Participant& inner) -> Result<void> {
    TRY(const sotto::KeyKind known, sotto::abi::to_kind(kind));
    TRY(const ByteView bytes, sotto::abi::input(material, material_size));
    return inner.set_key(index, known, bytes, participant->at(now_us));
  });
}

sotto_status sotto_participant_use_key(sotto_participant* participant, uint32_t index,
                                       int64_t now_us) {
  return with(participant,
              [&](Participant& inner) { return inner.use_key(index, participant->at(now_us)); });
}

sotto_status sotto_participant_ratchet(sotto_participant* participant, uint32_t index,
                                       int64_t now_us) {
  return with(participant,
              [&](Participant& inner) { return inner.ratchet(index, participant->at(now_us)); });
}

sotto_status sotto_participant_erase_key(sotto_participant* participant, uint32_t index) {
  return with(participant, [&](Participant& inner) -> Result<void> {
    if (!inner.erase_key(index)) return fail(Error::kNotFound);
    return {};
  });
}

sotto_status sotto_participant_expire(sotto_participant* participant, int64_t now_us) {
  return with(participant, [&](Participant& inner) -> Result<void> {
    inner.expire(participant->at(now_us));
    return {};
  });
}

size_t sotto_participant_max_sealed_size(const sotto_participant* participant, uint32_t codec,
                                         size_t plain_size) {
  const auto known = sotto::abi::to_codec(codec);
  if (participant == nullptr || !known || plain_size > SOTTO_MAX_FRAME_SIZE) return 0;
  return participant->participant->max_sealed_size(*known, plain_size);
}

sotto_status sotto_participant_seal(sotto_participant* participant, const sotto_frame_facts* facts,
                                    const uint8_t* frame, size_t frame_size, uint8_t* out,
                                    size_t out_size, size_t* written) {
  return with(participant, [&](Participant& inner) -> Result<void> {
    if (written == nullptr) return fail(Error::kInvalidArgument);
    *written = 0;
    TRY(const sotto::FrameFacts known, sotto::abi::to_facts(facts));
    TRY(const ByteView plain, sotto::abi::plain_frame(frame, frame_size));
    const auto size = [&]() -> Result<std::size_t> {
      return inner.max_sealed_size(known.codec, plain.size());
    };
    return sotto::abi::fill(plain, out, out_size, written, size,
                            [&](MutableBytes room) { return inner.seal(known, plain, room); });
  });
}

sotto_status sotto_participant_open(sotto_participant* participant, const sotto_frame_facts* facts,
                                    const uint8_t* wire, size_t wire_size, uint8_t* out,
                                    size_t out_size, int64_t now_us, sotto_opened_frame* opened) {
  return with(participant, [&](Participant& inner) -> Result<void> {
    TRY_VOID(sotto::abi::check_size(opened));
    TRY(const sotto::FrameFacts known, sotto::abi::to_facts(facts));
    TRY(const ByteView source, sotto::abi::input(wire, wire_size));
    TRY(const MutableBytes room, sotto::abi::output(out, out_size, source));
    if (source.size() > 2 * SOTTO_MAX_FRAME_SIZE) return fail(Error::kTooLarge);
    if (room.size() < source.size()) return fail(Error::kBufferTooSmall);
    TRY(const sotto::OpenedMedia media, inner.open(known, source, room, participant->at(now_us)));
    sotto_opened_frame given = {};
    given.key_frame = media.key_frame ? 1 : 0;
    given.frame = media.frame.data();
    given.frame_size = media.frame.size();
    given.kid = media.key_index;
    given.counter = media.counter;
    given.ratcheted = media.ratcheted ? 1 : 0;
    sotto::abi::give(given, opened);
    return {};
  });
}
