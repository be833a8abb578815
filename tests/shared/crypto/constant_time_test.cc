#include "crypto/constant_time.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

TEST(EqualConstantTime, TellsEveryDifferenceOfOneBit) {
  std::uint8_t a[16] = {7};
  std::uint8_t b[16] = {7};
  EXPECT_TRUE(equal_constant_time(a, b));
  for (std::size_t bit = 0; bit < 128; ++bit) {
    b[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_FALSE(equal_constant_time(a, b)) << bit;
    b[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
  }
}

TEST(EqualConstantTime, TellsLengthsApartAndTakesEmptyOnes) {
  const std::uint8_t a[2] = {};
  EXPECT_FALSE(equal_constant_time(a, ByteView(a).first(1)));
  EXPECT_TRUE(equal_constant_time({}, {}));
}

}  // namespace
}  // namespace sotto
