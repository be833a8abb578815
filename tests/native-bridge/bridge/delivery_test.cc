// The group's messages through the whole core: who hears what on which socket, and what refusals
// say.
#include "base/base64url.h"
#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

enum Kind : char { kHandshake = 1, kKeyPackage = 2, kWelcome = 3, kApplication = 4 };

std::string frame(Kind kind, std::string_view content, unsigned char id = 7) {
  return std::string{kind, 0, 0, 0, static_cast<char>(id)} + std::string(content);
}
std::string name_of(unsigned number) {
  const auto bytes = from_base64url(SignalingDesk::endpoint(number));
  return std::string(as_text(*bytes));
}
std::string welcome(unsigned to, std::string_view content) {
  return frame(kWelcome, std::string("\0\1", 2) + name_of(to) + std::string(content));
}

struct Room {
  SignalingDesk desk;

  SocketId join(unsigned number, bool following = true) {
    const SocketId socket = desk.join(number);
    if (following) follow(socket);
    return socket;
  }
  Json follow(SocketId socket, const Json& had = {}) {
    Json message{{"type", "follow"}, {"id", 3}};
    for (const auto& [field, value] : had) message[field] = value;
    desk.inbox[socket].clear();
    desk.say(socket, message);
    const Json log = desk.next(socket, "log");
    EXPECT_EQ(log.at("id").as_int64(), 3);
    EXPECT_EQ(desk.next(socket, "caught-up").at("last"), log.at("last"));
    return log;
  }
  SocketId resume(unsigned number, const std::string& token) {
    const SocketId socket = desk.open();
    Json message = SignalingDesk::join_message(number);
    message["resume"] = token;
    EXPECT_EQ(type_of(desk.ask(socket, message)), "joined");
    return socket;
  }
  // The contents of what that socket got, in order.
  std::string story(SocketId socket) {
    std::string all;
    for (const std::string& one : desk.frames[socket]) {
      const std::size_t header = one[0] == kHandshake ? 29 : one[0] == kApplication ? 25 : 17;
      all += one.substr(std::min(header, one.size())) + " ";
    }
    return all;
  }
};

TEST(BridgeDelivery, HandshakesComeToWhoFollowsAndToNobodyElse) {
  Room room;
  const SocketId first = room.join(1);
  const SocketId second = room.join(2);
  const SocketId link_mode = room.join(3, false);
  const SocketId elsewhere = room.desk.open();
  room.desk.ask(elsewhere, SignalingDesk::join_message(1, "another-room"));
  room.follow(elsewhere);
  room.desk.say_binary(first, frame(kHandshake, "commit", 9));
  EXPECT_EQ(room.story(first), "commit ");
  EXPECT_EQ(room.story(second), "commit ");
  EXPECT_EQ(room.desk.frames[second][0],
            "\1" + name_of(1) + std::string("\0\0\0\0\0\0\0\1\0\0\0\x09", 12) + "commit");
  EXPECT_TRUE(room.desk.frames[link_mode].empty());
  EXPECT_TRUE(room.desk.frames[elsewhere].empty());
  EXPECT_EQ(room.desk.bridge.stats().handshakes, 1u);
}

TEST(BridgeDelivery, AResumedEndpointFollowsAnewAndCatchesUp) {
  Room room;
  const SocketId first = room.join(1);
  const SocketId second = room.join(2);
  const std::string token = room.desk.token;
  room.desk.say_binary(first, frame(kHandshake, "a"));
  room.desk.close(second);
  room.desk.say_binary(first, frame(kHandshake, "b"));
  const SocketId again = room.resume(2, token);
  room.desk.say_binary(first, frame(kHandshake, "c"));
  EXPECT_EQ(room.story(again), "") << "it has not said that it follows";
  const Json log = room.follow(first);
  const Json position = room.follow(again, {{"log", log.at("log")}, {"after", 1}});
  EXPECT_TRUE(position.at("complete").as_bool());
  EXPECT_EQ(position.at("last").as_int64(), 3);
  room.desk.say_binary(first, frame(kHandshake, "d"));
  EXPECT_EQ(room.story(again), "b c d ");
}

TEST(BridgeDelivery, ARoomThatWasEmptyHasAnotherLog) {
  Room room;
  const SocketId first = room.join(1);
  const Json before = room.follow(first);
  room.desk.say_binary(first, frame(kHandshake, "a"));
  room.desk.say(first, {{"type", "leave"}});
  const SocketId second = room.join(2);
  const Json after = room.follow(second, {{"log", before.at("log")}, {"after", 1}});
  EXPECT_NE(after.at("log"), before.at("log"));
  EXPECT_FALSE(after.at("complete").as_bool());
  EXPECT_EQ(after.at("last").as_int64(), 0);
  EXPECT_EQ(room.desk.bridge.stats().backlog_bytes, 0u);
  EXPECT_EQ(room.desk.bridge.stats().handshakes, 1u);
}

TEST(BridgeDelivery, KeyPackageAndWelcomeAreAnsweredAndReachWhomTheyShall) {
  Room room;
  const SocketId committer = room.join(1);
  const SocketId joiner = room.join(2);
  const SocketId other = room.join(3);
  room.desk.say_binary(joiner, frame(kKeyPackage, "kp", 5));
  EXPECT_EQ(room.desk.next(joiner, "ok").at("id").as_int64(), 5);
  EXPECT_EQ(room.story(committer), "kp ");
  room.desk.say_binary(committer, welcome(2, "welcome"));
  EXPECT_EQ(room.desk.next(committer, "ok").at("id").as_int64(), 7);
  EXPECT_EQ(room.story(joiner), "kp welcome ");
  EXPECT_EQ(room.story(other), "kp ");
  EXPECT_EQ(room.desk.frames[joiner][1], "\3" + name_of(1) + "welcome");
}

