#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

Json publish(const std::vector<Source>& sources, unsigned peer = 1, unsigned ice_generation = 0) {
  Json message = SignalingDesk::publish_body(sources, peer, ice_generation);
  message["type"] = "publish";
  message["id"] = 2;
  return message;
}

std::string track(const Json& published, std::size_t index) {
  return std::string(published.at("tracks").as_array().at(index).at("track").as_string());
}

IceParameters ice_of(const Json& published) {
  return sim::read_bridge_sdp(published.at("sdp").as_string()).ice;
}

TEST(Publish, TheAnswerNamesEveryTrackAndTheOthersHearOfThem) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId socket = desk.join(2);
  desk.inbox[watcher].clear();
  const Json published = desk.ask(socket, publish({Source::kMicrophone, Source::kCamera}));
  ASSERT_EQ(type_of(published), "published");
  EXPECT_EQ(published.at("id").as_int64(), 2);
  const Json heard = desk.next(watcher, "tracks");
  const auto& tracks = heard.at("tracks").as_array();
  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_EQ(tracks[1].at("track").as_string(), track(published, 1));
  EXPECT_EQ(tracks[1].at("source").as_string(), "camera");
}

TEST(Publish, ATrackThatStaysKeepsItsNameAndOneLeftOutEnds) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId socket = desk.join(2);
  const Json first = desk.ask(socket, publish({Source::kMicrophone, Source::kCamera}));
  desk.inbox[watcher].clear();
  const Json second = desk.ask(socket, publish({Source::kMicrophone}));
  EXPECT_EQ(track(second, 0), track(first, 0));
  EXPECT_EQ(desk.next(watcher, "tracks").at("tracks").as_array().size(), 1u);
  const Json third = desk.ask(socket, publish({Source::kMicrophone, Source::kCamera}));
  EXPECT_EQ(track(third, 0), track(first, 0));
  EXPECT_NE(track(third, 1), track(first, 1));
}

TEST(Publish, TheSameAgainTellsNobody) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId socket = desk.join(2, {Source::kMicrophone});
  desk.inbox[watcher].clear();
  EXPECT_EQ(type_of(desk.ask(socket, publish({Source::kMicrophone}, 2))), "published");
  EXPECT_TRUE(desk.inbox[watcher].empty());
}

TEST(Publish, NewIceCredentialsAreARestartAndGetNewOnes) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  const Json first = desk.ask(socket, publish({Source::kMicrophone}, 1, 0));
  const Json same = desk.ask(socket, publish({Source::kMicrophone, Source::kCamera}, 1, 0));
  const Json restarted = desk.ask(socket, publish({Source::kMicrophone, Source::kCamera}, 1, 1));
  EXPECT_EQ(ice_of(same), ice_of(first));
  EXPECT_NE(ice_of(restarted).ufrag, ice_of(first).ufrag);
  EXPECT_NE(ice_of(restarted).pwd, ice_of(first).pwd);
  EXPECT_EQ(track(restarted, 0), track(first, 0));
}

TEST(Publish, AnotherCertificateIsANewConnectionWithNewTracks) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  const Json first = desk.ask(socket, publish({Source::kMicrophone}, 1));
  const Json second = desk.ask(socket, publish({Source::kMicrophone}, 9));
  ASSERT_EQ(type_of(second), "published");
  EXPECT_NE(ice_of(second).ufrag, ice_of(first).ufrag);
  EXPECT_NE(track(second, 0), track(first, 0));
}

TEST(Publish, ATrackMustNameAnMLineOfItsKind) {
  SignalingDesk desk;
  const SocketId socket = desk.join(1);
  const auto refused = [&](std::string_view mid, std::string_view source) {
    Json message = publish({Source::kMicrophone, Source::kCamera});
    message["tracks"] = boost::json::array{Json{{"mid", mid}, {"source", source}}};
    const Json error = desk.ask(socket, message);
    EXPECT_EQ(code_of(error), "bad-field") << mid << source;
    EXPECT_EQ(field_of(error), "tracks[0].mid");
  };
  refused("7", "camera");      // no such m-line
  refused("0", "camera");      // an audio m-line
  refused("1", "microphone");  // a video m-line
}

TEST(Publish, ABadOfferNamesWhatIsWrongAndLeavesTheTracksAlone) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId socket = desk.join(2, {Source::kMicrophone});
  desk.inbox[watcher].clear();
  Json message = publish({Source::kMicrophone}, 2);
  std::string sdp(message.at("sdp").as_string());
  sdp.erase(sdp.find("a=fingerprint"), sdp.find("a=setup") - sdp.find("a=fingerprint"));
  message["sdp"] = sdp;
  const Json error = desk.ask(socket, message);
  EXPECT_EQ(code_of(error), "bad-sdp");
  EXPECT_NE(std::string(error.at("message").as_string()).find("fingerprint"), std::string::npos);
  EXPECT_TRUE(desk.inbox[watcher].empty());
}

TEST(Publish, APauseIsToldToTheOthersOnce) {
  SignalingDesk desk;
  const SocketId watcher = desk.join(1);
  const SocketId socket = desk.join(2);
  const Json published = desk.ask(socket, publish({Source::kMicrophone}));
  desk.inbox[watcher].clear();
  const Json pause{{"type", "pause"}, {"id", 3}, {"track", track(published, 0)}, {"paused", true}};
  const Json ok = desk.ask(socket, pause);
  EXPECT_EQ(type_of(ok), "ok");
  EXPECT_EQ(ok.at("id").as_int64(), 3);
  desk.ask(socket, pause);
  const Json heard = desk.next(watcher, "tracks");
  EXPECT_TRUE(heard.at("tracks").as_array().at(0).at("paused").as_bool());
  EXPECT_TRUE(desk.inbox[watcher].empty());
  // The mark outlasts a renegotiation.
  desk.ask(socket, publish({Source::kMicrophone, Source::kCamera}));
  const Json again = desk.next(watcher, "tracks");
  EXPECT_TRUE(again.at("tracks").as_array().at(0).at("paused").as_bool());
  EXPECT_FALSE(again.at("tracks").as_array().at(1).at("paused").as_bool());
}

TEST(Publish, NobodyCanPauseAnothersTrack) {
  SignalingDesk desk;
  const SocketId owner = desk.join(1);
  const Json published = desk.ask(owner, publish({Source::kMicrophone}));
  const SocketId other = desk.join(2);
  const Json error = desk.ask(
      other, {{"type", "pause"}, {"id", 4}, {"track", track(published, 0)}, {"paused", true}});
  EXPECT_EQ(code_of(error), "no-such-track");
  EXPECT_EQ(desk.closed(other), 0);
}

}  // namespace
}  // namespace sotto::bridge::test
