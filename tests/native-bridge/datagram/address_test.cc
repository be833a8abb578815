#include "datagram/address.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(Address, OnePeerHasOneAddressWhateverSocketItCameInBy) {
  auto plain = *Address::from_text("192.0.2.7", 4000);
  auto mapped = *Address::from_text("::ffff:192.0.2.7", 4000);
  EXPECT_EQ(plain, mapped);
  EXPECT_TRUE(mapped.is_v4());
  EXPECT_EQ(mapped.text(), "192.0.2.7:4000");
}

TEST(Address, WritesIpv6InBrackets) {
  EXPECT_EQ(Address::from_text("2001:db8:0::1", 9)->text(), "[2001:db8::1]:9");
}

TEST(Address, RefusesNames) { EXPECT_FALSE(Address::from_text("localhost", 1)); }

}  // namespace
}  // namespace sotto::bridge
