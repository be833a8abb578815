#include "media/h264_shell.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/hex.h"
#include "media/h264_nal.h"
#include "shared/captured_frames.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr const char* kParameterSets = "000000016742e01fda014016e40000000168ce3c80";

Bytes wrapped(bool key_frame, ByteView blob,
              PacketizationMode mode = PacketizationMode::kSingleNalUnit) {
  Bytes wire(max_h264_wire_size(blob.size()));
  wire.resize(wrap_h264(key_frame, blob, wire, mode).value());
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

// Reads an RBSP: fixed-length bits and Exp-Golomb codes (section 9.1).
struct BitReader {
  ByteView bytes;
  std::size_t at = 0;

  unsigned bits(int count) {
    unsigned value = 0;
    for (; count > 0; --count, ++at) value = value << 1 | (bytes[at / 8] >> (7 - at % 8) & 1u);
    return value;
  }
  unsigned ue() {
    int zeros = 0;
    while (bits(1) == 0) ++zeros;
    return (1u << zeros) - 1 + bits(zeros);
  }
};

TEST(H264Shell, HasTheConstantsOfTheTable) {
  const Bytes blob = {0xaa, 0x00, 0x00, 0x01, 0xbb};
  EXPECT_EQ(to_hex(wrapped(false, blob)), "0000000141e0aa00000301bb80");
  EXPECT_EQ(to_hex(wrapped(true, blob)),
            std::string(kParameterSets) + "0000000165b8aa00000301bb80");
}

TEST(H264Shell, CutsTheBlobIntoPiecesForPacketizationMode0Only) {
  const Bytes blob(2500, 0x77);
  const auto idr = units_of(wrapped(true, blob));
  ASSERT_EQ(idr.size(), 5u);
  EXPECT_EQ(to_hex(ByteView(idr[2]).first(2)), "65b8");
  EXPECT_EQ(to_hex(ByteView(idr[3]).first(2)), "654e");
  EXPECT_EQ(to_hex(ByteView(idr[4]).first(2)), "654e");
  for (const Bytes& unit : idr) EXPECT_LE(unit.size(), kSingleNalUnitPiece + 3);
  const auto delta = units_of(wrapped(false, blob));
  ASSERT_EQ(delta.size(), 3u);
  EXPECT_EQ(to_hex(ByteView(delta[1]).first(2)), "4158");
  const Bytes whole = wrapped(false, blob, PacketizationMode::kNonInterleaved);
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
    const Bytes wire = wrapped(key, blob, static_cast<PacketizationMode>(round % 4 / 2));
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
      for (bool key : {false, true}) {
        Bytes out(max_h264_wire_size(size));
        std::copy(blob.begin(), blob.end(), out.end() - static_cast<std::ptrdiff_t>(size));
        const auto written =
            wrap_h264(key, ByteView(out).last(size), out, PacketizationMode::kSingleNalUnit);
        ASSERT_TRUE(written);
        EXPECT_EQ(*unwrapped(ByteView(out).first(*written)), blob) << size;
      }
    }
  }
}

// What a slice header refers to must be there: both ids 0, and a size in macroblocks. Read bit by
// bit after ITU-T H.264 sections 7.3.2.1.1 and 7.3.2.2.
TEST(H264Shell, HasParameterSetsThatADepacketizerCanRead) {
  const auto units = units_of(wrapped(true, Bytes(10, 0x42)));
  ASSERT_EQ(units.size(), 3u);
  BitReader sps{ByteView(units[0]).subspan(1)};
  EXPECT_EQ(sps.bits(8), 66u) << "profile_idc: Baseline";
  EXPECT_EQ(sps.bits(8), 0xe0u) << "constrained";
  EXPECT_EQ(sps.bits(8), 31u) << "level_idc";
  EXPECT_EQ(sps.ue(), 0u) << "seq_parameter_set_id";
  sps.ue();  // log2_max_frame_num_minus4
  EXPECT_EQ(sps.ue(), 2u) << "pic_order_cnt_type";
  EXPECT_EQ(sps.ue(), 1u) << "max_num_ref_frames";
  EXPECT_EQ(sps.bits(1), 0u) << "gaps_in_frame_num_value_allowed_flag";
  EXPECT_EQ(16 * (sps.ue() + 1), 1280u);
  EXPECT_EQ(16 * (sps.ue() + 1), 720u);
  EXPECT_EQ(sps.bits(4), 0b1100u) << "frames only, direct 8x8, no cropping, no VUI";
  EXPECT_EQ(sps.bits(1), 1u) << "rbsp_stop_one_bit";
  BitReader pps{ByteView(units[1]).subspan(1)};
  EXPECT_EQ(pps.ue(), 0u) << "pic_parameter_set_id";
  EXPECT_EQ(pps.ue(), 0u) << "seq_parameter_set_id";
  BitReader slice{ByteView(units[2]).subspan(1)};
  EXPECT_EQ(slice.ue(), 0u) << "first_mb_in_slice";
  EXPECT_EQ(slice.ue(), 2u) << "slice_type: I";
  EXPECT_EQ(slice.ue(), 0u) << "pic_parameter_set_id";
}

TEST(H264Shell, ShowsNothingOfARealKeyFrameNotEvenItsSize) {
  for (const CapturedFrame& frame : read_captured(SOTTO_FIXTURES "/frames/h264.bin")) {
    if (!frame.key_frame) continue;
    const auto units = units_of(wrapped(true, Bytes(300, 0x99)));
    for (const Bytes& unit : units_of(frame.bytes)) {
      if (nal_type(unit) == NalType::kPps) continue;  // all defaults, so the same as the shell's
      EXPECT_EQ(std::find(units.begin(), units.end(), unit), units.end());
    }
  }
}

// Senders of profile version 1 before its parameter sets were constant copied the encoder's.
TEST(H264Shell, IsReadBehindWhateverParameterSetsThereAre) {
  const Bytes blob = {0xaa, 0xbb};
  for (const char* start :
       {"", "0000000167426d0000000168ce", "00000167640028000001674d000001680f"}) {
    EXPECT_EQ(*unwrapped(*from_hex(std::string(start) + "0000000165b8aabb80")), blob) << start;
  }
}

TEST(H264Shell, RefusesASliceThatDoesNotEndInItsStopByte) {
  EXPECT_EQ(unwrapped(*from_hex("0000000165b8aa")).error(), Error::kMalformed);
  EXPECT_EQ(unwrapped(*from_hex("000000016580")).error(), Error::kMalformed);
  EXPECT_EQ(unwrapped(*from_hex("65b8aa80")).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto
