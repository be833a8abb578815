// ed25519_verify() itself: ed25519_test.cc. In the browser: tests/wasm/ed25519.test.mjs.
#include <gtest/gtest.h>

#include "crypto/ed25519.h"
#include "crypto/ed25519_many.h"
#include "support/seeded_random.h"

namespace sotto {
namespace {

struct Signed {
  Ed25519PublicKey key;
  std::vector<std::uint8_t> message;
  Ed25519Signature signature;
};

// More than are compared at once.
std::vector<Signed> seventy() {
  test::SeededRandom random(70);
  std::vector<Signed> made;
  for (std::uint8_t i = 0; i < 70; ++i) {
    const auto pair = Ed25519KeyPair::generate(random);
    const std::vector<std::uint8_t> message(i, i);
    made.push_back({pair.public_key(), message, pair.sign(message)});
  }
  return made;
}

bool accepted(const std::vector<Signed>& all) {
  Ed25519Many many;
  for (const Signed& one : all) (void)many.add(one.key, one.message, one.signature);
  return many.finish().has_value();
}

TEST(Ed25519Many, AcceptsAsManyGoodSignaturesAsThereAre) {
  const std::vector<Signed> all = seventy();
  EXPECT_TRUE(accepted(all));
  EXPECT_TRUE(accepted({all[3]}));
  EXPECT_TRUE(accepted({}));
}

TEST(Ed25519Many, RefusesAllForOneAtAnyPlace) {
  const std::vector<Signed> all = seventy();
  for (std::size_t place = 0; place < all.size(); ++place) {
    std::vector<Signed> one_bad = all;
    one_bad[place].signature[place % 64] ^= 1;
    EXPECT_FALSE(accepted(one_bad)) << place;
  }
}

// Each is right for another's message: sums over all of them would not show that.
TEST(Ed25519Many, RefusesSignaturesThatAreExchanged) {
  std::vector<Signed> all = seventy();
  std::swap(all[5].signature, all[6].signature);
  EXPECT_FALSE(accepted(all));
}

TEST(Ed25519Many, RefusesWhateverComesAfterARefusedOne) {
  const std::vector<Signed> all = seventy();
  Ed25519Many many;
  EXPECT_EQ(many.add(all[0].key, all[0].message, ByteView(all[0].signature).first(63)).error(),
            Error::kUnauthenticated);
  EXPECT_EQ(many.add(all[1].key, all[1].message, all[1].signature).error(),
            Error::kUnauthenticated);
  EXPECT_EQ(many.finish().error(), Error::kUnauthenticated);
}

}  // namespace
}  // namespace sotto
