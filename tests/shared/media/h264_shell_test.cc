#include "media/h264_shell.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"
#include "media/h264_nal.h"
#include "shared/captured_frames.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr const char* kIdrFrame = "0000000167426d00000168ce000001658804";

Bytes wrapped(bool key_frame, ByteView frame, ByteView blob,
              PacketizationMode mode = PacketizationMode::kSingleNalUnit) {
  Bytes wire(max_h264_wire_size(blob.size()));
  wire.resize(wrap_h264(key_frame, frame, blob, wire, mode).value());
  return wire;
}

Result<Bytes> unwrapped(ByteView wire) {
  Bytes out(wire.size());
  TRY(const ByteView blob, unwrap_h264(wire, out));
  return Bytes(blob.begin(), blob.end());
}

std::vector<Bytes> units_of(ByteView wire) {
  std::vector<Bytes> units;
  auto splitter = NalSplitter::of(wire).value();
  while (auto unit = splitter.next()) units.emplace_back(unit->begin(), unit->end());
  return units;
}

// What a packetizer, an SFU and a depacketizer leave of a frame: its NAL units, start codes anew.
Bytes transported(ByteView wire, bool short_start_codes) {
  Bytes out;
  for (const Bytes& unit : units_of(wire)) {
    if (!short_start_codes) out.push_back(0);
    out.insert(out.end(), {0, 0, 1});
    out.insert(out.end(), unit.begin(), unit.end());
  }
  return out;
}

TEST(H264Shell, HasTheConstantsOfTheTable) {
  const Bytes blob = {0xaa, 0x00, 0x00, 0x01, 0xbb};
  EXPECT_EQ(to_hex(wrapped(false, {}, blob)), "0000000141e0aa00000301bb80");
  EXPECT_EQ(to_hex(wrapped(true, *from_hex(kIdrFrame), blob)),
            "0000000167426d0000000168ce0000000165b8aa00000301bb80");
}

TEST(H264Shell, CutsTheBlobIntoPiecesForPacketizationMode0Only) {
  const Bytes blob(2500, 0x77);
  const auto idr = units_of(wrapped(true, *from_hex(kIdrFrame), blob));
  ASSERT_EQ(idr.size(), 5u);
  EXPECT_EQ(to_hex(ByteView(idr[2]).first(2)), "65b8");
  EXPECT_EQ(to_hex(ByteView(idr[3]).first(2)), "654e");
  EXPECT_EQ(to_hex(ByteView(idr[4]).first(2)), "654e");
  for (const Bytes& unit : idr) EXPECT_LE(unit.size(), kSingleNalUnitPiece + 3);
  const auto delta = units_of(wrapped(false, {}, blob));
  ASSERT_EQ(delta.size(), 3u);
  EXPECT_EQ(to_hex(ByteView(delta[1]).first(2)), "4158");
  const Bytes whole = wrapped(false, {}, blob, PacketizationMode::kNonInterleaved);
  EXPECT_EQ(units_of(whole).size(), 1u);
  EXPECT_EQ(*unwrapped(whole), blob);
}

TEST(H264Shell, SurvivesTransportWithTheHardestBlobs) {
  SeededRandom random;
  for (int round = 0; round < 3000; ++round) {
    Bytes blob = random.bytes(1 + random.below(2600));
    if (round % 3 != 0) {
      for (auto& byte : blob) byte = static_cast<std::uint8_t>(random.below(5) * random.below(2));
    }
    const bool key = round % 2 == 0;
    const Bytes wire =
        wrapped(key, *from_hex(kIdrFrame), blob, static_cast<PacketizationMode>(round % 4 / 2));
    ASSERT_EQ(*unwrapped(wire), blob) << round;
    ASSERT_EQ(*unwrapped(transported(wire, false)), blob) << round;
    ASSERT_EQ(*unwrapped(transported(wire, true)), blob) << round;
  }
}

// The sealer makes the blob at the end of the buffer that it is wrapped into.
TEST(H264Shell, MayGrowOverTheBlobAtTheEndOfItsBuffer) {
  SeededRandom random;
  for (std::size_t size = 1; size < 3000; size += 7) {
    const Bytes zeros(size, 0);
    const Bytes noise = random.bytes(size);
    for (const Bytes& blob : {zeros, noise}) {
      Bytes out(max_h264_wire_size(size));
      std::copy(blob.begin(), blob.end(), out.end() - static_cast<std::ptrdiff_t>(size));
      const auto written =
          wrap_h264(false, {}, ByteView(out).last(size), out, PacketizationMode::kSingleNalUnit);
      ASSERT_TRUE(written);
      EXPECT_EQ(*unwrapped(ByteView(out).first(*written)), blob) << size;
    }
  }
}

TEST(H264Shell, ShowsTheParameterSetsOfARealKeyFrameAndNothingElse) {
  for (const CapturedFrame& frame : read_captured(SOTTO_FIXTURES "/frames/h264.bin")) {
    const auto plain_units = units_of(frame.bytes);
    const auto units = units_of(wrapped(frame.key_frame, frame.bytes, Bytes(300, 0x99)));
    std::size_t parameter_sets = 0;
    for (const Bytes& unit : units) {
      const NalType type = nal_type(unit);
      if (type == NalType::kSps || type == NalType::kPps) {
        ++parameter_sets;
        EXPECT_NE(std::find(plain_units.begin(), plain_units.end(), unit), plain_units.end());
      } else {
        EXPECT_EQ(type, frame.key_frame ? NalType::kIdrSlice : NalType::kSlice);
      }
    }
    EXPECT_EQ(parameter_sets, frame.key_frame ? 2u : 0u);
  }
}

TEST(H264Shell, RefusesAKeyFrameThatItCannotReadOrThatIsAllParameterSets) {
  Bytes out(100'000);
  const Bytes blob(50);
  const Bytes no_start_code = {0x65, 0x88, 0x84};
  const auto mode = PacketizationMode::kSingleNalUnit;
  EXPECT_EQ(wrap_h264(true, no_start_code, blob, out, mode).error(), Error::kMalformed);
  Bytes huge_sps(5000, 0x55);
  huge_sps[0] = huge_sps[1] = 0;
  huge_sps[2] = 1;
  huge_sps[3] = 0x67;
  EXPECT_EQ(wrap_h264(true, huge_sps, blob, out, mode).error(), Error::kTooLarge);
}

TEST(H264Shell, RefusesASliceThatDoesNotEndInItsStopByte) {
  EXPECT_EQ(unwrapped(*from_hex("0000000165b8aa")).error(), Error::kMalformed);
  EXPECT_EQ(unwrapped(*from_hex("000000016580")).error(), Error::kMalformed);
  EXPECT_EQ(unwrapped(*from_hex("65b8aa80")).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto
