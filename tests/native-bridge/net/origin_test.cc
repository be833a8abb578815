#include "net/origin.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto::bridge {
namespace {

const std::vector<std::string> kNone;
const std::vector<std::string> kMeet = {"https://meet.example.org"};

TEST(Origin, ClientWithoutOriginIsNoBrowserAndMayConnect) {
  EXPECT_TRUE(origin_allowed("", "bridge.example.org", true, kNone));
}

TEST(Origin, PageOfTheBridgeItselfMayConnect) {
  EXPECT_TRUE(origin_allowed("https://bridge.example.org", "bridge.example.org", true, kNone));
  EXPECT_TRUE(
      origin_allowed("https://bridge.example.org:8443", "bridge.example.org:8443", true, kNone));
  EXPECT_TRUE(origin_allowed("https://bridge.example.org", "bridge.example.org:443", true, kNone));
  EXPECT_TRUE(origin_allowed("http://[::1]:8080", "[::1]:8080", false, kNone));
}

TEST(Origin, PageBehindAProxyThatAddsTlsMayConnect) {
  EXPECT_TRUE(origin_allowed("https://bridge.example.org", "bridge.example.org", false, kNone));
}

TEST(Origin, PlainPageMayNotReachATlsBridge) {
  EXPECT_FALSE(origin_allowed("http://bridge.example.org", "bridge.example.org", true, kNone));
}

TEST(Origin, ForeignPageMayNotConnect) {
  for (const char* origin :
       {"https://evil.example", "https://bridge.example.org.evil.example",
        "https://xbridge.example.org", "https://bridge.example.org:444", "null", "file://",
        "https://bridge.example.org/", "https://user@bridge.example.org",
        "https://bridge.example.org\r\nX: y", "https://", "ftp://bridge.example.org",
        "bridge.example.org"}) {
    EXPECT_FALSE(origin_allowed(origin, "bridge.example.org", true, kNone)) << origin;
  }
}

TEST(Origin, ListedPageMayConnectFromElsewhere) {
  EXPECT_TRUE(origin_allowed("https://meet.example.org", "bridge.example.org", true, kMeet));
  EXPECT_TRUE(origin_allowed("https://MEET.example.org:443", "bridge.example.org", true, kMeet));
  EXPECT_FALSE(origin_allowed("http://meet.example.org", "bridge.example.org", true, kMeet));
  EXPECT_FALSE(origin_allowed("https://meet.example.org:8443", "bridge.example.org", true, kMeet));
}

TEST(Origin, EmptyHostHeaderIsNobodysOrigin) {
  EXPECT_FALSE(origin_allowed("https://", "", true, kNone));
  EXPECT_FALSE(origin_allowed("https://a", "", true, kNone));
}

TEST(Origin, AuthorityRefusesWhatCouldBreakAHeader) {
  for (const char* text : {"a b", "a;b", "a,b", "a'b", "a/b", "[::1", "::1", "a:99999", "a:", "a:b",
                           "[]", "[x]", ""}) {
    EXPECT_FALSE(parse_authority(text, 80)) << text;
  }
  auto plain = parse_authority("Example.ORG:8080", 80);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "example.org");
  EXPECT_EQ(plain->port, 8080);
}

TEST(Origin, TextLeavesTheDefaultPortOut) {
  EXPECT_EQ(parse_origin("https://a.example:443")->text(), "https://a.example");
  EXPECT_EQ(parse_origin("https://a.example:80")->text(), "https://a.example:80");
}

}  // namespace
}  // namespace sotto::bridge
