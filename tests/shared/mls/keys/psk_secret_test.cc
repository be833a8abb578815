#include "mls/keys/psk_secret.h"

#include <gtest/gtest.h>

#include <set>

namespace sotto::mls {
namespace {

Psk psk(std::uint8_t number) {
  PreSharedKeyId id;
  id.psk_id = {number};
  id.psk_nonce = Bytes(kNh, number);
  return {id, Bytes(32, number)};
}

Bytes chained(const std::vector<Psk>& psks) {
  return to_bytes(derive_psk_secret(psks).value().view());
}

TEST(PskSecret, IsZerosForNoPsk) {
  EXPECT_EQ(chained({}), Bytes(kNh));
}

TEST(PskSecret, HangsOnEveryPskOnItsIdAndOnTheirOrder) {
  Psk renamed = psk(1), fresh = psk(1), secret = psk(1);
  renamed.id.psk_id = {9};
  fresh.id.psk_nonce[0] ^= 1;
  secret.psk[0] ^= 1;
  const std::set<Bytes> different = {chained({psk(1)}),         chained({psk(1), psk(2)}),
                                     chained({psk(2), psk(1)}), chained({renamed}),
                                     chained({fresh}),          chained({secret})};
  EXPECT_EQ(different.size(), 6u);
}

TEST(PskSecret, RefusesMoreThanCanBeNumbered) {
  const std::vector<Psk> many(0x10000, Psk{});
  EXPECT_EQ(derive_psk_secret(many).error(), Error::kTooLarge);
}

}  // namespace
}  // namespace sotto::mls
