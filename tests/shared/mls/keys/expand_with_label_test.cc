#include "mls/keys/expand_with_label.h"

#include <gtest/gtest.h>

#include <vector>

#include "crypto/hkdf.h"
#include "mls/wire/writer.h"
#include "shared/mls/keys/secrets.h"

namespace sotto::mls {
namespace {

TEST(ExpandWithLabel, ExpandsTheEncodedKdfLabel) {
  const auto secret = secret_of(1);
  for (std::size_t size : {0, 63, 64, 16384}) {
    const std::vector<std::uint8_t> context(size, 3);
    Writer label;
    label.u16(500);
    label.opaque(as_bytes("MLS 1.0 some label"));
    label.opaque(context);
    std::vector<std::uint8_t> expected(500), out(500);
    ASSERT_TRUE(hkdf_expand(Hash::kSha256, secret.view(), std::move(label).take(), expected));
    ASSERT_TRUE(expand_with_label(secret.view(), "some label", context, out));
    EXPECT_EQ(out, expected) << size;
  }
}

TEST(ExpandWithLabel, GivesNoMoreThanTheKdfCan) {
  std::vector<std::uint8_t> out(8161);
  EXPECT_EQ(expand_with_label({}, "x", {}, out).error(), Error::kInvalidArgument);
  EXPECT_TRUE(expand_with_label({}, "x", {}, MutableBytes(out).first(8160)));
}

TEST(ExpandWithLabel, BindsLabelContextLengthAndGeneration) {
  const auto secret = secret_of(1);
  const auto derive = [&](std::string_view label, std::string_view context) {
    return expand_with_label<kNh>(secret.view(), label, as_bytes(context));
  };
  EXPECT_FALSE(equal(derive("a", "").view(), derive("b", "").view()));
  EXPECT_FALSE(equal(derive("a", "b").view(), derive("ab", "").view()));
  EXPECT_TRUE(equal(derive("a", "").view(), derive_secret(secret.view(), "a").view()));
  std::uint8_t short_one[16], first[32], second[32];
  ASSERT_TRUE(expand_with_label(secret.view(), "a", {}, short_one));
  EXPECT_FALSE(equal(short_one, ByteView(derive("a", "").view()).first(16)));
  ASSERT_TRUE(derive_tree_secret(secret.view(), "key", 1, first));
  ASSERT_TRUE(derive_tree_secret(secret.view(), "key", 256, second));
  EXPECT_FALSE(equal(first, second));
}

}  // namespace
}  // namespace sotto::mls
