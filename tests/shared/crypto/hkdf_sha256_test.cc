#include "crypto/hkdf_sha256.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "crypto/hkdf.h"

namespace sotto {
namespace {

// RFC 5869 appendix A.1.
TEST(HkdfSha256, DerivesWhatTheRfcDoes) {
  const auto salt = from_hex("000102030405060708090a0b0c").value();
  const std::vector<std::uint8_t> input(22, 0x0b);
  const auto prk = hkdf_sha256_extract(salt, {input});
  EXPECT_EQ(to_hex(prk.view()), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
  std::vector<std::uint8_t> out(42);
  ASSERT_TRUE(hkdf_sha256_expand(prk.view(), {from_hex("f0f1f2f3f4f5f6f7f8f9").value()}, out));
  EXPECT_EQ(to_hex(out),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST(HkdfSha256, DoesNotCareWhereItsInputsAreCut) {
  const ByteView all = as_bytes("one two three");
  const auto prk = hkdf_sha256_extract({}, {all.first(4), {}, all.subspan(4)});
  std::vector<std::uint8_t> whole(32);
  ASSERT_TRUE(hkdf_extract(Hash::kSha256, {}, all, whole));
  EXPECT_TRUE(equal(prk.view(), whole));

  for (std::size_t size : {0, 1, 31, 32, 33, 8160}) {
    std::vector<std::uint8_t> expected(size), out(size);
    ASSERT_TRUE(hkdf_expand(Hash::kSha256, prk.view(), all, expected));
    ASSERT_TRUE(hkdf_sha256_expand(prk.view(), {all.first(7), all.subspan(7)}, out));
    EXPECT_EQ(out, expected);
  }
}

TEST(HkdfSha256, DerivesNoMoreThanTheRfcAllows) {
  std::vector<std::uint8_t> out(kMaxHkdfSha256Size + 1);
  EXPECT_EQ(hkdf_sha256_expand({}, {}, out).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
