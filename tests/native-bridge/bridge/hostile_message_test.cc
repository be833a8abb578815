// Whatever a client says, the others see a whole action or none, and nothing is left half done.
#include <random>

#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

// All that can be seen of a room from outside: the snapshot that a resumed client gets.
std::string snapshot(SignalingDesk& desk, SocketId& observer, std::string& token) {
  desk.close(observer);
  observer = desk.open();
  Json message = SignalingDesk::join_message(1);
  message["resume"] = token;
  Json joined = desk.ask(observer, message);
  token = joined.at("resume").as_string();
  joined.erase("resume");
  return boost::json::serialize(joined);
}

struct Scene {
  SignalingDesk desk;
  SocketId observer = desk.join(1);
  std::string token = desk.token;
  SocketId victim = desk.join(2, {Source::kMicrophone, Source::kCamera});

  Scene() { desk.inbox[observer].clear(); }
};

TEST(HostileMessage, WhatIsRefusedIsSeenByNobodyAndChangesNothing) {
  Scene scene;
  const std::string before = snapshot(scene.desk, scene.observer, scene.token);
  std::vector<std::string> texts = {"",
                                    "[]",
                                    "{}",
                                    std::string(5000, '['),
                                    R"({"type":"state","state":"{}"})",
                                    R"({"type":"state","state":")" + std::string(8193, 'A') + "\"}",
                                    R"({"type":"pause","track":"t999","paused":true})",
                                    R"({"type":"pause","track":"t1","paused":"true"})",
                                    R"({"type":"publish","sdp":"v=0","tracks":[]})",
                                    R"({"type":"publish","sdp":"","tracks":[]})",
                                    R"({"type":"answer","generation":1,"sdp":"v=0"})",
                                    R"({"type":"answer","generation":9,"sdp":"v=0"})",
                                    R"({"type":"subscribe","want":[{}]})",
                                    R"({"type":"join","version":1,"room":"r","endpoint":"x"})",
                                    "{\"type\":\"leave\",\"id\":-1}"};
  // A publish that is good but for its last track.
  Json publish = SignalingDesk::publish_body({Source::kMicrophone, Source::kCamera}, 2, 7);
  publish["type"] = "publish";
  publish["tracks"].as_array().at(1).as_object()["mid"] = "9";
  texts.push_back(boost::json::serialize(publish));
  for (const std::string& text : texts) {
    scene.desk.inbox[scene.observer].clear();
    scene.desk.say(scene.victim, text);
    EXPECT_EQ(type_of(scene.desk.next(scene.victim, "error")), "error") << text;
    EXPECT_TRUE(scene.desk.inbox[scene.observer].empty()) << text;
    EXPECT_EQ(snapshot(scene.desk, scene.observer, scene.token), before) << text;
    EXPECT_EQ(scene.desk.closed(scene.victim), 0) << text;
  }
}

TEST(HostileMessage, ThousandsOfMutationsAreActedOnWholeOrNotAtAll) {
  Scene scene;
  Json publish = SignalingDesk::publish_body({Source::kMicrophone, Source::kCamera}, 2);
  publish["type"] = "publish";
  const std::vector<std::string> seeds = {boost::json::serialize(publish),
                                          R"({"type":"state","state":"bmV3"})",
                                          R"({"type":"pause","track":"t1","paused":true})",
                                          R"({"type":"subscribe","want":[{"endpoint":")" +
                                              SignalingDesk::endpoint(1) +
                                              R"(","group":"camera","height":360}]})",
                                          R"({"type":"answer","generation":1,"sdp":"v=0"})",
                                          R"({"type":"request-offer","iceRestart":true})"};
  std::string before = snapshot(scene.desk, scene.observer, scene.token);
  std::mt19937 random(7);
  int refused = 0;
  int taken = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string text = seeds[random() % seeds.size()];
    for (unsigned edits = 1 + random() % 3; edits > 0 && !text.empty(); --edits) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          text.erase(at, 1 + random() % 30);
          break;
        default:
          text.insert(at, text.substr(random() % text.size(), random() % 30));
          break;
      }
    }
    scene.desk.inbox[scene.observer].clear();
    scene.desk.inbox[scene.victim].clear();
    scene.desk.pass(std::chrono::milliseconds(100));
    scene.desk.say(scene.victim, text);
    ASSERT_EQ(scene.desk.closed(scene.victim), 0) << text;
    const Json first = scene.desk.next(scene.victim);
    const std::string after = snapshot(scene.desk, scene.observer, scene.token);
    if (type_of(first) == "error") {
      ++refused;
      ASSERT_EQ(after, before) << text;
    } else {
      ++taken;
    }
    before = after;
  }
  EXPECT_GT(refused, 500);
  EXPECT_GT(taken, 20);
}

}  // namespace
}  // namespace sotto::bridge::test
