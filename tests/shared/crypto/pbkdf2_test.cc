#include "crypto/pbkdf2.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(Pbkdf2, MatchesTheVectorsOfRfc7914Section11) {
  Bytes out(64);
  ASSERT_TRUE(pbkdf2_sha256(as_bytes("passwd"), as_bytes("salt"), 1, out));
  EXPECT_EQ(to_hex(out),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
            "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
  ASSERT_TRUE(pbkdf2_sha256(as_bytes("Password"), as_bytes("NaCl"), 80000, out));
  EXPECT_EQ(to_hex(out),
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
            "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d");
}

TEST(Pbkdf2, AgreesWithOpenSslForPassphrasesAndOutputsOfEverySize) {
  for (std::size_t size : {0, 1, 31, 32, 33, 63, 64, 65, 129}) {
    const std::string passphrase(size, 'p');
    const Bytes salt(size, 0x5a);
    Bytes ours(size + 1), theirs(size + 1);
    ASSERT_TRUE(pbkdf2_sha256(as_bytes(passphrase), salt, 7, ours));
    ASSERT_EQ(PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(size), salt.data(),
                                static_cast<int>(size), 7, EVP_sha256(),
                                static_cast<int>(theirs.size()), theirs.data()),
              1);
    EXPECT_EQ(ours, theirs) << size;
  }
}

TEST(Pbkdf2, RefusesNoIterationsAndMoreBytesThanItNumbers) {
  Bytes out(255 * 32 * 2 + 1);
  EXPECT_EQ(pbkdf2_sha256({}, {}, 0, MutableBytes(out).first(32)).error(), Error::kInvalidArgument);
  EXPECT_EQ(pbkdf2_sha256({}, {}, 1, out).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
