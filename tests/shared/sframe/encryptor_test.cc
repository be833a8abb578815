#include "sframe/encryptor.h"

#include <gtest/gtest.h>

#include <set>
#include <type_traits>
#include <vector>

#include "base/byte_reader.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t kBaseKey[32] = {3, 1, 4};

std::uint64_t ctr_of(ByteView sframe) {
  ByteReader reader(sframe);
  return decode_header(reader).value().ctr;
}

TEST(Encryptor, UsesNoCtrTwiceWhateverHappensInBetween) {
  Encryptor encryptor = *Encryptor::create(kSottoSuite, 77, kBaseKey);
  std::set<std::uint64_t> seen;
  Bytes out(200);
  for (int i = 0; i < 1000; ++i) {
    if (i % 7 == 0) {
      const Bytes metadata(Context::kMaxMetadataSize + 1);
      EXPECT_FALSE(encryptor.encrypt(metadata, Bytes(10), out));
    }
    if (i % 5 == 0) {
      EXPECT_FALSE(encryptor.encrypt({}, Bytes(10), MutableBytes(out).first(20)));
    }
    const std::size_t expected = encryptor.next_size(10);
    const auto size = encryptor.encrypt({}, Bytes(10), out);
    ASSERT_TRUE(size);
    EXPECT_EQ(*size, expected);
    EXPECT_TRUE(seen.insert(ctr_of(ByteView(out).first(*size))).second);
  }
}

TEST(Encryptor, GoesOnCountingWhereItIsTold) {
  Encryptor encryptor = *Encryptor::create(kSottoSuite, 77, kBaseKey, 300);
  Bytes out(200);
  const auto size = encryptor.encrypt({}, Bytes(10), out);
  ASSERT_TRUE(size);
  EXPECT_EQ(ctr_of(ByteView(out).first(*size)), 300u);
  EXPECT_EQ(encryptor.next_ctr(), 301u);
}

TEST(Encryptor, CannotBeCopied) {
  static_assert(!std::is_copy_constructible_v<Encryptor>);
  static_assert(!std::is_copy_assignable_v<Encryptor>);
}

}  // namespace
}  // namespace sotto
