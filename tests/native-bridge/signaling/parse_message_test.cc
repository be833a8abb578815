#include "signaling/parse_message.h"

#include <gtest/gtest.h>

namespace sotto::bridge::signaling {
namespace {

template <typename T>
T parsed(std::string_view text) {
  const ParsedMessage message = parse_message(text);
  if (message.error()) {
    ADD_FAILURE() << message.error()->field << ": " << message.error()->message;
    return {};
  }
  const T* typed = std::get_if<T>(message.message());
  if (!typed) {
    ADD_FAILURE() << "another type of message";
    return {};
  }
  return *typed;
}

constexpr std::string_view kFullJoin = R"({"type": "join", "id": 1, "version": 1,
  "room": "quiet-otter", "endpoint": "AAAAAAAAAAAAAAAAAAAAAA", "resume": "token", "state": "c3RhdGU",
  "publish": {"sdp": "v=0", "tracks": [{"mid": "0", "source": "microphone"},
                                       {"mid": "1", "source": "camera"}]}, "future": [1, {"a": null}]})";

TEST(ParseMessage, AJoinCarriesEveryField) {
  const Join join = parsed<Join>(kFullJoin);
  EXPECT_EQ(join.room, "quiet-otter");
  EXPECT_EQ(join.endpoint, "AAAAAAAAAAAAAAAAAAAAAA");
  EXPECT_EQ(join.resume, "token");
  EXPECT_EQ(join.state, "c3RhdGU");
  ASSERT_TRUE(join.publish);
  EXPECT_EQ(join.publish->sdp, "v=0");
  ASSERT_EQ(join.publish->tracks.size(), 2u);
  EXPECT_EQ(join.publish->tracks[1].mid, "1");
  EXPECT_EQ(join.publish->tracks[1].source, Source::kCamera);
}

TEST(ParseMessage, AJoinMayLeaveOutResumeStateAndPublish) {
  const Join join =
      parsed<Join>(R"({"type":"join","version":1,"room":"r","endpoint":"AAAAAAAAAAAAAAAAAAAAAA"})");
  EXPECT_FALSE(join.resume);
  EXPECT_FALSE(join.state);
  EXPECT_FALSE(join.publish);
}

TEST(ParseMessage, EveryOtherMessageOfTheProtocolIsUnderstood) {
  const Publish publish = parsed<Publish>(
      R"({"type":"publish","id":2,"sdp":"v=0","tracks":[{"mid":"2","source":"screen-audio"}]})");
  ASSERT_EQ(publish.tracks.size(), 1u);
  EXPECT_EQ(publish.tracks[0].source, Source::kScreenAudio);
  EXPECT_TRUE(parsed<Publish>(R"({"type":"publish","sdp":"v=0","tracks":[]})").tracks.empty());

  const Pause pause = parsed<Pause>(R"({"type":"pause","id":3,"track":"t8","paused":true})");
  EXPECT_EQ(pause.track, "t8");
  EXPECT_TRUE(pause.paused);

  const Subscribe subscribe = parsed<Subscribe>(
      R"({"type":"subscribe","want":[{"endpoint":"AAAAAAAAAAAAAAAAAAAAAA","group":"screen","height":360}]})");
  ASSERT_EQ(subscribe.want.size(), 1u);
  EXPECT_EQ(subscribe.want[0].group, Group::kScreen);
  EXPECT_EQ(subscribe.want[0].height, 360u);

  const Answer answer = parsed<Answer>(R"({"type":"answer","generation":4,"sdp":"v=0"})");
  EXPECT_EQ(answer.generation, 4u);

  EXPECT_TRUE(parsed<RequestOffer>(R"({"type":"request-offer","iceRestart":true})").ice_restart);
  EXPECT_FALSE(parsed<RequestOffer>(R"({"type":"request-offer"})").ice_restart);
  EXPECT_TRUE(parsed<RequestOffer>(R"({"type":"request-offer","renew":true})").renew);
  EXPECT_EQ(parsed<SetState>(R"({"type":"state","state":"abc"})").state, "abc");
  parsed<Ping>(R"({"type":"ping"})");
  parsed<Leave>(R"({"type":"leave"})");
}

TEST(ParseMessage, TheIdIsKeptEvenWhenTheRestIsBad) {
  EXPECT_EQ(parse_message(R"({"type":"pause","id":3,"paused":1})").id, 3u);
  EXPECT_EQ(parse_message(R"({"type":"what","id":9007199254740991})").id, 9007199254740991u);
  EXPECT_EQ(parse_message(R"({"type":"ping","id":0})").id, 0u);
  EXPECT_EQ(parse_message(R"({"type":"ping"})").id, std::nullopt);
}

TEST(ParseMessage, OnlyJoinAndPingMayComeFirst) {
  EXPECT_TRUE(parse_message(R"({"type":"join"})").allowed_before_join);
  EXPECT_TRUE(parse_message(R"({"type":"ping"})").allowed_before_join);
  for (const char* type : {"publish", "pause", "subscribe", "answer", "request-offer", "state",
                           "leave", "unheard-of"}) {
    EXPECT_FALSE(parse_message(R"({"type":")" + std::string(type) + R"("})").allowed_before_join);
  }
}

TEST(ParseMessage, AStateMayBeAsLongAsTheLimitAndNoLonger) {
  const auto state = [](std::size_t chars) {
    return R"({"type":"state","state":")" + std::string(chars, 'A') + R"("})";
  };
  EXPECT_TRUE(parse_message(state(8192)).message());
  EXPECT_FALSE(parse_message(state(8193)).message());
  EXPECT_TRUE(parse_message(state(10), 10).message());
  EXPECT_FALSE(parse_message(state(11), 10).message());
}

TEST(ParseMessage, AnotherVersionIsToldBeforeAnyOtherField) {
  const ParsedMessage message = parse_message(R"({"type":"join","version":2,"rooms":["x"]})");
  ASSERT_TRUE(message.error());
  EXPECT_EQ(message.error()->code, ErrorCode::kVersion);
  EXPECT_NE(message.error()->message.find("1"), std::string::npos);
}

}  // namespace
}  // namespace sotto::bridge::signaling
