#include <set>

#include "native/c_interface.h"

namespace sotto {
namespace {

const Bytes kFrame(1200, 0x5a);

TEST(CSealer, SaysHowMuchRoomItNeeds) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  for (std::uint32_t codec = SOTTO_CODEC_OPUS; codec <= SOTTO_CODEC_AV1; codec++) {
    const std::size_t needed = sotto_sealer_max_sealed_size(sealer.get(), codec, kFrame.size());
    ASSERT_GT(needed, kFrame.size());
    Bytes out(needed - 1, 0xcc);
    std::size_t written = 1;
    EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL,
              sotto_sealer_seal(sealer.get(), codec, 0, kFrame.data(), kFrame.size(), out.data(),
                                out.size(), &written));
    EXPECT_EQ(needed, written);
    EXPECT_EQ(Bytes(needed - 1, 0xcc), out);
    EXPECT_EQ(SOTTO_E_BUFFER_TOO_SMALL, sotto_sealer_seal(sealer.get(), codec, 0, kFrame.data(),
                                                          kFrame.size(), nullptr, 0, &written))
        << "a query";
    EXPECT_EQ(SOTTO_OK, seal(sealer, codec, false, kFrame).status);
  }
}

TEST(CSealer, KnowsNoRoomForWhatItCannotSeal) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  EXPECT_EQ(0u, sotto_sealer_max_sealed_size(nullptr, SOTTO_CODEC_OPUS, 1));
  EXPECT_EQ(0u, sotto_sealer_max_sealed_size(sealer.get(), 99, 1));
  EXPECT_EQ(0u, sotto_sealer_max_sealed_size(sealer.get(), 257, 1))
      << "not Opus once cut to 8 bits";
  EXPECT_EQ(0u, sotto_sealer_max_sealed_size(sealer.get(), SOTTO_CODEC_H264, SIZE_MAX));
  EXPECT_EQ(0u,
            sotto_sealer_max_sealed_size(sealer.get(), SOTTO_CODEC_OPUS, SOTTO_MAX_FRAME_SIZE + 1));
  EXPECT_NE(0u, sotto_sealer_max_sealed_size(sealer.get(), SOTTO_CODEC_OPUS, SOTTO_MAX_FRAME_SIZE));
}

TEST(CSealer, HasAKidThatNoOtherHas) {
  const SessionHandle session = make_session();
  std::set<std::uint64_t> kids;
  for (int n = 0; n < 100; n++) kids.insert(sotto_sealer_kid(make_sealer(session).get()));
  EXPECT_EQ(100u, kids.size());
}

TEST(CSealer, OutlivesItsSession) {
  SessionHandle session = make_session();
  const SessionHandle other = make_session();
  const SealerHandle sealer = make_sealer(session);
  session.reset();
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(other.get(), sotto_sealer_kid(sealer.get())));
  const Sealed sealed = seal(sealer, SOTTO_CODEC_OPUS, false, kFrame);
  EXPECT_EQ(kFrame, open(other, SOTTO_CODEC_OPUS, sealed.wire).frame);
}

TEST(CSealer, NeverSealsTheSameFrameAlike) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  const Bytes first = seal(sealer, SOTTO_CODEC_OPUS, false, kFrame).wire;
  EXPECT_NE(first, seal(sealer, SOTTO_CODEC_OPUS, false, kFrame).wire);
  EXPECT_NE(first, seal(make_sealer(session), SOTTO_CODEC_OPUS, false, kFrame).wire);
}

TEST(CSealer, TakesEmptyFrames) {
  const SessionHandle session = make_session();
  const SealerHandle sealer = make_sealer(session);
  ASSERT_EQ(SOTTO_OK, sotto_session_announce(session.get(), sotto_sealer_kid(sealer.get())));
  const Opened opened =
      open(session, SOTTO_CODEC_VP8, seal(sealer, SOTTO_CODEC_VP8, false, {}).wire);
  EXPECT_EQ(SOTTO_OK, opened.status);
  EXPECT_TRUE(opened.frame.empty());
}

TEST(CSealer, PutsH264InOnePieceWhereThePacketizerMaySplitIt) {
  const SessionHandle session = make_session();
  const SealerHandle one = make_sealer(session), many = make_sealer(session);
  EXPECT_EQ(SOTTO_OK, sotto_sealer_set_packetization_mode(one.get(), 1));
  EXPECT_EQ(SOTTO_OK, sotto_sealer_set_packetization_mode(many.get(), 0));
  EXPECT_EQ(SOTTO_E_INVALID_ARGUMENT, sotto_sealer_set_packetization_mode(many.get(), 2));
  Bytes frame = {0, 0, 0, 1, 0x41, 0x9a};
  frame.resize(5000, 0x77);
  EXPECT_LT(seal(one, SOTTO_CODEC_H264, false, frame).wire.size(),
            seal(many, SOTTO_CODEC_H264, false, frame).wire.size());
}

}  // namespace
}  // namespace sotto
