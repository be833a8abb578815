// What tests of the C interface share: handles that end themselves, and calls that give vectors.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sotto_e2ee.h"

namespace sotto {

using Bytes = std::vector<std::uint8_t>;

struct Destroy {
  void operator()(sotto_session* handle) const { sotto_session_destroy(handle); }
  void operator()(sotto_sealer* handle) const { sotto_sealer_destroy(handle); }
  void operator()(sotto_participant* handle) const { sotto_participant_destroy(handle); }
};
using SessionHandle = std::unique_ptr<sotto_session, Destroy>;
using SealerHandle = std::unique_ptr<sotto_sealer, Destroy>;
using ParticipantHandle = std::unique_ptr<sotto_participant, Destroy>;

inline const Bytes kLinkSecret(SOTTO_LINK_SECRET_SIZE, 7);

inline SessionHandle make_session(const Bytes& secret = kLinkSecret,
                                  const char* room = "quiet-otter", std::uint32_t generation = 0) {
  sotto_session* session = nullptr;
  EXPECT_EQ(SOTTO_OK,
            sotto_session_create(secret.data(), secret.size(), room, generation, &session));
  return SessionHandle(session);
}

inline SealerHandle make_sealer(const SessionHandle& session) {
  sotto_sealer* sealer = nullptr;
  EXPECT_EQ(SOTTO_OK, sotto_sealer_create(session.get(), &sealer));
  return SealerHandle(sealer);
}

inline ParticipantHandle make_participant_handle(std::uint32_t format, std::uint32_t suite = 0) {
  sotto_participant_options options = {};
  options.struct_size = sizeof options;
  options.format = format;
  options.suite = suite;
  sotto_participant* participant = nullptr;
  EXPECT_EQ(SOTTO_OK, sotto_participant_create(&options, &participant)) << format << " " << suite;
  return ParticipantHandle(participant);
}

// A frame sealed, or the status that told why not.
struct Sealed {
  sotto_status status = SOTTO_E_INTERNAL;
  Bytes wire;
};

inline Sealed seal(const SealerHandle& sealer, std::uint32_t codec, bool key_frame,
                   const Bytes& frame) {
  Sealed sealed;
  sealed.wire.resize(sotto_sealer_max_sealed_size(sealer.get(), codec, frame.size()));
  std::size_t written = 0;
  sealed.status = sotto_sealer_seal(sealer.get(), codec, key_frame ? 1 : 0, frame.data(),
                                    frame.size(), sealed.wire.data(), sealed.wire.size(), &written);
  sealed.wire.resize(written);
  return sealed;
}

struct Opened {
  sotto_status status = SOTTO_E_INTERNAL;
  Bytes frame;
  sotto_opened_frame facts = {};
};

template <typename Call>
Opened opened_by(std::size_t wire_size, Call call) {
  Opened opened;
  Bytes out(wire_size);
  opened.facts.struct_size = sizeof opened.facts;
  opened.status = call(out, &opened.facts);
  if (opened.status == SOTTO_OK) {
    opened.frame.assign(opened.facts.frame, opened.facts.frame + opened.facts.frame_size);
  }
  return opened;
}

inline Opened open(const SessionHandle& session, std::uint32_t codec, const Bytes& wire) {
  return opened_by(wire.size(), [&](Bytes& out, sotto_opened_frame* facts) {
    return sotto_session_open(session.get(), codec, wire.data(), wire.size(), out.data(),
                              out.size(), facts);
  });
}

inline sotto_frame_facts facts_of(std::uint32_t codec, bool key_frame,
                                  std::uint32_t timestamp = 90'000) {
  sotto_frame_facts facts = {};
  facts.struct_size = sizeof facts;
  facts.codec = codec;
  facts.key_frame = key_frame ? 1 : 0;
  facts.context = codec == SOTTO_CODEC_OPUS ? 0 : 1;
  facts.ssrc = 0x50770;
  facts.rtp_timestamp = timestamp;
  return facts;
}

inline Sealed seal(const ParticipantHandle& sender, const sotto_frame_facts& facts,
                   const Bytes& frame) {
  Sealed sealed;
  sealed.wire.resize(sotto_participant_max_sealed_size(sender.get(), facts.codec, frame.size()));
  std::size_t written = 0;
  sealed.status = sotto_participant_seal(sender.get(), &facts, frame.data(), frame.size(),
                                         sealed.wire.data(), sealed.wire.size(), &written);
  sealed.wire.resize(written);
  return sealed;
}

inline Opened open(const ParticipantHandle& sender, const sotto_frame_facts& facts,
                   const Bytes& wire, std::int64_t now_us = 1'000'000) {
  return opened_by(wire.size(), [&](Bytes& out, sotto_opened_frame* opened) {
    return sotto_participant_open(sender.get(), &facts, wire.data(), wire.size(), out.data(),
                                  out.size(), now_us, opened);
  });
}

}  // namespace sotto
