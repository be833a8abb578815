#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

#include "base/hex.h"
#include "crypto/aes.h"
#include "crypto/init.h"
#include "crypto/openssl_aead.h"
#include "crypto/sodium_aes_gcm.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

// "The Galois/Counter Mode of Operation" (McGrew, Viega), appendix B, test cases 4 and 16.
TEST(AesGcm, MatchesTestCases4And16OfItsSpecification) {
  ASSERT_TRUE(initialize_crypto());  // before it, libsodium takes the processor for one without AES
  const Bytes plain = *from_hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6"
      "b5"
      "25b16aedf5aa0de657ba637b39");
  const Bytes aad = *from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes nonce = *from_hex("cafebabefacedbaddecaf888");
  const Bytes key = *from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  Bytes sealed(plain.size() + 16);

  auto aes128 = *make_aes_gcm(AeadAlgorithm::kAes128Gcm, ByteView(key).first(16));
  ASSERT_TRUE(aes128->seal(nonce, aad, plain, sealed));
  EXPECT_EQ(
      to_hex(sealed),
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac"
      "84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47");

  auto aes256 = *make_aes_gcm(AeadAlgorithm::kAes256Gcm, key);
  ASSERT_TRUE(aes256->seal(nonce, aad, plain, sealed));
  EXPECT_EQ(
      to_hex(sealed),
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056"
      "828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
}

TEST(AesGcm, IsTheSameBelowAndAboveTheSizeWhereTheLibraryChanges) {
  ASSERT_TRUE(initialize_crypto());
  auto sodium = make_sodium_aes_256_gcm(Bytes(32, 7));
  if (!sodium) {
    std::printf("NOTICE: no AES instructions here, so libsodium's AES-GCM was not compared\n");
    EXPECT_EQ(sodium.error(), Error::kUnsupported);
    return;
  }
  SeededRandom random;
  const Bytes key = random.bytes(32), nonce = random.bytes(12), aad = random.bytes(11);
  auto either = *make_aes_gcm(AeadAlgorithm::kAes256Gcm, key);
  auto small = *make_sodium_aes_256_gcm(key);
  auto large = *make_openssl_aead(AeadAlgorithm::kAes256Gcm, EVP_aes_256_gcm(), key);
  for (std::size_t size : {0, 1, 16, 500, 883, 884, 885, 9000}) {
    const Bytes plain = random.bytes(size);
    Bytes sealed(size + 16), same(size + 16), opened(size);
    ASSERT_TRUE(either->seal(nonce, aad, plain, sealed));
    for (Aead* one : {small.get(), large.get()}) {
      ASSERT_TRUE(one->seal(nonce, aad, plain, same));
      EXPECT_EQ(same, sealed) << size;
      ASSERT_TRUE(one->open(nonce, aad, sealed, opened));
      EXPECT_EQ(opened, plain);
      same.back() ^= 1;
      EXPECT_EQ(one->open(nonce, aad, same, opened).error(), Error::kUnauthenticated);
      EXPECT_TRUE(opened == plain || opened == Bytes(size)) << "no unverified text";
    }
  }
}

}  // namespace
}  // namespace sotto
