#include "compat/uleb128.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto {
namespace {

std::string written(std::uint32_t value) {
  std::uint8_t buffer[kMaxUleb128Size];
  ByteWriter writer(buffer);
  write_uleb128(value, writer);
  EXPECT_EQ(writer.size(), uleb128_size(value));
  return to_hex(writer.written());
}

Result<std::uint32_t> read(const char* hex) {
  const auto bytes = from_hex(hex).value();
  ByteReader reader(bytes);
  return read_uleb128(reader);
}

TEST(Uleb128Test, WritesTheLowestBitsFirst) {
  EXPECT_EQ(written(0), "00");
  EXPECT_EQ(written(127), "7f");
  EXPECT_EQ(written(128), "8001");
  EXPECT_EQ(written(624485), "e58e26");
  EXPECT_EQ(written(0xffffffff), "ffffffff0f");
}

TEST(Uleb128Test, ReadsWhatItWrites) {
  for (std::uint64_t value = 1; value <= 0xffffffff; value = value * 3 + 1) {
    const auto number = static_cast<std::uint32_t>(value);
    EXPECT_EQ(read(written(number).c_str()).value(), number);
  }
}

TEST(Uleb128Test, RefusesWhatIsTooLongTooLargeOrCutOff) {
  EXPECT_EQ(read("8000").error(), Error::kMalformed);
  EXPECT_EQ(read("ff00").error(), Error::kMalformed);
  EXPECT_EQ(read("ffffffff10").error(), Error::kMalformed);
  EXPECT_EQ(read("ffffffffff01").error(), Error::kMalformed);
  EXPECT_EQ(read("80").error(), Error::kTruncated);
  EXPECT_EQ(read("").error(), Error::kTruncated);
}

}  // namespace
}  // namespace sotto
