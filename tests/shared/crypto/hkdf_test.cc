#include "crypto/hkdf.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes hex(std::string_view text) {
  return from_hex(text).value();
}

struct Rfc5869Case {
  const char* input_key;
  const char* salt;
  const char* info;
  const char* prk;
  const char* output;
};

// RFC 5869 appendix A, the cases with SHA-256.
const Rfc5869Case kCases[] = {
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c",
     "f0f1f2f3f4f5f6f7f8f9", "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
    {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
     "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4"
     "e4f",
     "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
     "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacada"
     "eaf",
     "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
     "d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdf"
     "eff",
     "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590"
     "e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
     "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
};

TEST(Hkdf, MatchesTheSha256VectorsOfRfc5869) {
  for (const Rfc5869Case& c : kCases) {
    Bytes prk(32);
    ASSERT_TRUE(hkdf_extract(Hash::kSha256, hex(c.salt), hex(c.input_key), prk));
    EXPECT_EQ(to_hex(prk), c.prk);
    Bytes output(hex(c.output).size());
    ASSERT_TRUE(hkdf_expand(Hash::kSha256, prk, hex(c.info), output));
    EXPECT_EQ(to_hex(output), c.output);
  }
}

// RFC 4231, cases 2 (a short key) and 6 (a key longer than a block).
TEST(Hmac, MatchesTheSha512VectorsOfRfc4231) {
  Bytes mac(64);
  ASSERT_TRUE(hmac(Hash::kSha512, as_bytes("Jefe"),
                   {as_bytes("what do ya want "), as_bytes("for nothing?")}, mac));
  EXPECT_EQ(to_hex(mac),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
  ASSERT_TRUE(hmac(Hash::kSha512, Bytes(131, 0xaa),
                   {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")}, mac));
  EXPECT_EQ(to_hex(mac),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
            "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

TEST(Hkdf, RefusesMoreOutputThanTheCounterCanNumber) {
  const Bytes prk(32, 1);
  Bytes longest(255 * 32);
  EXPECT_TRUE(hkdf_expand(Hash::kSha256, prk, {}, longest));
  Bytes longer(255 * 32 + 1);
  EXPECT_EQ(hkdf_expand(Hash::kSha256, prk, {}, longer).error(), Error::kInvalidArgument);
}

TEST(Hmac, RefusesAnOutputOfAnotherSizeThanTheHash) {
  Bytes mac(31);
  EXPECT_EQ(hmac(Hash::kSha256, {}, {}, mac).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
