#include "media/h265_shell.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"
#include "media/h265_nal.h"
#include "shared/media/h265_access_unit.h"
#include "shared/media/h265_payload.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

Bytes wrapped(bool key_frame, ByteView frame, ByteView blob) {
  Bytes wire(max_h265_wire_size(blob.size()));
  wire.resize(wrap_h265(key_frame, frame, blob, wire).value());
  return wire;
}

Result<Bytes> unwrapped(ByteView wire) {
  Bytes out(wire.size());
  TRY(const ByteView blob, unwrap_h265(wire, out));
  return Bytes(blob.begin(), blob.end());
}

TEST(H265Shell, HasTheConstantsOfTheTable) {
  const Bytes blob = {0xaa, 0x00, 0x00, 0x01, 0xbb};
  EXPECT_EQ(to_hex(wrapped(false, {}, blob)), "000000010201d0aa00000301bb80");
  const Bytes key = *from_hex("0000000140010c0000014201010000014401c000000126018888");
  EXPECT_EQ(to_hex(wrapped(true, key, blob)),
            "0000000140010c00000001420101000000014401c0000000012601acaa00000301bb80");
}

TEST(H265Shell, ShowsTheParameterSetsOfAKeyFrameAndNothingElse) {
  SeededRandom random;
  const H265AccessUnit key = make_h265_access_unit(19, random);
  const Bytes wire = wrapped(true, key.bytes, Bytes(300, 0x99));
  const std::vector<Bytes> units = nal_units(wire);
  ASSERT_EQ(units.size(), 4u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(units[i], key.parameter_sets[i]);
  EXPECT_EQ(h265_nal_type(units[3]), H265NalType::kIdrWRadl);
  const H265AccessUnit delta = make_h265_access_unit(1, random);
  EXPECT_EQ(nal_units(wrapped(false, delta.bytes, Bytes(300, 0x99))).size(), 1u);
}

// RFC 7798: single NAL unit packets, aggregation packets, fragmentation units.
TEST(H265Shell, SurvivesPacketsOfEverySizeWithTheHardestBlobs) {
  SeededRandom random;
  for (int round = 0; round < 2000; ++round) {
    Bytes blob = random.bytes(1 + random.below(5000));
    if (round % 3 != 0) {
      for (auto& byte : blob) byte = static_cast<std::uint8_t>(random.below(5) * random.below(2));
    }
    const bool key = round % 2 == 0;
    const H265AccessUnit frame = make_h265_access_unit(key ? 19 : 1, random);
    const Bytes wire = wrapped(key, frame.bytes, blob);
    ASSERT_EQ(*unwrapped(wire), blob) << round;
    const auto packets = packetize_h265(wire, 100 + random.below(1100));
    ASSERT_EQ(*unwrapped(depacketize_h265(packets)), blob) << round;
  }
}

TEST(H265Shell, MayGrowOverTheBlobAtTheEndOfItsBuffer) {
  SeededRandom random;
  for (std::size_t size = 1; size < 3000; size += 7) {
    for (const Bytes& blob : {Bytes(size, 0), random.bytes(size)}) {
      Bytes out(max_h265_wire_size(size));
      std::copy(blob.begin(), blob.end(), out.end() - static_cast<std::ptrdiff_t>(size));
      const auto written = wrap_h265(false, {}, ByteView(out).last(size), out);
      ASSERT_TRUE(written);
      EXPECT_EQ(*unwrapped(ByteView(out).first(*written)), blob) << size;
    }
  }
}

TEST(H265Shell, RefusesAKeyFrameThatItCannotReadOrThatIsAllParameterSets) {
  Bytes out(100'000);
  const Bytes blob(50);
  EXPECT_EQ(wrap_h265(true, *from_hex("2601888888"), blob, out).error(), Error::kMalformed);
  Bytes huge_sps = *from_hex("0000014201");
  huge_sps.resize(5000, 0x55);
  EXPECT_EQ(wrap_h265(true, huge_sps, blob, out).error(), Error::kTooLarge);
  EXPECT_EQ(wrap_h265(false, {}, blob, MutableBytes(out).first(100)).error(),
            Error::kBufferTooSmall);
}

TEST(H265Shell, RefusesASliceThatDoesNotEndInItsStopByteOrIsNone) {
  EXPECT_EQ(unwrapped(*from_hex("000000010201d0aa")).error(), Error::kMalformed);
  EXPECT_EQ(unwrapped(*from_hex("00000001020180")).error(), Error::kMalformed) << "no prefix";
  EXPECT_EQ(unwrapped(*from_hex("0201d0aa80")).error(), Error::kMalformed) << "no start code";
  EXPECT_TRUE(unwrapped(*from_hex("00000001420100"))->empty()) << "parameter sets alone";
}

// A transcoding box between the endpoints may name another type of slice: the blob is all that
// counts.
TEST(H265Shell, IsReadInEverySliceTypeAndInNoOther) {
  for (unsigned type = 0; type < 64; ++type) {
    const Bytes wire = {0, 0, 1, static_cast<std::uint8_t>(type << 1), 1, 0xac, 0x42, 0x80};
    const bool slice = type <= 9 || (type >= 16 && type <= 21);
    EXPECT_EQ(unwrapped(wire)->size(), slice ? 1u : 0u) << type;
  }
}

}  // namespace
}  // namespace sotto
