#include "mls/keys/encryption_key.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "mls/keys/encrypt_with_label.h"
#include "support/seeded_random.h"

namespace sotto::mls {
namespace {

TEST(EncryptionKey, IsOneThatCanBeSealedTo) {
  test::SeededRandom random(1);
  const HpkeKeyPair key_pair = HpkeKeyPair::generate(random);
  EXPECT_TRUE(is_encryption_key(key_pair.public_key));
  for (const Bytes& none : {Bytes(), Bytes(31, 7), Bytes(33, 7), Bytes(32, 0)}) {
    EXPECT_FALSE(is_encryption_key(none));
    EXPECT_FALSE(encrypt_with_label(Suite::kX25519ChaCha20Poly1305Sha256Ed25519, none, "label", {},
                                    {}, random));
  }
}

}  // namespace
}  // namespace sotto::mls
