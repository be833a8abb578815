#include "stun/integrity.h"

#include <gtest/gtest.h>

namespace sotto::bridge::stun {
namespace {

TEST(StunIntegrity, FingerprintIsCrc32OfTheBytesXorStun) {
  // The check value of CRC-32: "123456789" gives cbf43926.
  EXPECT_EQ(fingerprint(as_bytes("123456789")), 0xcbf43926u ^ 0x5354554eu);
}

TEST(StunIntegrity, RefusesAMessageThatWouldGrowTooLong) {
  const std::vector<std::uint8_t> longest(kMaxMessage - 24);
  EXPECT_TRUE(message_integrity(longest, "password"));
  const std::vector<std::uint8_t> longer(kMaxMessage - 23);
  EXPECT_EQ(message_integrity(longer, "password").error(), Error::kTooLarge);
}

}  // namespace
}  // namespace sotto::bridge::stun
