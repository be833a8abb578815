#include "dtls/fingerprint.h"

#include <gtest/gtest.h>

#include <cctype>

namespace sotto::bridge {
namespace {

constexpr char kText[] =
    "0D:A0:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:"
    "0E";

TEST(Fingerprint, IsReadInEitherCaseAndWrittenInUpperCase) {
  const auto fingerprint = Fingerprint::from_text(kText);
  ASSERT_TRUE(fingerprint);
  EXPECT_EQ(fingerprint->text(), kText);
  std::string lower(kText);
  for (char& c : lower) c = static_cast<char>(std::tolower(c));
  EXPECT_EQ(*Fingerprint::from_text(lower), *fingerprint);
}

TEST(Fingerprint, RefusesEveryOtherShape) {
  const std::string text(kText);
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(Fingerprint::from_text(text.substr(0, size)));
  }
  EXPECT_FALSE(Fingerprint::from_text(text + ":00"));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string wrong = text;
    wrong[at] = 'g';
    EXPECT_FALSE(Fingerprint::from_text(wrong)) << at;
  }
}

TEST(Fingerprint, IsSha256OfTheDer) {
  EXPECT_EQ(
      Fingerprint::of(as_bytes("abc")).text(),
      "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:"
      "00:15:AD");
}

}  // namespace
}  // namespace sotto::bridge
