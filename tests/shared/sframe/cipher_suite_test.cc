#include "sframe/cipher_suite.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

struct Row {
  CipherSuite suite;
  std::size_t nh, nk, nn, nt;
};

TEST(CipherSuite, HasTheConstantsOfRfc9605Table1OfItsLaterVectorsAndOfTheProfile) {
  const Row rows[] = {
      {CipherSuite::kAes128CtrHmacSha256_80, 32, 48, 12, 10},
      {CipherSuite::kAes128CtrHmacSha256_64, 32, 48, 12, 8},
      {CipherSuite::kAes128CtrHmacSha256_32, 32, 48, 12, 4},
      {CipherSuite::kAes128GcmSha256_128, 32, 16, 12, 16},
      {CipherSuite::kAes256GcmSha512_128, 64, 32, 12, 16},
      {CipherSuite::kAes256CtrHmacSha512_80, 64, 96, 12, 10},
      {CipherSuite::kAes256CtrHmacSha512_64, 64, 96, 12, 8},
      {CipherSuite::kAes256CtrHmacSha512_32, 64, 96, 12, 4},
      {CipherSuite::kChaCha20Poly1305Sha256, 32, 32, 12, 16},
  };
  for (const Row& row : rows) {
    const SuiteParameters constants = *parameters(row.suite);
    EXPECT_EQ(hash_size(constants.hash), row.nh);
    EXPECT_EQ(constants.nk, row.nk);
    EXPECT_EQ(sizes(constants.aead).nonce, row.nn);
    EXPECT_EQ(constants.nt, row.nt);
    EXPECT_LE(constants.nk, kMaxNk);
    EXPECT_LE(constants.nt, kMaxNt);
  }
}

TEST(CipherSuite, OfSottoLiesInTheRangeForPrivateUse) {
  EXPECT_EQ(static_cast<std::uint16_t>(kSottoSuite), 0xF001);
}

TEST(CipherSuite, UnknownOnesAreRefusedNotGuessed) {
  for (int number : {0, 9, 0xF000, 0xF002, 0xFFFF}) {
    EXPECT_EQ(parameters(static_cast<CipherSuite>(number)).error(), Error::kUnsupported);
  }
}

}  // namespace
}  // namespace sotto
