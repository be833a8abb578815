#include "compat/dave_av1.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

// The bytes as they are sealed, clear ones in upper case; or the error's name.
std::string prepare(const char* hex) {
  const auto frame = from_hex(hex).value();
  std::vector<std::uint8_t> out(frame.size());
  ByteWriter writer(out);
  ClearRanges ranges;
  if (auto done = prepare_dave_av1(frame, writer, ranges); !done) {
    return std::string(name(done.error()));
  }
  EXPECT_TRUE(writer.ok());
  std::string text = to_hex(writer.written());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (ranges.contain(i / 2, 1)) text[i] = static_cast<char>(std::toupper(text[i]));
  }
  return text;
}

TEST(DaveAv1Test, LeavesHeadersAndSizesInTheClearAndTheLastObuWithoutASize) {
  EXPECT_EQ(prepare("0a02aabb"
                    "3203ccddee"),
            "0A02aabb"
            "30ccddee");
}

TEST(DaveAv1Test, DropsTemporalDelimitersTileListsAndPadding) {
  EXPECT_EQ(prepare("1200"
                    "0a02aabb"
                    "4201ff"
                    "3203ccddee"
                    "7a01ff"),
            "0A02aabb"
            "30ccddee");
}

TEST(DaveAv1Test, KeepsExtensionsAndShortensSizes) {
  EXPECT_EQ(prepare("0e0882"
                    "8000"
                    "aabb"
                    "3608"
                    "03ccddee"),
            "0E0802aabb"
            "3408ccddee");
}

TEST(DaveAv1Test, TakesALastObuThatHasNoSize) {
  EXPECT_EQ(prepare("0a01aa"
                    "30ccdd"),
            "0A01aa"
            "30ccdd");
}

TEST(DaveAv1Test, RefusesWhatIsNoSequenceOfObus) {
  EXPECT_EQ(prepare(""), "malformed");
  EXPECT_EQ(prepare("1200"), "malformed");
  EXPECT_EQ(prepare("8a01aa"), "malformed");
  EXPECT_EQ(prepare("0a05aa"), "truncated");
  EXPECT_EQ(prepare("0e"), "truncated");
}

}  // namespace
}  // namespace sotto
