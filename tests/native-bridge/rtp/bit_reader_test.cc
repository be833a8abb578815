#include "rtp/bit_reader.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(BitReader, ReadsTheTableOfNonSymmetricCodesOfTheSpecification) {
  // A.8.2, n = 5: 00 01 10 110 111.
  const std::uint8_t codes[] = {0b00011011, 0b01110000};
  BitReader reader(codes);
  for (std::uint32_t value = 0; value < 5; ++value) EXPECT_EQ(reader.non_symmetric(5), value);
  EXPECT_EQ(reader.position(), 12u);
}

TEST(BitReader, OneValueTakesNoBits) {
  BitReader reader({});
  EXPECT_EQ(reader.non_symmetric(1), 0u);
  EXPECT_TRUE(reader.ok());
}

TEST(BitReader, FailsForGoodAtTheEnd) {
  const std::uint8_t byte[] = {0xff};
  BitReader reader(byte);
  EXPECT_EQ(reader.bits(4), 15u);
  EXPECT_EQ(reader.bits(5), 0u);
  EXPECT_EQ(reader.bits(1), 0u);
  EXPECT_FALSE(reader.ok());
}

}  // namespace
}  // namespace sotto::bridge
