#include "mls/wire/reader.h"

#include <gtest/gtest.h>

#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

using test::from_hex;

TEST(Reader, ReadsTheLengthsThatTheRfcGivesAsExamples) {
  for (auto [header, length] : {std::pair{"9d7f3e7d", 494878333u}, {"7bbd", 15293u}, {"25", 37u}}) {
    Bytes bytes = from_hex(header);
    Reader in(bytes);
    EXPECT_EQ(in.length(), length);
    EXPECT_TRUE(in.finish());
  }
}

TEST(Reader, RefusesALengthInMoreBytesThanItNeeds) {
  for (const char* header : {"4000", "403f", "80000000", "80003fff"}) {
    Bytes bytes = from_hex(header);
    Reader in(bytes);
    in.length();
    ASSERT_FALSE(in.finish()) << header;
    EXPECT_EQ(in.finish().error(), Error::kMalformed);
  }
  for (const char* header : {"4040", "80004000"}) {
    Bytes bytes = from_hex(header);
    Reader in(bytes);
    in.length();
    EXPECT_TRUE(in.finish()) << header;
  }
}

TEST(Reader, RefusesTheReservedPrefix) {
  Bytes bytes = from_hex("c000000000000001");
  Reader in(bytes);
  in.length();
  EXPECT_EQ(in.finish().error(), Error::kMalformed);
}

TEST(Reader, ReservesNothingForALengthThatIsNotThere) {
  Bytes bytes = from_hex("bfffffff00");
  Reader in(bytes);
  Bytes out;
  in.opaque(out);
  EXPECT_EQ(in.finish().error(), Error::kTruncated);
  EXPECT_EQ(out.capacity(), 0u);
}

TEST(Reader, TakesNothingButZeroAndOneForPresence) {
  for (int octet = 0; octet < 256; ++octet) {
    Bytes bytes = {static_cast<std::uint8_t>(octet)};
    Reader in(bytes);
    EXPECT_EQ(in.present(), octet == 1);
    EXPECT_EQ(in.finish().has_value(), octet <= 1);
  }
}

TEST(Reader, RefusesAnElementThatCrossesTheEndOfItsVector) {
  Bytes bytes = from_hex("03010203ff");
  Reader in(bytes);
  std::vector<std::uint16_t> seen;
  in.vector([&] { seen.push_back(in.u16()); });
  EXPECT_EQ(in.finish().error(), Error::kMalformed)
      << "the byte behind the vector is not the element's";
  EXPECT_EQ(seen.front(), 0x0102);
}

TEST(Reader, GoesOnBehindAVector) {
  Bytes bytes = from_hex(
      "0401020304"
      "0506");
  Reader in(bytes);
  std::vector<std::uint16_t> seen;
  in.vector([&] { seen.push_back(in.u16()); });
  EXPECT_EQ(seen, (std::vector<std::uint16_t>{0x0102, 0x0304}));
  EXPECT_EQ(in.u16(), 0x0506);
  EXPECT_TRUE(in.finish());
}

TEST(Reader, KeepsItsFirstErrorAndReadsZerosAfterIt) {
  Bytes bytes = from_hex("ffff");
  Reader in(bytes);
  in.fail(Error::kUnsupported);
  in.fail(Error::kMalformed);
  EXPECT_EQ(in.u16(), 0);
  EXPECT_EQ(in.u64(), 0u);
  EXPECT_TRUE(in.bytes(1).empty());
  int rounds = 0;
  in.vector([&] { ++rounds; });
  EXPECT_EQ(rounds, 0);
  EXPECT_EQ(in.finish().error(), Error::kUnsupported);
}

TEST(Reader, RefusesBytesLeftOver) {
  Bytes bytes = from_hex("0102");
  Reader in(bytes);
  in.u8();
  EXPECT_EQ(in.finish().error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::mls
