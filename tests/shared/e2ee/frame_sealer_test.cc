#include "e2ee/frame_sealer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/byte_reader.h"
#include "base/hex.h"
#include "shared/captured_frames.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr Codec kCodecs[] = {Codec::kOpus, Codec::kVp8,  Codec::kVp9,
                             Codec::kAv1,  Codec::kH264, Codec::kH265};
constexpr std::uint8_t kBaseKey[32] = {6, 6, 6};

Bytes seal(FrameSealer& sealer, Codec codec, bool key_frame, ByteView frame) {
  Bytes wire(sealer.max_sealed_size(codec, frame.size()));
  wire.resize(sealer.seal(codec, key_frame, frame, wire).value());
  return wire;
}

Header header_of(Codec codec, ByteView wire) {
  Bytes out(wire.size());
  const ByteView blob = unwrap(codec, wire, out).value();
  ByteReader reader(blob);
  return decode_header(reader).value();
}

// One nonce a key: the KID picks the key, the CTR the nonce.
TEST(FrameSealer, NeverUsesAKeyAndNonceTwice) {
  SeededRandom random;
  std::set<std::pair<std::uint64_t, std::uint64_t>> used;
  for (std::uint64_t kid : {std::uint64_t{0}, std::uint64_t{8}, ~std::uint64_t{0}}) {
    FrameSealer sealer = *FrameSealer::create(kid, kBaseKey);
    for (int i = 0; i < 2000; ++i) {
      const Codec codec = kCodecs[random.below(std::size(kCodecs))];
      const Bytes frame = random.bytes(random.below(300));
      if (random.below(10) == 0) {  // a failure in between
        Bytes out(sealer.max_sealed_size(codec, frame.size()));
        EXPECT_FALSE(sealer.seal(codec, false, frame, MutableBytes(out).first(out.size() - 1)));
        Bytes room(4000);
        EXPECT_FALSE(sealer.seal(Codec::kH265, true, as_bytes("not Annex B"), room));
      }
      if (random.below(100) == 0) {  // what was moved from is never used again
        FrameSealer moved = std::move(sealer);
        sealer = std::move(moved);
      }
      const Header header = header_of(codec, seal(sealer, codec, false, frame));
      EXPECT_EQ(header.kid, kid);
      ASSERT_TRUE(used.emplace(header.kid, header.ctr).second) << header.ctr;
    }
  }
}

TEST(FrameSealer, LeavesNothingBehindThatCouldCountAgainWhenItMoves) {
  FrameSealer first = *FrameSealer::create(1, kBaseKey);
  FrameSealer second = std::move(first);
  Bytes out(500);
  EXPECT_EQ(first.seal(Codec::kOpus, false, Bytes(3), out).error(),  // NOLINT
            Error::kExhausted);
  EXPECT_TRUE(second.seal(Codec::kOpus, false, Bytes(3), out));
}

// No eight bytes of the encoder's frame reach the wire.
TEST(FrameSealer, ShowsNothingOfTheFrame) {
  FrameSealer sealer = *FrameSealer::create(1, kBaseKey);
  for (const CapturedFile& file : kFixtureFiles) {
    for (const CapturedFrame& frame :
         read_captured(std::string(SOTTO_FIXTURES "/frames/") + file.name)) {
      const Bytes wire = seal(sealer, file.codec, frame.key_frame, frame.bytes);
      // The PPS of the shell is all defaults, as the encoder's is.
      const bool has_pps = file.codec == Codec::kH264 && frame.key_frame;
      const auto sealed = wire.begin() + (has_pps ? 21 : 0);
      for (std::size_t at = 0; at + 8 <= frame.bytes.size(); at += 8) {
        const auto piece = frame.bytes.begin() + static_cast<std::ptrdiff_t>(at);
        ASSERT_EQ(std::search(sealed, wire.end(), piece, piece + 8), wire.end())
            << file.name << " " << at;
      }
    }
  }
}

TEST(FrameSealer, CostsHeaderInfoTagAndShellAndNoMore) {
  FrameSealer sealer = *FrameSealer::create(0x1122334455667788, kBaseKey);
  const std::size_t blob = 1 + 8 + 1 + 100 + 16;  // config, KID, info, frame, tag; CTR inside
  EXPECT_EQ(seal(sealer, Codec::kOpus, false, Bytes(100)).size(), blob);
  EXPECT_EQ(seal(sealer, Codec::kVp9, true, Bytes(100)).size(), blob);
  EXPECT_EQ(seal(sealer, Codec::kVp8, true, Bytes(100)).size(), blob + 10);
  EXPECT_EQ(seal(sealer, Codec::kVp8, false, Bytes(100)).size(), blob + 1);
  EXPECT_EQ(seal(sealer, Codec::kAv1, false, Bytes(100)).size(), blob + 1);
}

TEST(FrameSealer, FailsWithoutWritingTheFrame) {
  FrameSealer sealer = *FrameSealer::create(1, kBaseKey);
  Bytes out(4000);
  EXPECT_EQ(sealer.seal(Codec::kVp8, true, Bytes(5000), out).error(), Error::kBufferTooSmall);
  EXPECT_EQ(sealer.next_ctr(), 0u) << "nothing was computed";
  const Bytes huge(kMaxFrameSize + 1);
  EXPECT_EQ(sealer.seal(Codec::kVp8, true, huge, out).error(), Error::kTooLarge);
  const std::string secret = "an H.265 frame without start codes";
  EXPECT_EQ(sealer.seal(Codec::kH265, true, as_bytes(secret), out).error(), Error::kMalformed);
  EXPECT_EQ(std::search(out.begin(), out.end(), secret.begin(), secret.end()), out.end());
}

TEST(FrameSealer, IsNotMadeForASuiteThatDoesNotExist) {
  EXPECT_EQ(FrameSealer::create(1, kBaseKey, static_cast<CipherSuite>(9)).error(),
            Error::kUnsupported);
}

}  // namespace
}  // namespace sotto
