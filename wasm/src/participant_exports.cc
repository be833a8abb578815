// The C face of a participant (e2ee/participant.h): keys that the app hands out. Conventions as in
// exports.cc. `now` is in milliseconds and never goes back; everything about one frame that its
// metadata tells comes as numbers.
#include <cstdint>

#include "browser_random.h"
#include "compat/formats.h"
#include "crypto/secret.h"
#include "exchange.h"

namespace sotto {
namespace {

BrowserRandom randomness;

// Of the frame last opened: whether the sender says that it is a key frame, and the index of the
// key that it has shown to be ratcheted, or -1.
bool key_frame_opened = false;
int ratcheted_index = -1;

Time at(double now) {
  return from_microseconds(static_cast<std::int64_t>(now * 1000));
}

Result<FrameFacts> facts_of(std::uint32_t codec, std::uint32_t key_frame, std::uint32_t context,
                            std::uint32_t ssrc, std::uint32_t rtp_timestamp) {
  FrameFacts facts;
  TRY(facts.codec, codec_from_number(static_cast<std::uint8_t>(codec)));
  facts.key_frame = key_frame != 0;
  facts.context = static_cast<std::uint8_t>(context);
  facts.ssrc = ssrc;
  facts.rtp_timestamp = rtp_timestamp;
  return facts;
}

}  // namespace

// Null for a format or suite that this module does not carry.
SOTTO_EXPORT Participant* sotto_participant_create(std::uint32_t format, std::uint32_t suite,
                                                   std::uint32_t key_256) {
  ParticipantOptions options;
  if (suite != 0) options.suite = static_cast<CipherSuite>(suite);
  options.key_256 = key_256 != 0;
  auto made = make_participant(static_cast<FrameFormat>(format), options, randomness);
  return made ? made->release() : nullptr;
}

SOTTO_EXPORT void sotto_participant_destroy(Participant* participant) {
  delete participant;
}

// Input: the key's `size` bytes, wiped here.
SOTTO_EXPORT int sotto_participant_set_key(Participant* participant, std::uint32_t index,
                                           std::uint32_t kind, std::uint32_t size, double now) {
  if (size > input.size()) return failure(Error::kInvalidArgument);
  MutableBytes material = input.first(size);
  auto result = participant->set_key(index, static_cast<KeyKind>(kind), material, at(now));
  wipe(material);
  return zero_or_failure(result);
}

SOTTO_EXPORT int sotto_participant_use_key(Participant* participant, std::uint32_t index,
                                           double now) {
  return zero_or_failure(participant->use_key(index, at(now)));
}

SOTTO_EXPORT int sotto_participant_ratchet(Participant* participant, std::uint32_t index,
                                           double now) {
  return zero_or_failure(participant->ratchet(index, at(now)));
}

// 1, or 0 when there was no key of this index.
SOTTO_EXPORT int sotto_participant_erase_key(Participant* participant, std::uint32_t index) {
  return participant->erase_key(index) ? 1 : 0;
}

SOTTO_EXPORT void sotto_participant_expire(Participant* participant, double now) {
  participant->expire(at(now));
}

// Input: an encoder's frame. Output: what goes on the wire.
SOTTO_EXPORT int sotto_participant_seal(Participant* participant, std::uint32_t codec,
                                        std::uint32_t key_frame, std::uint32_t context,
                                        std::uint32_t ssrc, std::uint32_t rtp_timestamp,
                                        std::uint32_t size) {
  auto facts = facts_of(codec, key_frame, context, ssrc, rtp_timestamp);
  if (!facts) return failure(facts.error());
  if (size > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(participant->max_sealed_size(facts->codec, size))) {
    return failure(Error::kTooLarge);
  }
  return size_or_failure(participant->seal(*facts, input.first(size), output.all()));
}

// Input: a frame off the wire. Returns the size of the encoder's frame; the address of its first
// byte is in sotto_opened_at.
SOTTO_EXPORT int sotto_participant_open(Participant* participant, std::uint32_t codec,
                                        std::uint32_t key_frame, std::uint32_t context,
                                        std::uint32_t ssrc, std::uint32_t rtp_timestamp,
                                        std::uint32_t size, double now) {
  auto facts = facts_of(codec, key_frame, context, ssrc, rtp_timestamp);
  if (!facts) return failure(facts.error());
  if (size > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(size)) return failure(Error::kTooLarge);
  auto opened = participant->open(*facts, input.first(size), output.first(size), at(now));
  if (!opened) return failure(opened.error());
  key_frame_opened = opened->key_frame;
  ratcheted_index = opened->ratcheted ? static_cast<int>(opened->key_index) : -1;
  output.set_result(opened->frame.data());
  return static_cast<int>(opened->frame.size());
}

SOTTO_EXPORT int sotto_participant_key_frame() {
  return key_frame_opened ? 1 : 0;
}

SOTTO_EXPORT int sotto_participant_ratcheted() {
  return ratcheted_index;
}

}  // namespace sotto
