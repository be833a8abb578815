#include "base/byte_reader.h"

#include <gtest/gtest.h>

#include "base/byte_writer.h"

namespace sotto {
namespace {

TEST(ByteReader, ReadsBackWhatByteWriterWrote) {
  std::uint8_t buffer[32];
  ByteWriter writer(buffer);
  writer.u8(0x01);
  writer.u16(0x0203);
  writer.u24(0x040506);
  writer.u32(0x0708090a);
  writer.u64(0x1122334455667788);
  ASSERT_TRUE(writer.ok());
  ByteReader reader(writer.written());
  EXPECT_EQ(*reader.u8(), 0x01);
  EXPECT_EQ(*reader.u16(), 0x0203);
  EXPECT_EQ(*reader.u24(), 0x040506u);
  EXPECT_EQ(*reader.u32(), 0x0708090au);
  EXPECT_EQ(*reader.u64(), 0x1122334455667788u);
  EXPECT_TRUE(reader.empty());
}

TEST(ByteReader, StaysFailedAfterTheFirstShortRead) {
  const std::uint8_t bytes[] = {1, 2, 3};
  ByteReader reader(bytes);
  EXPECT_FALSE(reader.u32());
  EXPECT_FALSE(reader.u8()) << "a parser that asks only at the end must not see later successes";
  EXPECT_TRUE(reader.rest().empty());
}

TEST(ByteWriter, RemembersOverflowAndWritesNothingPastTheEnd) {
  std::uint8_t buffer[4] = {9, 9, 9, 9};
  ByteWriter writer(MutableBytes(buffer).first(3));
  writer.u16(0x0102);
  writer.u16(0x0304);
  writer.u8(5);
  EXPECT_FALSE(writer.ok());
  EXPECT_EQ(writer.size(), 2u);
  EXPECT_EQ(buffer[2], 9);
  EXPECT_EQ(buffer[3], 9);
}

}  // namespace
}  // namespace sotto
