#include "signaling/bridge_message.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace sotto::bridge::signaling {
namespace {

void expect_json(const std::string& text, std::string_view expected) {
  boost::json::error_code failure;
  const boost::json::value got = boost::json::parse(text, failure);
  ASSERT_FALSE(failure) << text;
  EXPECT_EQ(got, boost::json::parse({expected.data(), expected.size()})) << text;
}

SeatedView empty_seat(std::uint32_t seat) {
  SeatedView view;
  view.seat = seat;
  return view;
}

TEST(BridgeMessage, JoinedListsTheOthersAndTheLimits) {
  Joined joined;
  joined.room = "quiet-otter";
  joined.endpoint = "me";
  joined.resume = "token";
  joined.endpoints = {{"other", "c3Q", {{"t3", Source::kCamera, false}}}, {"quiet", "", {}}};
  joined.publish = Published{"v=0\r\n", {{"0", "t7"}, {"1", "t8"}}};
  joined.limits = {16, 8192, 262144, 30, 131072, 8192, 1048576, 32768};
  expect_json(text_of(1, joined), R"({"type":"joined","id":1,"version":1,"room":"quiet-otter",
    "endpoint":"me","resume":"token","resumed":false,
    "endpoints":[{"endpoint":"other","state":"c3Q",
                  "tracks":[{"track":"t3","source":"camera","paused":false}]},
                 {"endpoint":"quiet","tracks":[]}],
    "publish":{"sdp":"v=0\r\n","tracks":[{"mid":"0","track":"t7"},{"mid":"1","track":"t8"}]},
    "limits":{"seats":16,"stateBytes":8192,"messageBytes":262144,"resumeSeconds":30,
      "delivery":{"handshakeBytes":131072,"keyPackageBytes":8192,"welcomeBytes":1048576,"applicationBytes":32768}}})");
}

TEST(BridgeMessage, AResumedJoinCarriesTheFullSnapshot) {
  Joined joined;
  joined.resumed = true;
  joined.self = EndpointView{"me", "c3Q", {{"t1", Source::kMicrophone, true}}};
  joined.seats =
      std::vector<SeatedView>{{0, "other", Group::kScreen, std::nullopt, "t4"}, empty_seat(1)};
  joined.speakers = std::vector<std::string>{"other"};
  joined.offer = Offer{2, "v=0", {{0, "a0", "v0"}}};
  expect_json(text_of(std::nullopt, joined),
              R"({"type":"joined","version":1,"room":"","endpoint":"",
    "resume":"","resumed":true,"endpoints":[],
    "self":{"endpoint":"me","state":"c3Q","tracks":[{"track":"t1","source":"microphone","paused":true}]},
    "seats":[{"seat":0,"endpoint":"other","group":"screen","video":"t4"},{"seat":1}],
    "speakers":["other"],
    "offer":{"generation":2,"sdp":"v=0","seats":[{"seat":0,"audio":"a0","video":"v0"}]},
    "limits":{"seats":0,"stateBytes":0,"messageBytes":0,"resumeSeconds":0,
      "delivery":{"handshakeBytes":0,"keyPackageBytes":0,"welcomeBytes":0,"applicationBytes":0}}})");
}

TEST(BridgeMessage, AnswersRepeatTheId) {
  expect_json(text_of(2, Published{"v=0", {{"2", "t9"}}}),
              R"({"type":"published","id":2,"sdp":"v=0","tracks":[{"mid":"2","track":"t9"}]})");
  expect_json(text_of(5, Offer{1, "v=0", {}}),
              R"({"type":"offer","id":5,"generation":1,"sdp":"v=0","seats":[]})");
  expect_json(ok_text(9007199254740991), R"({"type":"ok","id":9007199254740991})");
  expect_json(pong_text(9), R"({"type":"pong","id":9})");
  expect_json(pong_text(std::nullopt), R"({"type":"pong"})");
}

TEST(BridgeMessage, AnErrorNamesCodeAndField) {
  expect_json(
      text_of(2, MessageError{ErrorCode::kBadField, "tracks[0].source", "one of camera"}),
      R"({"type":"error","id":2,"code":"bad-field","field":"tracks[0].source","message":"one of camera"})");
  expect_json(text_of(std::nullopt, MessageError{ErrorCode::kRateLimited, "", "slower"}),
              R"({"type":"error","code":"rate-limited","message":"slower"})");
}

TEST(BridgeMessage, RoomEventsReadAsTheProtocolWritesThem) {
  expect_json(seats_text({{0, "e", Group::kCamera, "t3", "t4"}, empty_seat(1)}),
              R"({"type":"seats","seats":[{"seat":0,"endpoint":"e","group":"camera","audio":"t3",
                  "video":"t4"},{"seat":1}]})");
  expect_json(endpoint_joined_text({"e", "s", {}}),
              R"({"type":"endpoint-joined","endpoint":"e","state":"s","tracks":[]})");
  expect_json(endpoint_left_text("e", "lost"),
              R"({"type":"endpoint-left","endpoint":"e","reason":"lost"})");
  expect_json(tracks_text("e", {{"t9", Source::kScreenAudio, false}}),
              R"({"type":"tracks","endpoint":"e",
                  "tracks":[{"track":"t9","source":"screen-audio","paused":false}]})");
  expect_json(state_text("e", ""), R"({"type":"state","endpoint":"e","state":""})");
  expect_json(speakers_text({"a", "b"}), R"({"type":"speakers","endpoints":["a","b"]})");
  expect_json(bye_text("shutdown"), R"({"type":"bye","reason":"shutdown"})");
}

TEST(BridgeMessage, EveryCharacterOfAnSdpSurvivesTheEscaping) {
  std::string sdp = "a=\"\\/\b\f\t\r\n\x01\x1f\x7f \xc3\xa4";
  const std::string text = text_of(std::nullopt, Published{sdp, {}});
  EXPECT_EQ(boost::json::parse(text).at("sdp").as_string(), sdp);
  for (char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
}

}  // namespace
}  // namespace sotto::bridge::signaling
