#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Json resume_message(unsigned number, const std::string& token) {
  Json message = SignalingDesk::join_message(number);
  message["resume"] = token;
  message.erase("state");
  return message;
}

TEST(Resume, WithinTheWindowNobodyElseNotices) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId lost = desk.join(2, {Source::kMicrophone});
  desk.inbox[watcher].clear();
  desk.close(lost);
  EXPECT_EQ(desk.bridge.stats().endpoints_away, 1u);
  desk.pass(seconds(29));
  const SocketId again = desk.open();
  const Json joined = desk.ask(again, resume_message(2, desk.token));
  ASSERT_EQ(type_of(joined), "joined");
  EXPECT_TRUE(joined.at("resumed").as_bool());
  EXPECT_EQ(joined.at("self").at("state").as_string(), "c3RhdGU");
  EXPECT_EQ(joined.at("self").at("tracks").as_array().size(), 1u);
  EXPECT_EQ(joined.at("endpoints").as_array().size(), 1u);
  EXPECT_TRUE(joined.contains("seats"));
  desk.pass(seconds(60));
  EXPECT_TRUE(desk.inbox[watcher].empty());
  EXPECT_EQ(desk.bridge.stats().endpoints_away, 0u);
  EXPECT_EQ(desk.bridge.stats().resumes, 1u);
}

TEST(Resume, AfterTheWindowTheEndpointIsLostAndTheTokenDead) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  desk.close(desk.join(2));
  desk.inbox[watcher].clear();
  desk.pass(seconds(30) + milliseconds(1));
  const Json left = desk.next(watcher, "endpoint-left");
  EXPECT_EQ(left.at("endpoint").as_string(), SignalingDesk::endpoint(2));
  EXPECT_EQ(left.at("reason").as_string(), "lost");
  const SocketId late = desk.open();
  EXPECT_EQ(code_of(desk.ask(late, resume_message(2, desk.token))), "resume-refused");
  EXPECT_EQ(desk.closed(late), 4003);
  EXPECT_EQ(desk.bridge.stats().endpoints, 1u);
}

TEST(Resume, AWrongTokenIsRefusedAndChangesNothing) {
  SignalingDesk desk;
  const SocketId owner = desk.join(1);
  std::string wrong = desk.token;
  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  for (const std::string& token : {wrong, std::string(), std::string(43, 'A'), desk.token + "A"}) {
    const SocketId thief = desk.open();
    EXPECT_EQ(code_of(desk.ask(thief, resume_message(1, token))), "resume-refused") << token;
    EXPECT_EQ(desk.closed(thief), 4003);
  }
  EXPECT_EQ(type_of(desk.ask(owner, {{"type", "ping"}})), "pong");
  desk.close(owner);
  const SocketId again = desk.open();
  EXPECT_EQ(type_of(desk.ask(again, resume_message(1, desk.token))), "joined");
}

TEST(Resume, TheTokenOfOneEndpointDoesNotOpenAnother) {
  SignalingDesk desk;
  desk.join(1);
  const std::string first = desk.token;
  desk.join(2);
  const SocketId thief = desk.open();
  EXPECT_EQ(code_of(desk.ask(thief, resume_message(2, first))), "resume-refused");
}

TEST(Resume, ANewTokenReplacesTheOld) {
  SignalingDesk desk;
  desk.close(desk.join(1));
  const std::string first = desk.token;
  const SocketId second = desk.open();
  const Json joined = desk.ask(second, resume_message(1, first));
  const std::string next(joined.at("resume").as_string());
  EXPECT_NE(next, first);
  desk.close(second);
  EXPECT_EQ(code_of(desk.ask(desk.open(), resume_message(1, first))), "resume-refused");
  EXPECT_EQ(type_of(desk.ask(desk.open(), resume_message(1, next))), "joined");
}

TEST(Resume, AnOlderSocketIsToldThatItIsReplaced) {
  SignalingDesk desk;
  const SocketId older = desk.join(1);
  desk.inbox[older].clear();
  const SocketId newer = desk.open();
  EXPECT_EQ(type_of(desk.ask(newer, resume_message(1, desk.token))), "joined");
  const Json bye = desk.next(older, "bye");
  EXPECT_EQ(bye.at("reason").as_string(), "replaced");
  EXPECT_EQ(desk.closed(older), 4005);
  // Neither what the old one still says nor its end concerns the endpoint.
  desk.say(older, {{"type", "leave"}});
  desk.close(older);
  EXPECT_EQ(desk.bridge.stats().endpoints, 1u);
  EXPECT_EQ(desk.bridge.stats().endpoints_away, 0u);
  EXPECT_EQ(type_of(desk.ask(newer, {{"type", "ping"}})), "pong");
}

TEST(Resume, AnUnansweredOfferComesAgain) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  const Json joined = desk.ask(socket, SignalingDesk::join_message(1));
  const Json offer = desk.next(socket, "offer");
  desk.close(socket);
  const SocketId again = desk.open();
  const Json resumed =
      desk.ask(again, resume_message(1, std::string(joined.at("resume").as_string())));
  ASSERT_TRUE(resumed.contains("offer"));
  EXPECT_EQ(resumed.at("offer").at("generation"), offer.at("generation"));
  EXPECT_EQ(resumed.at("offer").at("sdp"), offer.at("sdp"));
  EXPECT_TRUE(desk.inbox[again].empty());
}

TEST(Resume, AnOfferThatWasNeededMeanwhileFollows) {
  SignalingDesk desk;
  const SocketId socket = desk.open();
  const Json joined = desk.ask(socket, SignalingDesk::join_message(1));
  const Json offer = desk.next(socket, "offer");
  desk.say(socket,
           {{"type", "answer"}, {"generation", 1}, {"sdp", SignalingDesk::answer_to(offer)}});
  desk.close(socket);
  const std::string token(joined.at("resume").as_string());
  for (unsigned number = 2; number < 6; ++number) desk.join(number, {Source::kCamera});
  const SocketId again = desk.open();
  const Json resumed = desk.ask(again, resume_message(1, token));
  EXPECT_FALSE(resumed.contains("offer"));
  EXPECT_EQ(resumed.at("endpoints").as_array().size(), 4u);
  const Json next = desk.next(again, "offer");
  EXPECT_EQ(next.at("generation").as_int64(), 2);
  EXPECT_EQ(next.at("seats").as_array().size(), 4u);
}

TEST(Resume, WithABadPublishNothingIsResumed) {
  SignalingDesk desk;
  const SocketId older = desk.join(1);
  Json message = resume_message(1, desk.token);
  message["publish"] = Json{{"sdp", "no"}, {"tracks", boost::json::array{}}};
  const SocketId newer = desk.open();
  EXPECT_EQ(code_of(desk.ask(newer, message)), "bad-sdp");
  EXPECT_EQ(desk.closed(older), 0);
  EXPECT_EQ(desk.closed(newer), 0);
  EXPECT_EQ(type_of(desk.ask(newer, resume_message(1, desk.token))), "joined");
}

TEST(Resume, AStateThatComesWithItIsToldToTheOthers) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  desk.close(desk.join(2));
  desk.inbox[watcher].clear();
  Json message = resume_message(2, desk.token);
  message["state"] = "bmV3";
  desk.ask(desk.open(), message);
  EXPECT_EQ(desk.next(watcher, "state").at("state").as_string(), "bmV3");
}

}  // namespace
}  // namespace sotto::bridge::test
