#include "mls/wire/hpke_ciphertext.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

HpkeCiphertexts three() {
  HpkeCiphertexts ciphertexts;
  for (std::uint8_t i = 0; i < 3; ++i) ciphertexts.push_back({test::rising(i), Bytes(48, i)});
  return ciphertexts;
}

TEST(HpkeCiphertexts, EncodeAsAVectorOfHpkeCiphertext) {
  Writer out;
  std::vector<HpkeCiphertext> plain;
  for (std::uint8_t i = 0; i < 3; ++i) plain.push_back({test::rising(i), Bytes(48, i)});
  write_vector(out, plain);
  EXPECT_EQ(encode(three()), std::move(out).take());
  test::expect_strict(three());
  test::expect_strict(HpkeCiphertexts());
  test::expect_strict(plain[0]);
}

TEST(HpkeCiphertexts, GiveEachByItsIndexAndNothingPastTheEnd) {
  auto decoded = decode<HpkeCiphertexts>(encode(three()));
  ASSERT_EQ(decoded->size(), 3u);
  for (std::uint8_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(equal(decoded->at(i)->kem_output, test::rising(i)));
    EXPECT_TRUE(equal(decoded->at(i)->ciphertext, Bytes(48, i)));
  }
  EXPECT_EQ(decoded->at(3).error(), Error::kNotFound);
  EXPECT_EQ(HpkeCiphertexts().at(0).error(), Error::kNotFound);
}

TEST(HpkeCiphertexts, AreCheckedWhenTheyAreRead) {
  for (const char* text : {"0101", "020001" /* a ciphertext of 1 byte that is not there */,
                           "050400000000", "03400000"}) {
    EXPECT_EQ(test::error_of<HpkeCiphertexts>(test::from_hex(text)), Error::kMalformed) << text;
  }
}

}  // namespace
}  // namespace sotto::mls
