#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Json ping() {
  return {{"type", "ping"}};
}

TEST(Limits, ABurstIsAnsweredAndThenAMessageEachSixtieth) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  desk.pass(seconds(10));
  for (int i = 0; i < 120; ++i) ASSERT_EQ(type_of(desk.ask(socket, ping())), "pong") << i;
  EXPECT_EQ(code_of(desk.ask(socket, ping())), "rate-limited");
  EXPECT_EQ(desk.closed(socket), 0);
  desk.pass(milliseconds(17));
  EXPECT_EQ(type_of(desk.ask(socket, ping())), "pong");
  EXPECT_EQ(code_of(desk.ask(socket, ping())), "rate-limited");
}

TEST(Limits, WhoGoesOnIsClosed) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  int said = 0;
  while (desk.closed(socket) == 0 && said < 1000) {
    desk.say(socket, ping());
    ++said;
  }
  EXPECT_EQ(desk.closed(socket), 4008);
  EXPECT_LT(said, 260);
  // The place is kept: a client with a loop in it can come back.
  EXPECT_EQ(desk.bridge.stats().endpoints_away, 1u);
}

TEST(Limits, ARefusedMessageIsNotActedOn) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId socket = desk.join(2);
  while (code_of(desk.ask(socket, ping())) != "rate-limited") {
  }
  desk.inbox[watcher].clear();
  EXPECT_EQ(code_of(desk.ask(socket, {{"type", "state"}, {"state", "bmV3"}})), "rate-limited");
  EXPECT_TRUE(desk.inbox[watcher].empty());
}

TEST(Limits, WhatEverybodyHearsCostsMoreInAFullRoom) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  for (unsigned number = 2; number <= 200; ++number) desk.join(number);
  int taken = 0;
  for (; taken < 200; ++taken) {
    const Json answer =
        desk.ask(socket, {{"type", "state"}, {"id", 1}, {"state", std::to_string(taken)}});
    if (code_of(answer) == "rate-limited") break;
  }
  EXPECT_GE(taken, 20);
  EXPECT_LE(taken, 25);
}

TEST(Limits, AMessageOverTheLimitIsClosedWith1009) {
  BridgeConfig config = sim::World::default_config();
  config.limits.message_bytes = 1000;
  SignalingDesk desk(config);
  const SocketId socket = desk.join(1);
  desk.say(socket, std::string(1000, ' '));
  EXPECT_EQ(desk.closed(socket), 0);
  desk.inbox[socket].clear();
  desk.say(socket, std::string(1001, ' '));
  EXPECT_EQ(code_of(desk.next(socket)), "too-large");
  EXPECT_EQ(desk.closed(socket), 1009);
  const SocketId other = desk.join(2);
  desk.inbox[other].clear();
  desk.bridge.handle_oversized(desk.now, other);
  desk.pass(milliseconds(0));
  desk.say(other, ping());
  EXPECT_EQ(desk.closed(other), 1009);
}

TEST(Limits, AFullRoomAndAFullBridgeRefuseTheNext) {
  BridgeConfig config = sim::World::default_config();
  config.limits.endpoints_per_room = 2;
  config.limits.endpoints = 3;
  config.limits.rooms = 2;
  SignalingDesk desk(config);
  desk.join(1);
  desk.join(2);
  const SocketId third = desk.open();
  EXPECT_EQ(code_of(desk.ask(third, SignalingDesk::join_message(3))), "room-full");
  EXPECT_EQ(desk.closed(third), 4004);
  EXPECT_EQ(type_of(desk.ask(desk.open(), SignalingDesk::join_message(4, "two"))), "joined");
  EXPECT_EQ(code_of(desk.ask(desk.open(), SignalingDesk::join_message(5, "two"))), "room-full");
  EXPECT_EQ(code_of(desk.ask(desk.open(), SignalingDesk::join_message(6, "three"))), "room-full");
}

TEST(Limits, APlaceThatIsGivenUpCanBeTakenAgain) {
  BridgeConfig config = sim::World::default_config();
  config.limits.rooms = 1;
  config.limits.endpoints = 1;
  SignalingDesk desk(config);
  for (unsigned number = 1; number < 20; ++number) {
    const SocketId socket = desk.join(number);
    desk.say(socket, {{"type", "leave"}});
    EXPECT_EQ(desk.closed(socket), 1000);
  }
  EXPECT_EQ(desk.bridge.stats().rooms, 0u);
}

TEST(Limits, TooManySocketsAreTurnedAway) {
  BridgeConfig config = sim::World::default_config();
  config.limits.sockets = 2;
  SignalingDesk desk(config);
  desk.open();
  desk.open();
  const SocketId third = desk.open();
  EXPECT_EQ(desk.closed(third), 4004);
}

TEST(Shutdown, SaysByeToEverybodyAndTakesNobodyMore) {
  SignalingDesk desk;
  const SocketId first = desk.join(1, {Source::kCamera});
  const SocketId second = desk.join(2);
  const SocketId unjoined = desk.open();
  desk.close(desk.join(3));
  desk.bridge.shutdown(desk.now);
  const SocketId late = desk.open();
  for (const SocketId socket : {first, second, unjoined}) {
    EXPECT_EQ(desk.next(socket, "bye").at("reason").as_string(), "shutdown");
    EXPECT_EQ(desk.closed(socket), 1001);
  }
  EXPECT_EQ(desk.closed(late), 4004);
  const BridgeStats stats = desk.bridge.stats();
  EXPECT_EQ(stats.rooms, 0u);
  EXPECT_EQ(stats.endpoints, 0u);
  EXPECT_EQ(stats.endpoints_away, 0u);
  EXPECT_EQ(stats.sockets, 0u);
  EXPECT_TRUE(stats.draining);
  EXPECT_EQ(desk.bridge.next_timeout(), Time::max());
}

}  // namespace
}  // namespace sotto::bridge::test
