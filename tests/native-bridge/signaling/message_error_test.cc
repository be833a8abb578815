// What a client's developer reads when a message is wrong: the code and the path of the field.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "signaling/parse_message.h"

namespace sotto::bridge::signaling {
namespace {

struct Case {
  std::string text;
  ErrorCode code;
  std::string field;
};

const std::string kEndpoint = "AAAAAAAAAAAAAAAAAAAAAA";

std::string join(std::string_view rest) {
  return R"({"type":"join","version":1,"room":"r","endpoint":")" + kEndpoint + "\"," +
         std::string(rest) + "}";
}

std::string publish(std::string_view tracks) {
  return R"({"type":"publish","sdp":"v=0","tracks":)" + std::string(tracks) + "}";
}

std::string subscribe(std::string_view want) {
  return R"({"type":"subscribe","want":)" + std::string(want) + "}";
}

void expect_errors(const std::vector<Case>& cases) {
  for (const Case& wrong : cases) {
    const ParsedMessage parsed = parse_message(wrong.text);
    ASSERT_TRUE(parsed.error()) << wrong.text;
    EXPECT_EQ(name(parsed.error()->code), name(wrong.code)) << wrong.text;
    EXPECT_EQ(parsed.error()->field, wrong.field) << wrong.text;
    EXPECT_FALSE(parsed.error()->message.empty()) << wrong.text;
  }
}

TEST(MessageError, WhatIsNotOneObjectWithATypeIsBadJson) {
  std::vector<Case> cases;
  for (const char* text :
       {"", " ", "null", "[]", "\"join\"", "{", "{}", "{\"type\":1}", "{\"type\":null}",
        "{\"type\":\"ping\"} {}", "{\"type\":\"ping\",}", "{'type':'ping'}", "{\"type\":\"\xff\"}",
        "{\"type\":\"ping\" /* c */}", "\xef\xbb\xbf{\"type\":\"ping\"}", "NaN", "{\"id\":1}"}) {
    cases.push_back({text, ErrorCode::kBadJson, ""});
  }
  cases.push_back({std::string(100000, '['), ErrorCode::kBadJson, ""});
  cases.push_back({R"({"type":"ping","x":[[[[[[[[[[[[]]]]]]]]]]]]})", ErrorCode::kBadJson, ""});
  cases.push_back({std::string("{\"type\":\"ping\"}\0", 16), ErrorCode::kBadJson, ""});
  expect_errors(cases);
}

TEST(MessageError, AnUnknownTypeIsNamedSo) {
  expect_errors({{R"({"type":"Join"})", ErrorCode::kUnknownType, "type"},
                 {R"({"type":""})", ErrorCode::kUnknownType, "type"},
                 {R"({"type":"joined"})", ErrorCode::kUnknownType, "type"}});
}

TEST(MessageError, AnIdIsAnIntegerThatJavaScriptCanHold) {
  for (const char* id : {"-1", "1.5", "9007199254740992", "18446744073709551615", "\"1\"", "null",
                         "1e300", "99999999999999999999999"}) {
    expect_errors(
        {{R"({"type":"ping","id":)" + std::string(id) + "}", ErrorCode::kBadField, "id"}});
  }
}

TEST(MessageError, AJoinNamesTheFieldThatIsWrong) {
  using enum ErrorCode;
  expect_errors({
      {R"({"type":"join"})", kBadField, "version"},
      {R"({"type":"join","version":"1"})", kBadField, "version"},
      {R"({"type":"join","version":0})", kVersion, "version"},
      {R"({"type":"join","version":1})", kBadField, "room"},
      {R"({"type":"join","version":1,"room":"a b"})", kBadField, "room"},
      {R"({"type":"join","version":1,"room":""})", kBadField, "room"},
      {R"({"type":"join","version":1,"room":"r"})", kBadField, "endpoint"},
      {R"({"type":"join","version":1,"room":"r","endpoint":"short"})", kBadField, "endpoint"},
      {join(R"("resume":1)"), kBadField, "resume"},
      {join(R"("resume":")" + std::string(129, 'a') + "\""), kBadField, "resume"},
      {join(R"("token":7)"), kBadField, "token"},
      {join(R"("token":null)"), kBadField, "token"},
      {join(R"("state":null)"), kBadField, "state"},
      {join(R"("state":"{}")"), kBadField, "state"},
      {join(R"("publish":null)"), kBadField, "publish"},
      {join(R"("publish":{})"), kBadField, "publish.sdp"},
      {join(R"("publish":{"sdp":""})"), kBadField, "publish.sdp"},
      {join(R"("publish":{"sdp":"v=0"})"), kBadField, "publish.tracks"},
      {join(R"("publish":{"sdp":"v=0","tracks":[{"mid":"0"}]})"), kBadField,
       "publish.tracks[0].source"},
  });
}

