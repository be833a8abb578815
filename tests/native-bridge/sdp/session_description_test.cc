#include "sdp/session_description.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

std::string error_of(const std::string& text) {
  auto result = parse(text);
  const auto* error = std::get_if<SdpError>(&result);
  return error != nullptr ? error->what : "accepted";
}

TEST(SessionDescription, EverySdpOfRealPeersSurvivesARoundTrip) {
  for (const auto& [name, text] : all_sdp(".sdp")) {
    auto first = parse(text);
    ASSERT_TRUE(std::holds_alternative<SessionDescription>(first))
        << name << ": " << std::get<SdpError>(first).what;
    const std::string again = serialize(std::get<SessionDescription>(first));
    EXPECT_EQ(serialize(parsed(again)), again) << name;
    EXPECT_EQ(lines(again, "m=").size(), std::get<SessionDescription>(first).media.size());
  }
}

TEST(SessionDescription, ReadsLinesIntoTheirPlaces) {
  const auto sdp = parsed(
      "v=0\no=- 1 2 IN IP4 0.0.0.0\ns=-\nt=0 0\na=group:BUNDLE 0\n"
      "m=audio 9 UDP/TLS/RTP/SAVPF 111 63\nc=IN IP4 0.0.0.0\nb=AS:30\na=mid:0\na=rtcp-mux\n");
  EXPECT_EQ(sdp.origin, "- 1 2 IN IP4 0.0.0.0");
  EXPECT_EQ(*sdp.attributes.find("group"), "BUNDLE 0");
  ASSERT_EQ(sdp.media.size(), 1u);
  EXPECT_EQ(sdp.media[0].kind, "audio");
  EXPECT_EQ(sdp.media[0].formats, (std::vector<std::string>{"111", "63"}));
  EXPECT_TRUE(sdp.media[0].attributes.has("rtcp-mux"));
  EXPECT_EQ(sdp.media[0].attributes.find("ptime"), nullptr);
}

TEST(SessionDescription, NamesTheLineThatIsWrong) {
  EXPECT_EQ(error_of("v=0\r\nnonsense\r\n"),
            "line 2 (nonsense): is not of the form <type>=<value>");
  EXPECT_EQ(error_of("v=1\n"), "line 1 (v=1): must be v=0");
  EXPECT_EQ(error_of("v=0\nm=audio\n"),
            "line 2 (m=audio): must have a kind, port, protocol and format");
  EXPECT_EQ(error_of("v=0\nm=audio x UDP/TLS/RTP/SAVPF 1\n"),
            "line 2 (m=audio x UDP/TLS/RTP/SAVPF 1): has no valid port");
  EXPECT_EQ(error_of("v=0\nm=audio 70000 UDP/TLS/RTP/SAVPF 1\n").substr(0, 6), "line 2");
  EXPECT_EQ(error_of("v=0\nx=1\n"), "line 2 (x=1): has an unknown type or is out of place");
  EXPECT_EQ(error_of("v=0\na=:x\n"), "line 2 (a=:x): has no attribute name");
  EXPECT_EQ(error_of(""), "the SDP is empty");
}

TEST(SessionDescription, ControlCharactersCannotSmuggleALine) {
  EXPECT_EQ(error_of("v=0\na=mid:0\ra=evil\n"), "line 2 (a=mid:0?a=evil): has a control character");
  EXPECT_NE(error_of(std::string("v=0\na=mid:\0x\n", 13)), "accepted");
}

TEST(SessionDescription, EverySizeIsBounded) {
  EXPECT_EQ(error_of(std::string(kMaxText + 1, 'v')), "the SDP is too large");
  EXPECT_NE(error_of("v=0\na=" + std::string(kMaxLine, 'x') + "\n"), "accepted");
  std::string many = "v=0\n";
  for (std::size_t i = 0; i <= kMaxMedia; ++i) many += "m=audio 9 X 1\n";
  EXPECT_NE(error_of(many).find("one m-line too many"), std::string::npos);
  many = "v=0\n";
  for (std::size_t i = 0; i <= kMaxAttributes; ++i) many += "a=x\n";
  EXPECT_NE(error_of(many).find("one attribute too many"), std::string::npos);
  many = "v=0\nm=audio 9 X";
  for (std::size_t i = 0; i <= kMaxFormats; ++i) many += " 1";
  EXPECT_NE(error_of(many).find("too many formats"), std::string::npos);
}

}  // namespace
}  // namespace sotto::bridge::sdp
