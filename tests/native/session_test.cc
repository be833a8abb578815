#include <thread>

#include "native/c_interface.h"
#include "shared/captured_frames.h"

namespace sotto {
namespace {

const Bytes kFrame = {1, 2, 3, 4, 5, 6, 7, 8};

TEST(CSession, OpensWhatAnotherOfTheSameLinkSealedForEveryCapturedFrame) {
  const SessionHandle alice = make_session(), bob = make_session();
  const SealerHandle sealer = make_sealer(alice);
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(bob.get(), sotto_sealer_kid(sealer.get())));
  std::uint64_t count = 0;
  for_every_captured_frame([&](Codec codec, const CapturedFrame& frame) {
    const auto number = static_cast<std::uint32_t>(codec);
    const Sealed sealed = seal(sealer, number, frame.key_frame, frame.bytes);
    ASSERT_EQ(SOTTO_OK, sealed.status);
    const Opened opened = open(bob, number, sealed.wire);
    ASSERT_EQ(SOTTO_OK, opened.status) << sotto_status_text(opened.status);
    EXPECT_EQ(frame.bytes, opened.frame);
    EXPECT_EQ(frame.key_frame ? 1u : 0u, opened.facts.key_frame);
    EXPECT_EQ(sotto_sealer_kid(sealer.get()), opened.facts.kid);
    EXPECT_EQ(count++, opened.facts.counter);
  });
}

TEST(CSession, OpensNothingOfAnotherLinkRoomOrGeneration) {
  const SessionHandle alice = make_session();
  const SealerHandle sealer = make_sealer(alice);
  const Sealed sealed = seal(sealer, SOTTO_CODEC_VP8, true, kFrame);
  Bytes other_secret = kLinkSecret;
  other_secret[31] ^= 1;
  const SessionHandle strangers[] = {make_session(other_secret),
                                     make_session(kLinkSecret, "quiet-otters"),
                                     make_session(kLinkSecret, "quiet-otter", 1)};
  for (const SessionHandle& stranger : strangers) {
    EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(stranger, SOTTO_CODEC_VP8, sealed.wire).status);
    ASSERT_EQ(SOTTO_OK, sotto_session_announce(stranger.get(), sotto_sealer_kid(sealer.get())));
    EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, open(stranger, SOTTO_CODEC_VP8, sealed.wire).status);
  }
}

TEST(CSession, TellsEachCauseFromTheOthers) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  const std::uint64_t kid = sotto_sealer_kid(sealer.get());
  const Sealed sealed = seal(sealer, SOTTO_CODEC_VP9, false, kFrame);
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(session, SOTTO_CODEC_VP9, sealed.wire).status);
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), kid));
  EXPECT_EQ(SOTTO_OK, sotto_session_announce(session.get(), kid)) << "again is fine";

  for (std::size_t at = 10; at < sealed.wire.size(); at++) {
    Bytes altered = sealed.wire;
    altered[at] ^= 0x40;
    EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, open(session, SOTTO_CODEC_VP9, altered).status) << at;
  }
  EXPECT_EQ(SOTTO_E_TRUNCATED, open(session, SOTTO_CODEC_VP9, {}).status);
  EXPECT_EQ(SOTTO_E_WRONG_STATE, open(session, SOTTO_CODEC_OPUS, sealed.wire).status);
  EXPECT_EQ(SOTTO_E_UNSUPPORTED, open(session, 99, sealed.wire).status);
  const Sealed next = seal(sealer, SOTTO_CODEC_VP9, false, kFrame);
  EXPECT_EQ(SOTTO_OK, open(session, SOTTO_CODEC_VP9, next.wire).status);
  EXPECT_EQ(SOTTO_E_REPLAYED, open(session, SOTTO_CODEC_VP9, next.wire).status);
}

TEST(CSession, ForgetsWhoIsWithdrawnAndRemembersWhatTheyPlayed) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  const std::uint64_t kid = sotto_sealer_kid(sealer.get());
  const Sealed first = seal(sealer, SOTTO_CODEC_OPUS, false, kFrame);
  const Sealed second = seal(sealer, SOTTO_CODEC_OPUS, false, kFrame);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_session_withdraw(session.get(), kid));
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), kid));
  ASSERT_EQ(SOTTO_OK, open(session, SOTTO_CODEC_OPUS, first.wire).status);
  ASSERT_EQ(SOTTO_OK, sotto_session_withdraw(session.get(), kid));
  EXPECT_EQ(SOTTO_E_UNKNOWN_KEY, open(session, SOTTO_CODEC_OPUS, second.wire).status);
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), kid));
  EXPECT_EQ(SOTTO_E_REPLAYED, open(session, SOTTO_CODEC_OPUS, first.wire).status);
  EXPECT_EQ(SOTTO_OK, open(session, SOTTO_CODEC_OPUS, second.wire).status);
}

