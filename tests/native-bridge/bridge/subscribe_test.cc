#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

IceParameters ice_of(const Json& offer) {
  return sim::read_bridge_sdp(offer.at("sdp").as_string()).ice;
}

struct Receiver {
  SignalingDesk desk;
  SocketId socket = desk.open();
  Json offer;

  Receiver() {
    desk.say(socket, SignalingDesk::join_message(1));
    offer = desk.next(socket, "offer");
  }
  Json answer(const Json& to, unsigned peer = 1, unsigned ice_generation = 0) {
    return desk.ask(socket, {{"type", "answer"},
                             {"id", 8},
                             {"generation", to.at("generation")},
                             {"sdp", SignalingDesk::answer_to(to, peer, ice_generation)}});
  }
  std::size_t offers_waiting() const {
    const auto& inbox = desk.inbox.at(socket);
    return static_cast<std::size_t>(std::count_if(
        inbox.begin(), inbox.end(), [](const Json& m) { return type_of(m) == "offer"; }));
  }
};

TEST(Subscribe, OneOfferIsOutAndWhatIsNeededMeanwhileComesAfterTheAnswer) {
  Receiver receiver;
  for (unsigned number = 2; number < 11; ++number) {
    receiver.desk.join(number, {Source::kCamera});
  }
  EXPECT_EQ(receiver.offers_waiting(), 0u);
  EXPECT_EQ(type_of(receiver.answer(receiver.offer)), "ok");
  const Json next = receiver.desk.next(receiver.socket, "offer");
  EXPECT_EQ(next.at("generation").as_int64(), 2);
  EXPECT_EQ(next.at("seats").as_array().size(), 16u);
  receiver.answer(next);
  EXPECT_EQ(receiver.offers_waiting(), 0u);
}

TEST(Subscribe, ALaterOfferKeepsTheMLinesThatExist) {
  Receiver receiver;
  for (unsigned number = 2; number < 6; ++number) receiver.desk.join(number, {Source::kCamera});
  receiver.answer(receiver.offer);
  const Json next = receiver.desk.next(receiver.socket, "offer");
  const auto before = sim::read_bridge_sdp(receiver.offer.at("sdp").as_string()).streams;
  const auto after = sim::read_bridge_sdp(next.at("sdp").as_string()).streams;
  ASSERT_GT(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].ssrc, before[i].ssrc);
    EXPECT_EQ(after[i].mid, before[i].mid);
  }
  EXPECT_EQ(ice_of(next), ice_of(receiver.offer));
}

TEST(Subscribe, AnAnswerToAnOldOfferOrASecondAnswerIsIgnored) {
  Receiver receiver;
  receiver.answer(receiver.offer);
  const Json again = receiver.answer(receiver.offer);
  EXPECT_EQ(type_of(again), "ok");
  const Json asked = receiver.desk.ask(receiver.socket, {{"type", "request-offer"}, {"id", 5}});
  EXPECT_EQ(asked.at("generation").as_int64(), 2);
  EXPECT_EQ(type_of(receiver.desk.ask(
                receiver.socket,
                {{"type", "answer"}, {"id", 6}, {"generation", 1}, {"sdp", "anything"}})),
            "ok");
  EXPECT_EQ(type_of(receiver.answer(asked)), "ok");
}

TEST(Subscribe, AnAnswerToAnOfferThatWasNeverMadeIsABadField) {
  Receiver receiver;
  const Json error = receiver.desk.ask(
      receiver.socket, {{"type", "answer"}, {"id", 6}, {"generation", 2}, {"sdp", "v=0"}});
  EXPECT_EQ(code_of(error), "bad-field");
  EXPECT_EQ(field_of(error), "generation");
}

TEST(Subscribe, ABadAnswerLeavesTheOfferOpen) {
  Receiver receiver;
  const Json error = receiver.desk.ask(
      receiver.socket, {{"type", "answer"}, {"id", 6}, {"generation", 1}, {"sdp", "v=0\r\n"}});
  EXPECT_EQ(code_of(error), "bad-sdp");
  EXPECT_EQ(type_of(receiver.answer(receiver.offer)), "ok");
}

TEST(Subscribe, AnIceRestartHasNewCredentials) {
  Receiver receiver;
  receiver.answer(receiver.offer);
  const Json offer = receiver.desk.ask(
      receiver.socket, {{"type", "request-offer"}, {"id", 5}, {"iceRestart", true}});
  ASSERT_EQ(type_of(offer), "offer");
  EXPECT_EQ(offer.at("id").as_int64(), 5);
  EXPECT_NE(ice_of(offer).ufrag, ice_of(receiver.offer).ufrag);
  EXPECT_EQ(type_of(receiver.answer(offer, 1, 1)), "ok");
  const Json plain = receiver.desk.ask(receiver.socket, {{"type", "request-offer"}, {"id", 6}});
  EXPECT_EQ(ice_of(plain), ice_of(offer));
}

TEST(Subscribe, ARequestTakesThePlaceOfAnOfferThatIsOfNoUse) {
  Receiver receiver;
  const Json second = receiver.desk.ask(receiver.socket, {{"type", "request-offer"}, {"id", 5}});
  EXPECT_EQ(second.at("generation").as_int64(), 2);
  EXPECT_EQ(type_of(receiver.answer(receiver.offer)), "ok");  // too late, ignored
  EXPECT_EQ(type_of(receiver.answer(second)), "ok");
}

TEST(Subscribe, ANewPeerConnectionNeedsARenewedOffer) {
  Receiver receiver;
  receiver.answer(receiver.offer);
  const Json same = receiver.desk.ask(receiver.socket, {{"type", "request-offer"}, {"id", 5}});
  const Json error = receiver.answer(same, 2);  // another certificate
  EXPECT_EQ(code_of(error), "bad-sdp");
  const Json renewed =
      receiver.desk.ask(receiver.socket, {{"type", "request-offer"}, {"id", 6}, {"renew", true}});
  ASSERT_EQ(type_of(renewed), "offer");
  EXPECT_NE(ice_of(renewed).ufrag, ice_of(same).ufrag);
  EXPECT_EQ(renewed.at("seats").as_array().size(), 2u);
  EXPECT_EQ(type_of(receiver.answer(renewed, 2)), "ok");
}

TEST(Subscribe, WantsMayNameSomebodyWhoHasLeft) {
  Receiver receiver;
  const Json want{{"endpoint", SignalingDesk::endpoint(99)}, {"group", "camera"}, {"height", 180}};
  EXPECT_EQ(
      type_of(receiver.desk.ask(
          receiver.socket, {{"type", "subscribe"}, {"id", 4}, {"want", boost::json::array{want}}})),
      "ok");
}

}  // namespace
}  // namespace sotto::bridge::test
