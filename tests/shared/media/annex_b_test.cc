#include "media/annex_b.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<std::string> split(std::string_view hex) {
  const Bytes stream = from_hex(hex).value();
  std::vector<std::string> units;
  auto splitter = NalSplitter::of(stream);
  if (!splitter) return {"refused"};
  while (auto unit = splitter->next()) units.push_back(to_hex(*unit));
  return units;
}

std::string escaped(std::string_view hex) {
  const Bytes in = from_hex(hex).value();
  Bytes out(max_escaped_size(in.size()));
  ByteWriter writer(out);
  escape(in, writer);
  EXPECT_TRUE(writer.ok());
  return to_hex(writer.written());
}

TEST(NalSplitter, TakesStartCodesOfThreeAndFourBytes) {
  using Units = std::vector<std::string>;
  EXPECT_EQ(split("000000016742000000016801000001658800"), (Units{"6742", "6801", "6588"}));
  EXPECT_EQ(split("00000165"), Units{"65"});
  EXPECT_EQ(split("0000000000000165"), Units{"65"}) << "leading zeros";
  EXPECT_EQ(split("000001000001410000010000"), Units{"41"}) << "empty units are no units";
}

TEST(NalSplitter, RefusesWhatDoesNotBeginWithAStartCode) {
  for (const char* hex : {"", "00", "000001", "6588", "41000001650a", "00000265"}) {
    const auto units = split(hex);
    EXPECT_TRUE(units.empty() || units.front() == "refused") << hex;
  }
  EXPECT_EQ(split("41000001650a"), std::vector<std::string>{"refused"});
}

TEST(EmulationPrevention, GuardsTheFourSequencesOfSection741) {
  EXPECT_EQ(escaped("000000"), "00000300");
  EXPECT_EQ(escaped("000001"), "00000301");
  EXPECT_EQ(escaped("000002"), "00000302");
  EXPECT_EQ(escaped("000003"), "00000303");
  EXPECT_EQ(escaped("000004"), "000004");
  EXPECT_EQ(escaped("0000000000"), "00000300000300");
}

TEST(EmulationPrevention, ComesOffAgainForBytesThatNeedItMost) {
  SeededRandom random;
  for (int round = 0; round < 2000; ++round) {
    Bytes rbsp(random.below(300));
    for (auto& byte : rbsp) byte = static_cast<std::uint8_t>(random.below(5) * random.below(2));
    Bytes nal(max_escaped_size(rbsp.size()));
    ByteWriter writer(nal);
    escape(rbsp, writer);
    ASSERT_TRUE(writer.ok());
    Bytes back(rbsp.size());
    ByteWriter reverse(back);
    unescape(writer.written(), reverse);
    ASSERT_TRUE(reverse.ok());
    EXPECT_EQ(back, rbsp);
    EXPECT_EQ(reverse.size(), rbsp.size());
  }
}

}  // namespace
}  // namespace sotto
