#include "sdp/publish_answer.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"

namespace sotto::bridge::sdp {
namespace {

PublishAnswer answered(const std::string& offer) {
  auto result = answer_publish(parsed(offer), local_transport());
  if (auto* error = std::get_if<SdpError>(&result)) {
    ADD_FAILURE() << error->what;
    return {};
  }
  return std::get<PublishAnswer>(std::move(result));
}

std::string error_of(const std::string& offer) {
  auto result = answer_publish(parsed(offer), local_transport());
  const auto* error = std::get_if<SdpError>(&result);
  return error != nullptr ? error->what : "accepted";
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at; (at = text.find(part)) != std::string::npos;) text.erase(at, part.size());
  return text;
}

// What any answer must satisfy (RFC 3264 section 6, RFC 8829 section 5.3).
void expect_matches(const SessionDescription& offer, const PublishAnswer& answer) {
  const SessionDescription sdp = parsed(answer.sdp);
  ASSERT_EQ(sdp.media.size(), offer.media.size());
  ASSERT_EQ(answer.media.size(), offer.media.size());
  for (std::size_t i = 0; i < sdp.media.size(); ++i) {
    EXPECT_EQ(sdp.media[i].kind, offer.media[i].kind);
    EXPECT_EQ(sdp.media[i].protocol, offer.media[i].protocol);
    EXPECT_EQ(*sdp.media[i].attributes.find("mid"), *offer.media[i].attributes.find("mid"));
    for (const std::string& format : sdp.media[i].formats) {
      const auto& offered = offer.media[i].formats;
      EXPECT_NE(std::find(offered.begin(), offered.end(), format), offered.end()) << format;
    }
    EXPECT_EQ(sdp.media[i].port == "0", answer.media[i].rejected);
    if (answer.media[i].rejected) continue;
    EXPECT_EQ(*sdp.media[i].attributes.find("setup"), "passive");
    EXPECT_TRUE(sdp.media[i].attributes.has("rtcp-mux"));
    EXPECT_TRUE(sdp.media[i].attributes.has(answer.media[i].active ? "recvonly" : "inactive"));
    for (const Attribute& attribute : sdp.media[i].attributes.list) {
      EXPECT_EQ(attribute.value.find("goog-remb"), std::string::npos);
    }
  }
}

TEST(PublishAnswer, EveryOfferOfRealBrowsersGetsAnAnswer) {
  int count = 0;
  for (const auto& [name, text] : all_sdp("offer")) {
    if (name.find("janus") != std::string::npos) continue;  // a server's offer
    SCOPED_TRACE(name);
    const SessionDescription offer = parsed(text);
    // Written by the recording's peer for the browser to answer: H.264 mode 0 has no place here.
    auto result = answer_publish(offer, local_transport());
    if (name.find("h264-mode0") != std::string::npos) {
      EXPECT_EQ(std::get<SdpError>(result).what, "no m-line has a codec that the bridge forwards");
      continue;
    }
    ASSERT_TRUE(std::holds_alternative<PublishAnswer>(result)) << std::get<SdpError>(result).what;
    expect_matches(offer, std::get<PublishAnswer>(result));
    ++count;
  }
  EXPECT_GE(count, 7);
}

TEST(PublishAnswer, ChromiumSimulcastKeepsItsOrderOfRids) {
  const auto answer = answered(fixture("chromium-vp8-simulcast-dd.offer.sdp"));
  ASSERT_EQ(answer.media.size(), 1u);
  const PublishMedia& media = answer.media[0];
  EXPECT_EQ(media.mid, "0");
  EXPECT_TRUE(media.active);
  EXPECT_EQ(media.kind, MediaKind::kVideo);
  EXPECT_EQ(media.rids, (std::vector<std::string>{"q", "h", "f"}));
  EXPECT_TRUE(media.ssrcs.empty());
  EXPECT_EQ(media.extensions.id(Extension::kMid), 9);
  EXPECT_EQ(media.extensions.id(Extension::kRid), 10);
  EXPECT_EQ(media.extensions.id(Extension::kRepairedRid), 11);
  EXPECT_EQ(media.extensions.id(Extension::kDependencyDescriptor), 13);
  EXPECT_EQ(media.extensions.id(Extension::kTransportCc), 4);
  EXPECT_EQ(lines(answer.sdp, "a=simulcast"), (std::vector<std::string>{"a=simulcast:recv q;h;f"}));
  EXPECT_EQ(lines(answer.sdp, "a=rid").size(), 3u);
  EXPECT_EQ(answer.remote.ufrag, "oFCF");
  EXPECT_EQ(answer.remote.password, "ggegWCPD3fP2cNJf8lEs3laZ");
}

TEST(PublishAnswer, FirefoxSimulcastHasRidsSsrcsAndSessionFingerprint) {
  const auto answer = answered(fixture("firefox-vp8-simulcast.offer.sdp"));
  const PublishMedia& media = answer.media.at(0);
  EXPECT_EQ(media.rids, (std::vector<std::string>{"q", "h", "f"}));
  ASSERT_EQ(media.ssrcs.size(), 3u);
  EXPECT_EQ(media.ssrcs[0].media, 203449272u);
  EXPECT_EQ(media.ssrcs[0].rtx, 1297739312u);
  EXPECT_EQ(media.extensions.id(Extension::kRid), 9) << "extmap:9/sendonly";
  EXPECT_EQ(media.formats.at(0).rtx_payload_type, 124);
  EXPECT_TRUE(answer.remote.fingerprint.starts_with("sha-256 08:B6:D3"));
}

TEST(PublishAnswer, WritesWholeSdp) {
  const auto answer = answered(fixture("chromium-feedback-twcc.offer.sdp"));
  EXPECT_TRUE(answer.sdp.starts_with(
      "v=0\r\no=- 42 7 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\na=ice-lite\r\n"
      "a=extmap-allow-mixed\r\n"))
      << answer.sdp;
  EXPECT_EQ(lines(answer.sdp, "m="),
            (std::vector<std::string>{"m=audio 9 UDP/TLS/RTP/SAVPF 111",
                                      "m=video 9 UDP/TLS/RTP/SAVPF 96 97"}));
  EXPECT_EQ(lines(answer.sdp, "a=candidate").size(), 4u) << "once, for the group";
  EXPECT_EQ(lines(answer.sdp, "a=ice-ufrag:brdg").size(), 2u);
  EXPECT_EQ(lines(answer.sdp, "a=rtcp-fb:96"),
            (std::vector<std::string>{"a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli",
                                      "a=rtcp-fb:96 ccm fir", "a=rtcp-fb:96 transport-cc"}));
  EXPECT_EQ(lines(answer.sdp, "a=fmtp:97"), (std::vector<std::string>{"a=fmtp:97 apt=96"}));
}

TEST(PublishAnswer, AsksForConstantBitRateAndNoSilenceSuppression) {
  const auto answer = answered(fixture("chromium-opus-red.offer.sdp"));
  EXPECT_EQ(lines(answer.sdp, "a=fmtp:111"),
            (std::vector<std::string>{"a=fmtp:111 minptime=10;useinbandfec=1;cbr=1"}));
  EXPECT_TRUE(lines(answer.sdp, "a=rtpmap:63").empty()) << "RED is not taken";
}

TEST(PublishAnswer, RejectsDataChannelsAndLeavesThemOutOfTheGroup) {
  const auto answer = answered(fixture("firefox-offer-default.sdp"));
  ASSERT_EQ(answer.media.size(), 3u);
  EXPECT_TRUE(answer.media[2].rejected);
  EXPECT_EQ(lines(answer.sdp, "m=application"),
            (std::vector<std::string>{"m=application 0 UDP/DTLS/SCTP webrtc-datachannel"}));
  EXPECT_EQ(lines(answer.sdp, "a=group"), (std::vector<std::string>{"a=group:BUNDLE 0 1"}));
}

TEST(PublishAnswer, StoppedAndReceivingMLinesCarryNoTrack) {
  std::string offer = fixture("chromium-feedback-twcc.offer.sdp");
  offer.replace(offer.find("a=sendrecv"), 10, "a=inactive");
  offer.replace(offer.find("a=sendrecv"), 10, "a=recvonly");
  const auto answer = answered(offer);
  EXPECT_FALSE(answer.media[0].active);
  EXPECT_FALSE(answer.media[1].active);
  EXPECT_FALSE(answer.media[0].rejected);
  EXPECT_EQ(lines(answer.sdp, "a=inactive").size(), 2u);
}

TEST(PublishAnswer, AnMLineOfferedWithPort0StaysRejectedUnlessItIsBundleOnly) {
  std::string offer = fixture("chromium-feedback-twcc.offer.sdp");
  offer.replace(offer.find("m=video 9"), 9, "m=video 0");
  EXPECT_TRUE(answered(offer).media[1].rejected);
  offer.replace(offer.find("a=mid:1"), 7, "a=bundle-only\r\na=mid:1");
  EXPECT_TRUE(answered(offer).media[1].active);
}

TEST(PublishAnswer, TheTransportIsThatOfTheGroupsFirstMLineInUse) {
  std::string offer = fixture("chromium-feedback-twcc.offer.sdp");
  offer.replace(offer.find("a=group:BUNDLE 0 1"), 18, "a=group:BUNDLE 1 0");
  const auto answer = answered(offer);
  EXPECT_EQ(lines(answer.sdp, "a=group"), (std::vector<std::string>{"a=group:BUNDLE 1 0"}));
  EXPECT_GT(answer.sdp.find("a=candidate"), answer.sdp.find("m=video"));
}

TEST(PublishAnswer, SaysWhatCannotBeUsed) {
  const std::string offer = fixture("chromium-feedback-twcc.offer.sdp");
  EXPECT_EQ(error_of(without(offer, "a=group:BUNDLE 0 1\r\n")),
            "m-line with mid \"0\": is not in a=group:BUNDLE");
  EXPECT_EQ(error_of(without(offer, "a=rtcp-mux\r\n")),
            "m-line with mid \"0\": a=rtcp-mux is missing");
  EXPECT_EQ(error_of(without(offer, "a=mid:0\r\n")), "a=mid is missing or malformed");
  EXPECT_EQ(error_of(without(offer, "a=ice-ufrag:vBMJ\r\n")),
            "a=ice-ufrag is missing or malformed");
  std::string twice = offer;
  twice.replace(twice.find("a=mid:1"), 7, "a=mid:0");
  EXPECT_EQ(error_of(twice), "m-line with mid \"0\": a=mid is used twice");
  std::string passive = offer;
  for (std::size_t at; (at = passive.find("a=setup:actpass")) != std::string::npos;) {
    passive.replace(at, 15, "a=setup:passive");
  }
  EXPECT_EQ(error_of(passive), "a=setup must be actpass or active: the bridge is the DTLS server");
  EXPECT_EQ(error_of("v=0\r\n"), "no m-line has a codec that the bridge forwards");
}

TEST(PublishAnswer, ManyRidsAreCutToThree) {
  std::string offer = fixture("chromium-vp8-simulcast-dd.offer.sdp");
  offer.replace(offer.find("a=simulcast:send q;h;f"), 22,
                "a=rid:z send\r\na=simulcast:send q,h;~h;q;nope;z;f");
  const auto answer = answered(offer);
  EXPECT_EQ(answer.media[0].rids, (std::vector<std::string>{"q", "h", "z"}));
}

}  // namespace
}  // namespace sotto::bridge::sdp
