#include "crypto/keyed_hmac.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(KeyedHmac, MatchesTestCase2OfRfc4231) {
  Bytes mac(32);
  (*make_keyed_hmac(Hash::kSha256, as_bytes("Jefe")))
      ->compute({as_bytes("what do ya want "), as_bytes("for nothing?")}, mac);
  EXPECT_EQ(to_hex(mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  mac.resize(64);
  (*make_keyed_hmac(Hash::kSha512, as_bytes("Jefe")))
      ->compute({as_bytes("what do ya want for nothing?")}, mac);
  EXPECT_EQ(to_hex(mac),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
}

TEST(KeyedHmac, GivesTheSameForOneMessageAfterAnotherAsTheHmacOfHkdf) {
  SeededRandom random;
  for (Hash hash : {Hash::kSha256, Hash::kSha512}) {
    for (std::size_t key_size : {1, 32, 64}) {
      const Bytes key = random.bytes(key_size);
      auto keyed = *make_keyed_hmac(hash, key);
      for (std::size_t size : {0, 1, 55, 64, 111, 128, 1000}) {
        const Bytes message = random.bytes(size);
        Bytes ours(hash_size(hash)), theirs(hash_size(hash));
        keyed->compute({message}, ours);
        ASSERT_TRUE(hmac(hash, key, {message}, theirs));
        EXPECT_EQ(ours, theirs) << size;
      }
    }
  }
}

TEST(KeyedHmac, RefusesKeysThatWouldHaveToBeHashedFirst) {
  EXPECT_EQ(make_keyed_hmac(Hash::kSha256, Bytes(65)).error(), Error::kInvalidArgument);
  EXPECT_EQ(make_keyed_hmac(Hash::kSha512, Bytes(129)).error(), Error::kInvalidArgument);
  EXPECT_EQ(make_keyed_hmac(Hash::kSha256, {}).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
