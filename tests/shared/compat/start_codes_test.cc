#include "compat/start_codes.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

std::string widened(const char* hex) {
  const auto bytes = from_hex(hex).value();
  std::vector<std::uint8_t> out(2 * bytes.size());
  ByteWriter writer(out);
  widen_start_codes(bytes, writer);
  return to_hex(writer.written());
}

TEST(StartCodesTest, WidensShortOnesAndLeavesTheRest) {
  EXPECT_EQ(widened("0000016709000001680a"),
            "0000000167090000000168"
            "0a");
  EXPECT_EQ(widened("00000001670900000001680a"), "00000001670900000001680a");
  EXPECT_EQ(widened("0102030000"), "0102030000");
  EXPECT_EQ(widened(""), "");
}

TEST(StartCodesTest, FindsTheNextOneFromAnywhere) {
  const auto bytes = from_hex("00000001090000010000000001").value();
  EXPECT_EQ(find_start_code(bytes, 0), 1u);
  EXPECT_EQ(find_start_code(bytes, 2), 5u);
  EXPECT_EQ(find_start_code(bytes, 6), 10u);
  EXPECT_EQ(find_start_code(bytes, 11), bytes.size());
  EXPECT_EQ(find_start_code({}, 0), 0u);
}

}  // namespace
}  // namespace sotto
