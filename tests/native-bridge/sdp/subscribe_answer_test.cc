#include "sdp/subscribe_answer.h"

#include <gtest/gtest.h>

#include "native-bridge/sdp/sdp_fixtures.h"
#include "sdp/subscribe_offer.h"

namespace sotto::bridge::sdp {
namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// A browser's real answer to an offer of one audio and one video m-line, with our mids.
std::string browser_answer(const std::string& name) {
  std::string text = fixture(name);
  replace_all(text, "a=mid:0", "a=mid:a0");
  replace_all(text, "a=mid:1", "a=mid:v0");
  replace_all(text, "BUNDLE 0 1", "BUNDLE a0 v0");
  replace_all(text, "a=sendrecv", "a=recvonly");
  return text;
}

SubscribeAnswer read(const std::string& text, std::size_t seats = 1) {
  auto result = read_subscribe_answer(parsed(text), seats);
  if (auto* error = std::get_if<SdpError>(&result)) {
    ADD_FAILURE() << error->what;
    return {};
  }
  return std::get<SubscribeAnswer>(std::move(result));
}

std::string error_of(const std::string& text, std::size_t seats = 1) {
  auto result = read_subscribe_answer(parsed(text), seats);
  const auto* error = std::get_if<SdpError>(&result);
  return error != nullptr ? error->what : "accepted";
}

TEST(SubscribeAnswer, ChromiumsAnswerIsRead) {
  const auto answer = read(browser_answer("chromium-stun-controlled.answer.sdp"));
  ASSERT_EQ(answer.media.size(), 2u);
  EXPECT_TRUE(answer.media[0].active);
  EXPECT_EQ(answer.media[0].mid, "a0");
  ASSERT_NE(answer.media[0].format(Codec::kOpus), nullptr);
  EXPECT_EQ(answer.media[0].format(Codec::kOpus)->payload_type, 111);
  ASSERT_NE(answer.media[1].format(Codec::kVp8), nullptr);
  EXPECT_EQ(answer.media[1].format(Codec::kVp8)->rtx_payload_type, 97);
  EXPECT_EQ(answer.media[1].format(Codec::kAv1), nullptr);
  EXPECT_EQ(answer.media[1].extensions.id(Extension::kMid), 4);
  EXPECT_EQ(answer.media[1].extensions.id(Extension::kAbsSendTime), 2);
  EXPECT_FALSE(answer.media[1].extensions.has(Extension::kTransportCc)) << "was not offered";
  EXPECT_FALSE(answer.media[1].extensions.has(Extension::kDependencyDescriptor));
}

// The recording's offer had Firefox's own numbers: the answer's payload types are those to send.
TEST(SubscribeAnswer, FirefoxsAnswerIsRead) {
  const auto answer = read(browser_answer("firefox-stun-controlled.answer.sdp"));
  ASSERT_EQ(answer.media.size(), 2u);
  EXPECT_TRUE(answer.media[0].active && answer.media[1].active);
  EXPECT_EQ(answer.media[0].format(Codec::kOpus)->payload_type, 109);
  EXPECT_EQ(answer.media[1].format(Codec::kVp8)->payload_type, 120);
  EXPECT_EQ(answer.media[1].format(Codec::kVp8)->rtx_payload_type, 124);
  EXPECT_EQ(answer.media[0].extensions.id(Extension::kAudioLevel), 1);
}

TEST(SubscribeAnswer, OurOwnOfferTurnedRoundIsAnAnswer) {
  std::vector<SeatStreams> seats(3);
  std::string text = write_subscribe_offer(local_transport(), seats);
  replace_all(text, "a=setup:actpass", "a=setup:active");
  replace_all(text, "a=sendonly", "a=recvonly");
  const auto answer = read(text, 3);
  ASSERT_EQ(answer.media.size(), 6u);
  for (const SubscribeMedia& media : answer.media) EXPECT_TRUE(media.active);
  EXPECT_EQ(answer.media[5].formats.size(), 4u);
  EXPECT_EQ(answer.media[5].extensions, subscribe_extensions(MediaKind::kVideo));
  EXPECT_EQ(answer.remote.ufrag, "brdg");
}

TEST(SubscribeAnswer, ARejectedMLineIsNotActive) {
  std::string text = browser_answer("chromium-stun-controlled.answer.sdp");
  replace_all(text, "m=video 9", "m=video 0");
  replace_all(text, "BUNDLE a0 v0", "BUNDLE a0");
  const auto answer = read(text);
  EXPECT_TRUE(answer.media[0].active);
  EXPECT_FALSE(answer.media[1].active);
  EXPECT_EQ(answer.media[1].format(Codec::kVp8), nullptr);
}

TEST(SubscribeAnswer, AnExtensionUnderAnotherIdIsNotSent) {
  std::string text = browser_answer("chromium-stun-controlled.answer.sdp");
  replace_all(text, "a=extmap:4 ", "a=extmap:7 ");
  EXPECT_FALSE(read(text).media[0].extensions.has(Extension::kMid));
}

TEST(SubscribeAnswer, SaysWhatIsWrong) {
  const std::string good = browser_answer("chromium-stun-controlled.answer.sdp");
  EXPECT_EQ(error_of(good, 2), "the answer must have as many m-lines as the offer: 4");
  std::string text = good;
  replace_all(text, "a=mid:v0", "a=mid:v1");
  EXPECT_EQ(error_of(text), "m-line 1 of the answer must be video with a=mid:v0");
  text = good;
  replace_all(text, "a=setup:active", "a=setup:passive");
  EXPECT_EQ(error_of(text), "a=setup must be active in the answer: the bridge is the DTLS server");
  text = good;
  replace_all(text, "m=video 9", "m=video 0");
  replace_all(text, "m=audio 51970", "m=audio 0");
  EXPECT_EQ(error_of(text), "the answer rejects every m-line");
}

}  // namespace
}  // namespace sotto::bridge::sdp
