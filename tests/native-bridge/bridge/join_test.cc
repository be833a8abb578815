#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

TEST(Join, TheAnswerHasTheOthersAndAToken) {
  SignalingDesk desk;
  desk.join(1, {Source::kMicrophone});
  const SocketId second = desk.open();
  const Json joined = desk.ask(second, SignalingDesk::join_message(2));
  EXPECT_EQ(type_of(joined), "joined");
  EXPECT_EQ(joined.at("id").as_int64(), 1);
  EXPECT_EQ(joined.at("version").as_int64(), 1);
  EXPECT_FALSE(joined.at("resumed").as_bool());
  EXPECT_EQ(joined.at("resume").as_string().size(), 43u);  // 32 bytes
  EXPECT_FALSE(joined.contains("publish"));
  const auto& others = joined.at("endpoints").as_array();
  ASSERT_EQ(others.size(), 1u);
  EXPECT_EQ(others[0].at("endpoint").as_string(), SignalingDesk::endpoint(1));
  EXPECT_EQ(others[0].at("state").as_string(), "c3RhdGU");
  EXPECT_EQ(others[0].at("tracks").as_array().size(), 1u);
  EXPECT_EQ(joined.at("limits").at("resumeSeconds").as_int64(), 30);
}

TEST(Join, TheOthersHearOfItOnceAndTheJoinerDoesNot) {
  SignalingDesk desk;
  const SocketId first = desk.join(1);
  desk.inbox[first].clear();
  const SocketId second = desk.join(2, {Source::kCamera});
  const Json event = desk.next(first, "endpoint-joined");
  EXPECT_EQ(event.at("endpoint").as_string(), SignalingDesk::endpoint(2));
  EXPECT_EQ(event.at("tracks").as_array().at(0).at("source").as_string(), "camera");
  for (const Json& message : desk.inbox[second]) EXPECT_NE(type_of(message), "endpoint-joined");
}

TEST(Join, APublishInsideIsAnsweredInside) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  Json message = SignalingDesk::join_message(1);
  message["publish"] = SignalingDesk::publish_body({Source::kMicrophone, Source::kCamera});
  const Json joined = desk.ask(socket, message);
  ASSERT_EQ(type_of(joined), "joined");
  const auto& publish = joined.at("publish").as_object();
  EXPECT_EQ(publish.at("tracks").as_array().size(), 2u);
  const std::string sdp(publish.at("sdp").as_string());
  EXPECT_NE(sdp.find("a=ice-lite"), std::string::npos);
  EXPECT_NE(sdp.find("a=setup:passive"), std::string::npos);
  EXPECT_NE(sdp.find("192.0.2.1 10000 typ host"), std::string::npos);
}

TEST(Join, TheOfferFollowsInTheSameTurn) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  desk.say(socket, SignalingDesk::join_message(1));
  EXPECT_EQ(type_of(desk.next(socket)), "joined");
  const Json offer = desk.next(socket);
  EXPECT_EQ(type_of(offer), "offer");
  EXPECT_EQ(offer.at("generation").as_int64(), 1);
  EXPECT_EQ(offer.at("seats").as_array().size(), 2u);
}

TEST(Join, NothingButJoinAndPingMayComeFirst) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  for (const char* type :
       {"publish", "pause", "subscribe", "answer", "request-offer", "state", "leave"}) {
    const Json answer = desk.ask(socket, {{"type", type}, {"id", 7}});
    EXPECT_EQ(code_of(answer), "not-joined") << type;
    EXPECT_EQ(answer.at("id").as_int64(), 7);
  }
  EXPECT_EQ(type_of(desk.ask(socket, {{"type", "ping"}, {"id", 9}})), "pong");
  EXPECT_EQ(code_of(desk.ask(socket, {{"type", "sing"}})), "unknown-type");
  EXPECT_EQ(type_of(desk.ask(socket, SignalingDesk::join_message(1))), "joined");
}

TEST(Join, ASecondJoinOnTheSameSocketIsRefused) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  EXPECT_EQ(code_of(desk.ask(socket, SignalingDesk::join_message(2))), "already-joined");
  EXPECT_EQ(desk.closed(socket), 0);
  EXPECT_EQ(desk.bridge.stats().endpoints, 1u);
}

TEST(Join, AnotherVersionIsToldAndClosed) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  Json message = SignalingDesk::join_message(1);
  message["version"] = 2;
  EXPECT_EQ(code_of(desk.ask(socket, message)), "version");
  EXPECT_EQ(desk.closed(socket), 4001);
}

TEST(Join, AnEndpointIdThatIsTakenIsRefusedAndItsOwnerKeepsIt) {
  SignalingDesk desk;
  const SocketId owner = desk.join(1);
  const SocketId thief = desk.open();
  EXPECT_EQ(code_of(desk.ask(thief, SignalingDesk::join_message(1))), "endpoint-taken");
  EXPECT_EQ(desk.closed(thief), 4002);
  EXPECT_EQ(type_of(desk.ask(owner, {{"type", "ping"}})), "pong");
  // Also while the owner is away.
  desk.close(owner);
  const SocketId again = desk.open();
  EXPECT_EQ(code_of(desk.ask(again, SignalingDesk::join_message(1))), "endpoint-taken");
}

TEST(Join, TheSameEndpointIdInAnotherRoomIsAnotherEndpoint) {
  SignalingDesk desk;
  desk.join(1);
  const SocketId other = desk.open();
  EXPECT_EQ(type_of(desk.ask(other, SignalingDesk::join_message(1, "loud-badger"))), "joined");
}

TEST(Join, ABadSdpLeavesNoTraceOfRoomOrEndpoint) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  Json message = SignalingDesk::join_message(1);
  message["publish"] = Json{{"sdp", "v=0\r\nnonsense"}, {"tracks", boost::json::array{}}};
  const Json refused = desk.ask(socket, message);
  EXPECT_EQ(code_of(refused), "bad-sdp");
  EXPECT_EQ(field_of(refused), "publish.sdp");
  EXPECT_EQ(desk.closed(socket), 0);
  EXPECT_EQ(desk.bridge.stats().rooms, 0u);
  EXPECT_EQ(desk.bridge.stats().endpoints, 0u);
  EXPECT_EQ(type_of(desk.ask(socket, SignalingDesk::join_message(1))), "joined");
}

TEST(Join, WhoDoesNotJoinInTimeIsClosed) {
  SignalingDesk desk;
  const SocketId silent = desk.open();
  const SocketId quick = desk.join(1);
  desk.pass(std::chrono::milliseconds(9999));
  EXPECT_EQ(desk.closed(silent), 0);
  desk.pass(std::chrono::milliseconds(2));
  EXPECT_EQ(code_of(desk.next(silent)), "join-timeout");
  EXPECT_EQ(desk.closed(silent), 4009);
  EXPECT_EQ(desk.closed(quick), 0);
}

}  // namespace
}  // namespace sotto::bridge::test
