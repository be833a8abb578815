#include "bridge/address_allowance.h"

#include <gtest/gtest.h>

#include <string>

namespace sotto::bridge {
namespace {

using std::chrono::seconds;

std::string address(std::size_t number) {
  return "10." + std::to_string(number >> 16 & 255) + "." + std::to_string(number >> 8 & 255) +
         "." + std::to_string(number & 255);
}

TEST(AddressAllowance, IsEachAddresssOwn) {
  AddressAllowance allowance(1, 2);
  const Time now = from_microseconds(0);
  EXPECT_TRUE(allowance.take(now, "192.0.2.1") && allowance.take(now, "192.0.2.1"));
  EXPECT_FALSE(allowance.take(now, "192.0.2.1"));
  EXPECT_TRUE(allowance.take(now, "192.0.2.2"));
  EXPECT_TRUE(allowance.take(now + seconds(1), "192.0.2.1"));
  EXPECT_FALSE(allowance.take(now + seconds(1), "192.0.2.1"));
}

TEST(AddressAllowance, IsOneForANetworkOf64BitsAndForAnAddressHoweverItIsWritten) {
  AddressAllowance allowance(1, 1);
  const Time now = from_microseconds(0);
  EXPECT_TRUE(allowance.take(now, "2001:db8:0:1::1"));
  EXPECT_FALSE(allowance.take(now, "2001:db8:0:1:ffff::2"));
  EXPECT_TRUE(allowance.take(now, "2001:db8:0:2::1"));
  EXPECT_TRUE(allowance.take(now, "192.0.2.1"));
  EXPECT_FALSE(allowance.take(now, "::ffff:192.0.2.1"));
  // What is no address has one allowance, not one each.
  EXPECT_TRUE(allowance.take(now, "nonsense"));
  EXPECT_FALSE(allowance.take(now, ""));
}

TEST(AddressAllowance, ForgetsThoseThatHaveRestedAndGrowsNoFurther) {
  AddressAllowance allowance(1, 1);
  Time now = from_microseconds(0);
  for (std::size_t i = 0; i < AddressAllowance::kMostAddresses; ++i) {
    EXPECT_TRUE(allowance.take(now, address(i)));
  }
  // One more, and all that come after it, share what is left over.
  EXPECT_TRUE(allowance.take(now, "192.0.2.1"));
  EXPECT_FALSE(allowance.take(now, "192.0.2.2"));
  EXPECT_EQ(allowance.size(), AddressAllowance::kMostAddresses + 1);
  EXPECT_FALSE(allowance.take(now, address(7)));
  now += seconds(1);
  EXPECT_TRUE(allowance.take(now, "192.0.2.2"));
  EXPECT_EQ(allowance.size(), 1u);
}

}  // namespace
}  // namespace sotto::bridge
