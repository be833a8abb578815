#include "mls/keys/exporter.h"

#include <gtest/gtest.h>

#include <set>

#include "mls/bytes.h"
#include "shared/mls/keys/secrets.h"

namespace sotto::mls {
namespace {

Bytes exported(std::uint8_t secret, std::string_view label, std::string_view context,
               std::size_t size) {
  Bytes out(size);
  EXPECT_TRUE(mls_exporter(secret_of(secret), label, as_bytes(context), out));
  return out;
}

TEST(Exporter, GivesEachEpochLabelContextAndLengthBytesOfItsOwn) {
  Bytes shorter = exported(1, "a", "b", 40);
  shorter.resize(32);
  const std::set<Bytes> different = {exported(1, "a", "b", 32), exported(2, "a", "b", 32),
                                     exported(1, "b", "b", 32), exported(1, "a", "c", 32), shorter};
  EXPECT_EQ(different.size(), 5u);
  EXPECT_EQ(exported(1, "a", "b", 32), exported(1, "a", "b", 32));
}

TEST(Exporter, RefusesMoreThanTheKdfCanGive) {
  Bytes out(8161);
  EXPECT_EQ(mls_exporter(secret_of(1), "a", {}, out).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto::mls
