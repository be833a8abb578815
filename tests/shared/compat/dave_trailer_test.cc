#include "compat/dave_trailer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Ten bytes of media, a tag, then what the test says, S and the marker.
Bytes wire(const std::string& numbers, int size = -1, const char* marker = "fafa") {
  const int real = 8 + static_cast<int>(numbers.size()) / 2 + 3;
  const auto s = static_cast<std::uint8_t>(size < 0 ? real : size);
  return from_hex("000102030405060708090a0b0c0d0e0f1011" + numbers + to_hex(Bytes{s}) + marker)
      .value();
}

TEST(DaveTrailerTest, FindsItsPartsFromTheEnd) {
  const Bytes frame = wire(
      "8001"
      "0002"
      "0503");
  const auto trailer = parse_dave_trailer(frame);
  ASSERT_TRUE(trailer);
  EXPECT_EQ(to_hex(trailer->media), "00010203040506070809");
  EXPECT_EQ(to_hex(trailer->tag), "0a0b0c0d0e0f1011");
  EXPECT_EQ(trailer->nonce, 128u);
  ASSERT_EQ(trailer->ranges.count(), 2u);
  EXPECT_EQ(trailer->ranges.begin()[1], (ClearRange{.offset = 5, .size = 3}));
}

TEST(DaveTrailerTest, WritesWhatItReads) {
  const Bytes frame = wire(
      "8001"
      "0002"
      "0503");
  const auto trailer = parse_dave_trailer(frame).value();
  const std::size_t size = dave_trailer_size(trailer.nonce, trailer.ranges).value();
  EXPECT_EQ(size, 17u);
  Bytes out(size - kDaveTagSize);
  ByteWriter writer(out);
  write_dave_trailer(trailer.nonce, trailer.ranges, size, writer);
  EXPECT_EQ(to_hex(out), to_hex(ByteView(frame).last(out.size())));
}

TEST(DaveTrailerTest, RefusesAnotherMarker) {
  EXPECT_TRUE(parse_dave_trailer(wire("01")));
  EXPECT_EQ(parse_dave_trailer(wire("01", -1, "fafb")).error(), Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01", -1, "fbfa")).error(), Error::kMalformed);
}

TEST(DaveTrailerTest, RefusesEverySizeButItsOwn) {
  for (int size = 0; size < 256; ++size) {
    const auto parsed = parse_dave_trailer(wire("01", size));
    // A larger one makes numbers of the tag; some of those are a trailer by chance, none with
    // these.
    EXPECT_EQ(parsed.has_value(), size == 12) << size;
  }
}

TEST(DaveTrailerTest, RefusesRangesThatOverlapDescendOrLeaveTheMedia) {
  EXPECT_TRUE(
      parse_dave_trailer(wire("01"
                              "000a")));
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "000b"))
                .error(),
            Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "0a01"))
                .error(),
            Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "0004"
                                    "0301"))
                .error(),
            Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "0501"
                                    "0001"))
                .error(),
            Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "0500"))
                .error(),
            Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "01ffffffff0f"))
                .error(),
            Error::kMalformed);
}

TEST(DaveTrailerTest, RefusesNumbersThatAreCutOffOrLongerThanNecessary) {
  EXPECT_EQ(parse_dave_trailer(wire("81")).error(), Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("8100")).error(), Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("01"
                                    "05"))
                .error(),
            Error::kMalformed);
  EXPECT_EQ(parse_dave_trailer(wire("ffffffff10")).error(), Error::kMalformed);
}

TEST(DaveTrailerTest, RefusesFramesWithoutMediaAndEveryTruncation) {
  const Bytes frame = wire("01");
  EXPECT_EQ(parse_dave_trailer(ByteView(frame).last(12)).error(), Error::kTruncated);
  EXPECT_TRUE(parse_dave_trailer(ByteView(frame).last(13)));
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(parse_dave_trailer(ByteView(frame).first(size))) << size;
  }
}

TEST(DaveTrailerTest, SaysWhenTheRangesDoNotFitIntoAByteOfSize) {
  ClearRanges ranges;
  for (std::size_t i = 0; i < 100; ++i) ASSERT_TRUE(ranges.add(200 * i, 1));
  EXPECT_EQ(dave_trailer_size(1, ranges).error(), Error::kTooLarge);
}

}  // namespace
}  // namespace sotto