TEST(BridgeDelivery, ApplicationMessagesThatWaitAreSentByTheTimer) {
  Room room;
  const SocketId first = room.join(1);
  const SocketId second = room.join(2);
  for (int i = 0; i < 5; ++i) room.desk.say_binary(first, frame(kApplication, "m"));
  EXPECT_EQ(room.desk.frames[second].size(), 1u);
  room.desk.pass(milliseconds(100));
  EXPECT_EQ(room.desk.frames[second].size(), 2u);
  EXPECT_EQ(room.desk.bridge.stats().applications, 5u);
}

TEST(BridgeDelivery, TheJoinTellsTheLimits) {
  SignalingDesk desk;
  const Json joined = desk.ask(desk.open(), SignalingDesk::join_message(1));
  const auto& limits = joined.at("limits").at("delivery").as_object();
  EXPECT_EQ(limits.at("handshakeBytes").as_int64(), 131072);
  EXPECT_EQ(limits.at("keyPackageBytes").as_int64(), 8192);
  EXPECT_EQ(limits.at("welcomeBytes").as_int64(), 1048576);
  EXPECT_EQ(limits.at("applicationBytes").as_int64(), 32768);
}

TEST(BridgeDelivery, WhatIsNoFrameIsRefusedWithItsIdAndChangesNothing) {
  Room room;
  const SocketId watcher = room.join(1);
  const SocketId victim = room.join(2);
  const std::pair<std::string, std::string> refused[] = {
      {"", "bad-frame"},
      {"\1", "bad-frame"},
      {frame(kHandshake, ""), "bad-frame"},
      {frame(kWelcome, ""), "bad-frame"},
      {frame(kWelcome, std::string("\0\2", 2) + name_of(1) + name_of(1) + "w"), "bad-frame"},
      {frame(static_cast<Kind>(9), "x"), "unknown-type"},
  };
  for (const auto& [bytes, code] : refused) {
    room.desk.inbox[victim].clear();
    room.desk.say_binary(victim, bytes);
    const Json error = room.desk.next(victim);
    EXPECT_EQ(code_of(error), code);
    EXPECT_EQ(error.contains("id"), bytes.size() >= 5);
    EXPECT_EQ(room.desk.closed(victim), 0);
  }
  EXPECT_TRUE(room.desk.frames[watcher].empty());
  EXPECT_EQ(room.desk.bridge.stats().handshakes, 0u);
}

TEST(BridgeDelivery, BeforeTheJoinThereIsNoRoomToSendTo) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  desk.say_binary(socket, frame(kHandshake, "commit"));
  EXPECT_EQ(code_of(desk.next(socket)), "not-joined");
  EXPECT_EQ(code_of(desk.ask(socket, {{"type", "follow"}})), "not-joined");
}

TEST(BridgeDelivery, AMessageOverTheSizeOfItsKindClosesWith1009) {
  Room room;
  const SocketId socket = room.join(1);
  room.desk.say_binary(socket, frame(kHandshake, std::string(131073, 'x')));
  EXPECT_EQ(code_of(room.desk.next(socket, "error")), "too-large");
  EXPECT_EQ(room.desk.closed(socket), 1009);
}

TEST(BridgeDelivery, WhoSendsTooManyIsRefusedAndInTheEndClosedButMayResume) {
  Room room;
  const SocketId watcher = room.join(1);
  const SocketId flooder = room.join(2);
  const std::string token = room.desk.token;
  int said = 0;
  for (; room.desk.closed(flooder) == 0 && said < 1000; ++said) {
    room.desk.say_binary(flooder, frame(kHandshake, "flood"));
  }
  EXPECT_EQ(room.desk.closed(flooder), 4008);
  EXPECT_EQ(room.desk.frames[watcher].size(), 50u);
  const SocketId again = room.resume(2, token);
  room.desk.say_binary(again, frame(kHandshake, "flood"));
  EXPECT_EQ(code_of(room.desk.next(again, "error")), "rate-limited")
      << "a new socket is no new endpoint";
}

TEST(BridgeDelivery, AFollowThatSaysHalfOfWhatItHadIsRefused) {
  Room room;
  const SocketId socket = room.join(1);
  const std::string log(room.follow(socket).at("log").as_string());
  const std::pair<Json, std::string> refused[] = {
      {{{"log", log}}, "after"},
      {{{"after", 1}}, "log"},
      {{{"log", "short"}, {"after", 1}}, "log"},
      {{{"log", log}, {"after", -1}}, "after"},
  };
  for (const auto& [had, field] : refused) {
    Json message{{"type", "follow"}};
    for (const auto& [key, value] : had) message[key] = value;
    const Json error = room.desk.ask(socket, message);
    EXPECT_EQ(code_of(error), "bad-field");
    EXPECT_EQ(field_of(error), field);
  }
}

TEST(BridgeDelivery, RoomsThatFallSilentKeepNothing) {
  BridgeConfig config = sim::World::default_config();
  config.limits.rooms = 1000;
  SignalingDesk desk(config);
  for (unsigned number = 0; number < 1000; ++number) {
    const SocketId socket = desk.open();
    Json message = SignalingDesk::join_message(1, "room-" + std::to_string(number));
    desk.ask(socket, message);
    desk.ask(socket, {{"type", "follow"}});
    desk.say_binary(socket, frame(kHandshake, "commit"));
  }
  EXPECT_GT(desk.bridge.stats().backlog_bytes, 1000u);
  desk.pass(seconds(130));
  EXPECT_EQ(desk.bridge.stats().backlog_bytes, 0u);
}

}  // namespace
}  // namespace sotto::bridge::test
