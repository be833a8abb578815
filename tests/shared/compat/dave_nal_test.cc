#include "compat/dave_nal.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

struct Prepared {
  std::string bytes;
  std::string clear;  // ranges as "offset+size ..."
  Error error{};
};

Prepared prepare(Codec codec, const char* hex) {
  const auto frame = from_hex(hex).value();
  std::vector<std::uint8_t> out(frame.size() + frame.size() / 3);
  ByteWriter writer(out);
  ClearRanges ranges;
  if (auto done = prepare_dave_nal(codec, frame, writer, ranges); !done) {
    return {.bytes = {}, .clear = {}, .error = done.error()};
  }
  EXPECT_TRUE(writer.ok());
  Prepared prepared{.bytes = to_hex(writer.written()), .clear = {}};
  for (const ClearRange& range : ranges) {
    prepared.clear += std::to_string(range.offset) + "+" + std::to_string(range.size) + " ";
  }
  return prepared;
}

TEST(DaveNalTest, LeavesParameterSetsAndSliceHeadersUpToThePpsIdInTheClear) {
  // SPS, PPS, IDR slice: first_mb 0 ("1"), slice_type 7 ("0001000"), pps_id 0 ("1").
  const Prepared h264 = prepare(Codec::kH264,
                                "000001674200000001"
                                "68ce00000001"
                                "6588"
                                "84"
                                "0102");
  EXPECT_EQ(h264.bytes, "0000000167420000000168ce000000016588840102");
  EXPECT_EQ(h264.clear, "0+19 ");
}

TEST(DaveNalTest, EncryptsSeiAndEverythingThatItDoesNotKnow) {
  const Prepared h264 = prepare(Codec::kH264,
                                "00000001"
                                "06aabbcc"
                                "00000001"
                                "02aabbcc");
  EXPECT_EQ(h264.clear, "0+5 8+5 ");
  const Prepared h265 = prepare(Codec::kH265,
                                "00000001"
                                "4e01aabb"
                                "00000001"
                                "6001aabb");
  EXPECT_EQ(h265.clear, "0+6 8+6 ");
}

TEST(DaveNalTest, LeavesTwoBytesOfAnH265SliceInTheClear) {
  const Prepared h265 = prepare(Codec::kH265,
                                "000001"
                                "40010c"
                                "000001"
                                "2601af09");
  EXPECT_EQ(h265.bytes, "0000000140010c000000012601af09");
  EXPECT_EQ(h265.clear, "0+13 ");
}

TEST(DaveNalTest, CountsEmulationPreventionOnTheWayToThePpsId) {
  // first_mb 0, slice_type 0, pps_id 0: three bits.
  EXPECT_EQ(h264_bytes_to_pps_id(from_hex("41e0ff").value()).value(), 2u);
  // first_mb_in_slice of 22 zeros, a one and 22 bits: 00 00 02 ff ff 07, which is written with a
  // 03.
  EXPECT_EQ(h264_bytes_to_pps_id(from_hex("4100000302ffff07ee").value()).value(), 8u);
}

TEST(DaveNalTest, RefusesSliceHeadersThatCannotBeRead) {
  EXPECT_EQ(prepare(Codec::kH264, "0000000141").error, Error::kMalformed);
  EXPECT_EQ(prepare(Codec::kH264, "00000001410000").error, Error::kMalformed);
  EXPECT_EQ(prepare(Codec::kH264, "41e0").error, Error::kMalformed);
  EXPECT_EQ(prepare(Codec::kH265, "0000000126").error, Error::kMalformed);
  EXPECT_EQ(prepare(Codec::kH264, "00000001").error, Error::kMalformed);
}

TEST(DaveNalTest, SeesStartCodesThatAreNotWhollyInTheClear) {
  ClearRanges ranges;
  ASSERT_TRUE(ranges.add(0, 5));
  EXPECT_FALSE(has_stray_start_code(ranges, from_hex("0000000165aabbcc").value()));
  EXPECT_TRUE(has_stray_start_code(ranges, from_hex("0000000165000001").value()));
  EXPECT_TRUE(has_stray_start_code(ranges, from_hex("0000000100000165").value()));
}

}  // namespace
}  // namespace sotto
