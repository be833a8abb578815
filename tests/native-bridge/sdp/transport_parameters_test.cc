#include "sdp/transport_parameters.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

const std::string kFingerprint =
    "sha-256 "
    "6b:87:66:86:EE:28:15:9D:E6:51:BA:EC:70:61:7C:04:36:43:1A:38:CB:B9:64:DB:09:35:BE:B1:5A:4F:BC:"
    "6B";

std::string outcome(const std::string& session, const std::string& media) {
  const auto sdp = parsed("v=0\n" + session + "m=audio 9 X 1\n" + media);
  auto result = read_transport(sdp, sdp.media[0]);
  if (auto* error = std::get_if<SdpError>(&result)) return error->what;
  const auto& remote = std::get<RemoteTransport>(result);
  return remote.ufrag + " " + remote.password + " " + remote.fingerprint;
}

TEST(TransportParameters, TakesTheMLinesValuesOrElseTheSessions) {
  const std::string all = "a=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\na=setup:active\n";
  const std::string expected =
      "abcd 0123456789012345678901 sha-256 "
      "6B:87:66:86:EE:28:15:9D:E6:51:BA:EC:70:61:7C:04:36:43:1A:38:CB:B9:64:DB:09:35:BE:B1:5A:4F:"
      "BC:6B";
  EXPECT_EQ(outcome("a=fingerprint:" + kFingerprint + "\n", all), expected);
  EXPECT_EQ(outcome("", all + "a=fingerprint:sha-1 AA:BB\na=fingerprint:" + kFingerprint + "\n"),
            expected);
}

TEST(TransportParameters, NamesWhatIsMissing) {
  const std::string ice = "a=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\n";
  const std::string dtls = "a=fingerprint:" + kFingerprint + "\n";
  EXPECT_EQ(outcome("", dtls), "a=ice-ufrag is missing or malformed");
  EXPECT_EQ(outcome("", dtls + "a=ice-ufrag:ab d\n"), "a=ice-ufrag is missing or malformed");
  EXPECT_EQ(outcome("", dtls + "a=ice-ufrag:abcd\na=ice-pwd:short\n"),
            "a=ice-pwd is missing or malformed");
  EXPECT_EQ(outcome("", ice + "a=setup:active\n"), "a=fingerprint with sha-256 is missing");
  EXPECT_EQ(outcome("", ice + "a=fingerprint:sha-256 00:11\na=setup:active\n"),
            "a=fingerprint with sha-256 is missing");
  EXPECT_EQ(outcome("", ice + dtls), "a=setup is missing");
  EXPECT_EQ(outcome("", ice + dtls + "a=setup:holdconn\n"),
            "a=setup must be active, passive or actpass");
}

TEST(TransportParameters, PrefersUdpAndEarlierAddresses) {
  Attributes attributes;
  add_candidates(attributes, local_transport());
  ASSERT_EQ(attributes.list.size(), 5u);
  EXPECT_EQ(attributes.list[0].value, "1 1 udp 2130706431 192.0.2.1 10000 typ host");
  EXPECT_EQ(attributes.list[1].value, "3 1 udp 2130706175 2001:db8::1 10000 typ host");
  EXPECT_EQ(attributes.list[2].value,
            "2 1 tcp 1526726655 192.0.2.1 10000 typ host tcptype passive");
  EXPECT_EQ(attributes.list[3].value,
            "4 1 tcp 1526726399 2001:db8::1 10000 typ host tcptype passive");
  EXPECT_EQ(attributes.list[4].name, "end-of-candidates");
}

}  // namespace
}  // namespace sotto::bridge::sdp