// A server can make everybody leave at once.
TEST(CSession, RemembersWhatAWholeRoomPlayed) {
  constexpr std::size_t kStreams = 2000;
  const SessionHandle session = make_session();
  std::vector<SealerHandle> sealers;
  std::vector<Sealed> played;
  for (std::size_t i = 0; i < kStreams; ++i) {
    sealers.push_back(make_sealer(session));
    ASSERT_EQ(SOTTO_OK,
              sotto_session_announce(session.get(), sotto_sealer_kid(sealers.back().get())));
    played.push_back(seal(sealers.back(), SOTTO_CODEC_OPUS, false, kFrame));
    ASSERT_EQ(SOTTO_OK, open(session, SOTTO_CODEC_OPUS, played.back().wire).status);
  }
  for (const SealerHandle& sealer : sealers) {
    ASSERT_EQ(SOTTO_OK, sotto_session_withdraw(session.get(), sotto_sealer_kid(sealer.get())));
  }
  for (std::size_t i = 0; i < kStreams; ++i) {
    ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), sotto_sealer_kid(sealers[i].get())));
    ASSERT_EQ(SOTTO_E_REPLAYED, open(session, SOTTO_CODEC_OPUS, played[i].wire).status) << i;
  }
}

TEST(CSession, SaysWhichKidAFrameClaims) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  for (const std::uint32_t codec : {SOTTO_CODEC_OPUS, SOTTO_CODEC_VP8, SOTTO_CODEC_AV1}) {
    const Sealed sealed = seal(sealer, codec, false, kFrame);
    Bytes room(sealed.wire.size());
    std::uint64_t kid = 0;
    ASSERT_EQ(SOTTO_OK, sotto_session_peek_kid(session.get(), codec, sealed.wire.data(),
                                               sealed.wire.size(), room.data(), room.size(), &kid));
    EXPECT_EQ(sotto_sealer_kid(sealer.get()), kid);
  }
}

TEST(CSession, SealsMessagesThatOnlyTheLinkOpensAndOnlyUnderTheirName) {
  const SessionHandle alice = make_session(), bob = make_session();
  const SessionHandle eve = make_session(Bytes(SOTTO_LINK_SECRET_SIZE, 8));
  const Bytes who = {'a'}, other = {'b'}, text = {'h', 'i'};
  Bytes sealed(text.size() + SOTTO_MESSAGE_OVERHEAD), plain(text.size());
  std::size_t written = 0;
  ASSERT_EQ(SOTTO_OK,
            sotto_session_seal_message(alice.get(), who.data(), 1, text.data(), text.size(),
                                       sealed.data(), sealed.size(), &written));
  EXPECT_EQ(sealed.size(), written);
  const auto open_as = [&](const SessionHandle& session, const Bytes& endpoint) {
    return sotto_session_open_message(session.get(), endpoint.data(), endpoint.size(),
                                      sealed.data(), sealed.size(), plain.data(), plain.size(),
                                      &written);
  };
  EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, open_as(eve, who));
  EXPECT_EQ(SOTTO_E_UNAUTHENTICATED, open_as(bob, other));
  EXPECT_EQ(0u, written);
  EXPECT_EQ(SOTTO_OK, open_as(bob, who));
  EXPECT_EQ(text.size(), written);
  EXPECT_EQ(text, plain);
  plain.clear();
  EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL, open_as(bob, who));
  EXPECT_EQ(text.size(), written) << "the size to come back with";
  EXPECT_EQ(SOTTO_E_TRUNCATED,
            sotto_session_open_message(bob.get(), who.data(), 1, sealed.data(),
                                       SOTTO_MESSAGE_OVERHEAD - 1, nullptr, 0, &written));
}

TEST(CSession, RefusesWhatIsNotALink) {
  const auto create = [](std::size_t size, const char* room) {
    sotto_session* session = reinterpret_cast<sotto_session*>(1);
    const sotto_status status = sotto_session_create(kLinkSecret.data(), size, room, 0, &session);
    EXPECT_EQ(nullptr, session);
    return status;
  };
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(31, "room"));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(0, "room"));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(32, ""));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(32, std::string(65, 'r').c_str()));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, create(32, nullptr));
  EXPECT_NE(nullptr, make_session(kLinkSecret, std::string(64, 'r').c_str()));
}

TEST(CSession, WorksWhileItsSealersRunInOtherThreads) {
  const SessionHandle session = make_session();
  std::vector<std::thread> threads;
  std::vector<std::vector<Bytes>> wires(4);
  std::vector<SealerHandle> sealers;
  for (std::size_t i = 0; i < wires.size(); i++) {
    sealers.push_back(make_sealer(session));
    ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), sotto_sealer_kid(sealers[i].get())));
  }
  for (std::size_t i = 0; i < wires.size(); i++) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 500; n++) {
        wires[i].push_back(seal(sealers[i], SOTTO_CODEC_OPUS, false, kFrame).wire);
      }
    });
  }
  const SealerHandle own = make_sealer(session);
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), sotto_sealer_kid(own.get())));
  for (int n = 0; n < 500; n++) {
    const Sealed sealed = seal(own, SOTTO_CODEC_OPUS, false, kFrame);
    EXPECT_EQ(SOTTO_OK, open(session, SOTTO_CODEC_OPUS, sealed.wire).status);
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& list : wires) {
    for (const Bytes& wire : list)
      EXPECT_EQ(SOTTO_OK, open(session, SOTTO_CODEC_OPUS, wire).status);
  }
}

}  // namespace
}  // namespace sotto
