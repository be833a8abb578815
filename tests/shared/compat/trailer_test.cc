#include "compat/trailer.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

constexpr char kTag[] = "000102030405060708090a0b0c0d0e0f";

std::vector<std::uint8_t> bytes(const std::string& hex) {
  return from_hex(hex).value();
}

TEST(TrailerTest, FindsTagIvAndKeyIndexFromTheEnd) {
  const auto rest =
      bytes(std::string("aabbcc") + kTag + "11223344" + "55667788" + "99aabbcc" + "0c05");
  const auto trailer = parse_trailer(rest);
  ASSERT_TRUE(trailer);
  EXPECT_EQ(to_hex(trailer->sealed), std::string("aabbcc") + kTag);
  EXPECT_EQ(trailer->iv,
            (Iv{.ssrc = 0x11223344, .timestamp = 0x55667788, .last_word = 0x99aabbcc}));
  EXPECT_EQ(to_hex(trailer->iv.bytes()), "112233445566778899aabbcc");
  EXPECT_EQ(trailer->key_index, 5);
}

TEST(TrailerTest, WritesWhatItReads) {
  std::uint8_t buffer[14];
  ByteWriter writer(buffer);
  write_trailer({.ssrc = 0x11223344, .timestamp = 0x55667788, .last_word = 0x99aabbcc}, 15, writer);
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(to_hex(writer.written()), "112233445566778899aabbcc0c0f");
}

TEST(TrailerTest, RefusesEveryTruncation) {
  auto rest = bytes(std::string(kTag) + "112233445566778899aabbcc0c05");
  ASSERT_TRUE(parse_trailer(rest));
  for (std::size_t size = 0; size < rest.size(); ++size) {
    EXPECT_EQ(parse_trailer(ByteView(rest).first(size)).error(), Error::kTruncated);
  }
}

TEST(TrailerTest, RefusesOtherIvSizesAndKeyIndexes) {
  auto rest = bytes(std::string(kTag) + "112233445566778899aabbcc0c05");
  for (int size = 0; size < 256; ++size) {
    rest[28] = static_cast<std::uint8_t>(size);
    EXPECT_EQ(parse_trailer(rest).has_value(), size == 12) << size;
  }
  rest[28] = 12;
  for (int index = 0; index < 256; ++index) {
    rest[29] = static_cast<std::uint8_t>(index);
    EXPECT_EQ(parse_trailer(rest).has_value(), index < 16) << index;
  }
}

}  // namespace
}  // namespace sotto