TEST(MessageError, TracksNameTheElementThatIsWrong) {
  using enum ErrorCode;
  const std::string microphone = R"({"mid":"0","source":"microphone"})";
  expect_errors({
      {R"({"type":"publish","tracks":[]})", kBadField, "sdp"},
      {R"({"type":"publish","sdp":"v=0"})", kBadField, "tracks"},
      {publish("{}"), kBadField, "tracks"},
      {publish("[1]"), kBadField, "tracks[0]"},
      {publish(R"([{"source":"camera"}])"), kBadField, "tracks[0].mid"},
      {publish(R"([{"mid":"0","source":"Camera"}])"), kBadField, "tracks[0].source"},
      {publish("[" + microphone + R"(,{"mid":"","source":"camera"}])"), kBadField, "tracks[1].mid"},
      {publish("[" + microphone + R"(,{"mid":"0","source":"camera"}])"), kBadField,
       "tracks[1].mid"},
      {publish("[" + microphone + R"(,{"mid":"1","source":"microphone"}])"), kBadField,
       "tracks[1].source"},
      {publish("[" + microphone + "," + microphone + "," + microphone + "," + microphone + "," +
               microphone + "]"),
       kBadField, "tracks"},
  });
}

TEST(MessageError, TheSmallMessagesNameTheirFields) {
  using enum ErrorCode;
  const std::string first = R"([{"endpoint":")" + kEndpoint + R"(","group":"camera","height":)";
  expect_errors({
      {R"({"type":"pause","paused":true})", kBadField, "track"},
      {R"({"type":"pause","track":"t1"})", kBadField, "paused"},
      {R"({"type":"pause","track":"t1","paused":1})", kBadField, "paused"},
      {R"({"type":"answer","sdp":"v=0"})", kBadField, "generation"},
      {R"({"type":"answer","generation":0,"sdp":"v=0"})", kBadField, "generation"},
      {R"({"type":"answer","generation":1})", kBadField, "sdp"},
      {R"({"type":"request-offer","iceRestart":"yes"})", kBadField, "iceRestart"},
      {R"({"type":"request-offer","renew":1})", kBadField, "renew"},
      {R"({"type":"state"})", kBadField, "state"},
      {R"({"type":"subscribe"})", kBadField, "want"},
      {subscribe("[null]"), kBadField, "want[0]"},
      {subscribe(R"([{"endpoint":"x"}])"), kBadField, "want[0].endpoint"},
      {subscribe(R"([{"endpoint":")" + kEndpoint + R"(","group":"seat"}])"), kBadField,
       "want[0].group"},
      {subscribe(first + "16385}]"), kBadField, "want[0].height"},
      {subscribe(first + "-1}]"), kBadField, "want[0].height"},
      {subscribe(first + "1.5}]"), kBadField, "want[0].height"},
  });
}

TEST(MessageError, TheErrorNeverRepeatsWhatTheClientSent) {
  const ParsedMessage parsed =
      parse_message(R"({"type":"pause","track":"<img src=x>","paused":true})");
  ASSERT_TRUE(parsed.error());
  EXPECT_EQ(parsed.error()->message.find("img"), std::string::npos);
}

TEST(MessageError, ThousandsOfMutatedMessagesAreTakenWholeOrRefused) {
  const std::vector<std::string> seeds = {
      join(R"("state":"abc","publish":{"sdp":"v=0","tracks":[{"mid":"0","source":"camera"}]})"),
      publish(R"([{"mid":"0","source":"microphone"}])"),
      subscribe(R"([{"endpoint":"AAAAAAAAAAAAAAAAAAAAAA","group":"camera","height":360}])"),
      R"({"type":"answer","generation":4,"sdp":"v=0","id":12})"};
  std::mt19937 random(20261122);
  std::size_t taken = 0;
  std::size_t refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text = seeds[random() % seeds.size()];
    for (unsigned edits = 1 + random() % 4; edits > 0 && !text.empty(); --edits) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random());
          break;
        case 1:
          text.erase(at, 1 + random() % 8);
          break;
        case 2:
          text.insert(at, text.substr(random() % text.size(), random() % 12));
          break;
        default:
          text.insert(at, 1, "{}[]\",:\\0-"[random() % 10]);
          break;
      }
    }
    const ParsedMessage parsed = parse_message(text);
    parsed.message() ? ++taken : ++refused;
    if (parsed.error()) {
      EXPECT_FALSE(parsed.error()->message.empty());
    }
  }
  EXPECT_GT(taken, 100u);
  EXPECT_GT(refused, 10000u);
}

}  // namespace
}  // namespace sotto::bridge::signaling
