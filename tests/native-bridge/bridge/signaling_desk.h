// Sockets on a bridge without a network: what is said, what is answered, in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "bridge/bridge.h"
#include "dtls/identity.h"
#include "sim/sdp_text.h"
#include "sim/world.h"
#include "support/seeded_random.h"

namespace sotto::bridge::test {

using Json = boost::json::object;

class SignalingDesk {
 public:
  explicit SignalingDesk(const BridgeConfig& config = sim::World::default_config())
      : bridge(config, identity, random) {}

  SocketId open() {
    bridge.handle_open(now, ++last_socket_, "198.51.100.7");
    drain();
    return last_socket_;
  }
  void say(SocketId socket, std::string_view text) {
    bridge.handle_message(now, socket, text);
    drain();
  }
  void say_binary(SocketId socket, std::string_view frame) {
    bridge.handle_binary(now, socket, as_bytes(frame));
    drain();
  }
  void say(SocketId socket, const Json& message) { say(socket, boost::json::serialize(message)); }
  // Says it and returns the first message that comes back.
  Json ask(SocketId socket, const Json& message) {
    inbox[socket].clear();
    say(socket, message);
    return next(socket);
  }
  void close(SocketId socket) {
    bridge.handle_close(now, socket);
    drain();
  }
  void pass(Duration span) {
    const Time end = now + span;
    while (bridge.next_timeout() <= end) {
      now = std::max(now, bridge.next_timeout());
      bridge.handle_timeout(now);
      drain();
    }
    now = end;
  }

  // The oldest message to that socket; empty when there is none.
  Json next(SocketId socket) {
    auto& messages = inbox[socket];
    if (messages.empty()) return {};
    Json first = std::move(messages.front());
    messages.pop_front();
    return first;
  }
  // The oldest of that type, with those before it thrown away.
  Json next(SocketId socket, std::string_view type) {
    while (!inbox[socket].empty()) {
      Json message = next(socket);
      if (message.at("type").as_string() == type) return message;
    }
    ADD_FAILURE() << "no " << type;
    return {};
  }
  // The WebSocket's close code; 0 while it is open.
  std::uint16_t closed(SocketId socket) const {
    const auto found = closed_.find(socket);
    return found == closed_.end() ? 0 : found->second;
  }

  static std::string endpoint(unsigned number) {
    const std::string digits = std::to_string(number);
    return std::string(21 - digits.size(), 'A') + digits + "A";
  }
  static Json join_message(unsigned number, std::string_view room = "quiet-otter") {
    return {{"type", "join"},
            {"id", 1},
            {"version", 1},
            {"room", room},
            {"endpoint", endpoint(number)},
            {"state", "c3RhdGU"}};
  }
  // A publish body with these sources, of the PeerConnection `peer`.
  static Json publish_body(const std::vector<Source>& sources, unsigned peer = 1,
                           unsigned ice_generation = 0) {
    std::vector<sim::OfferedMedia> media;
    boost::json::array tracks;
    for (const Source source : sources) {
      const std::string mid = std::to_string(media.size());
      const auto ssrc = static_cast<std::uint32_t>(1000 * peer + 10 * media.size());
      media.push_back({mid, source, ssrc, ssrc + 1, true});
      tracks.push_back(Json{{"mid", mid}, {"source", name(source)}});
    }
    return {{"sdp", sim::publish_offer(ice(peer, ice_generation), fingerprint(peer), media)},
            {"tracks", tracks}};
  }
  static IceParameters ice(unsigned peer, unsigned generation = 0) {
    return {"ufrag" + std::to_string(peer) + "x" + std::to_string(generation),
            "passwordpasswordpassword" + std::to_string(generation)};
  }
  static Fingerprint fingerprint(unsigned peer) {
    Fingerprint print;
    print.sha256.fill(static_cast<std::uint8_t>(peer));
    return print;
  }
  static std::string answer_to(const Json& offer, unsigned peer = 1, unsigned ice_generation = 0) {
    return sim::subscribe_answer(offer.at("sdp").as_string(), ice(peer, ice_generation),
                                 fingerprint(peer));
  }

  // Joins and answers the first offer; what was heard meanwhile is thrown away.
  SocketId join(unsigned number, const std::vector<Source>& sources = {}) {
    const SocketId socket = open();
    Json message = join_message(number);
    if (!sources.empty()) message["publish"] = publish_body(sources, number);
    const Json joined = ask(socket, message);
    EXPECT_EQ(joined.at("type").as_string(), "joined") << boost::json::serialize(joined);
    if (joined.contains("resume")) token = joined.at("resume").as_string();
    return socket;
  }

  Time now = from_microseconds(1'000'000);
  sotto::test::SeededRandom random{1};
  Identity identity;
  Bridge bridge;
  std::map<SocketId, std::deque<Json>> inbox;
  std::map<SocketId, std::deque<std::string>> frames;
  std::string token;  // of the last join()

 private:
  void drain() {
    while (auto outgoing = bridge.poll_message()) {
      EXPECT_EQ(closed(outgoing->socket), 0) << "something was said after the close";
      if (!outgoing->text.empty()) {
        inbox[outgoing->socket].push_back(boost::json::parse(outgoing->text).as_object());
      }
      if (outgoing->binary) frames[outgoing->socket].push_back(*outgoing->binary);
      if (outgoing->close) closed_[outgoing->socket] = outgoing->close->code;
    }
    while (bridge.poll_log()) {
    }
    bridge.datagrams().clear();
  }

  SocketId last_socket_ = 0;
  std::map<SocketId, std::uint16_t> closed_;
};

inline std::string type_of(const Json& message) {
  return message.empty() ? "" : std::string(message.at("type").as_string());
}
inline std::string code_of(const Json& message) {
  return type_of(message) == "error" ? std::string(message.at("code").as_string()) : "";
}
inline std::string field_of(const Json& message) {
  return message.contains("field") ? std::string(message.at("field").as_string()) : "";
}

}  // namespace sotto::bridge::test
