#include "sframe/header.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "shared/reference_vectors.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::string encoded(const Header& header) {
  std::uint8_t buffer[Header::kMaxSize];
  ByteWriter writer(buffer);
  encode(header, writer);
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.size(), encoded_size(header));
  return to_hex(writer.written());
}

Result<Header> decoded(std::string_view hex) {
  const Bytes bytes = from_hex(hex).value();
  ByteReader reader(bytes);
  return decode_header(reader);
}

TEST(Header, HasEachOfTheFourForms) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();
  const std::pair<Header, const char*> cases[] = {
      {{.kid = 0, .ctr = 0}, "00"},
      {{.kid = 7, .ctr = 7}, "77"},
      {{.kid = 1, .ctr = 8}, "1808"},
      {{.kid = 8, .ctr = 1}, "8108"},
      {{.kid = 0x123, .ctr = 0x4567}, "9901234567"},
      {{.kid = kLargest, .ctr = kLargest}, "ffffffffffffffffffffffffffffffffff"},
  };
  for (const auto& [header, hex] : cases) {
    EXPECT_EQ(encoded(header), hex);
    EXPECT_EQ(*decoded(hex), header);
  }
}

TEST(Header, MatchesThePublishedVectorsBothWays) {
  const auto vectors = reference_json("vectors/sframe/sframe-test-vectors.json");
  if (!vectors) return;
  const auto& cases = vectors->at("header");
  for (const auto& c : cases) {
    const Header header{.kid = c.at("kid"), .ctr = c.at("ctr")};
    const std::string hex = c.at("encoded");
    EXPECT_EQ(encoded(header), hex);
    EXPECT_EQ(*decoded(hex), header);
  }
  EXPECT_EQ(cases.size(), 289u);
  print_count("SFrame headers", cases.size());
}

TEST(Header, IsRefusedWhereItEndsTooEarly) {
  const Bytes whole = from_hex("ffffffffffffffffffffffffffffffffff").value();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ByteReader reader(ByteView(whole).first(size));
    EXPECT_EQ(decode_header(reader).error(), Error::kTruncated) << size;
  }
}

TEST(Header, IsRefusedWhenANumberTakesMoreBytesThanItNeeds) {
  for (const char* hex : {"8007", "0807", "900008", "090008", "9900ff00ff"}) {
    EXPECT_EQ(decoded(hex).error(), Error::kMalformed) << hex;
  }
}

}  // namespace
}  // namespace sotto
