#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "sim/participant.h"

namespace sotto::bridge::sim {
namespace json = boost::json;

namespace {

constexpr std::size_t kInbox = 256;

std::string text(const json::object& object, std::string_view field) {
  const json::value* value = object.if_contains(field);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace

void Participant::say(json::object message) {
  texts.push_back(json::serialize(message));
}

void Participant::set_sources(Time now, const std::vector<Source>& sources) {
  sources_ = sources;
  for (StreamSender& stream : senders_) stream.media().sending = false;
  for (const Source source : sources) {
    bool known = false;
    for (StreamSender& stream : senders_) {
      if (stream.media().source != source) continue;
      stream.media().sending = known = true;
    }
    if (known) continue;
    OfferedMedia media;
    media.mid = std::to_string(senders_.size());
    media.source = source;
    media.ssrc = number_ * 100 + 11 + static_cast<std::uint32_t>(source) * 10;
    if (kind_of(source) == MediaKind::kVideo) media.rtx_ssrc = media.ssrc + 1;
    // Not all in one instant.
    senders_.emplace_back(number_, media, now + Duration(number_ % 97 * 200));
  }
}

json::object Participant::describe_publish() {
  std::vector<OfferedMedia> media;
  json::array tracks;
  for (const StreamSender& stream : senders_) {
    media.push_back(stream.media());
    if (!stream.media().sending) continue;
    tracks.push_back({{"mid", stream.media().mid}, {"source", name(stream.media().source)}});
  }
  return {{"sdp", publish_offer(publisher->local_ice(), publisher->fingerprint(), media)},
          {"tracks", tracks}};
}

void Participant::join(Time now) {
  json::object message{{"type", "join"}, {"id", next_id_++},      {"version", 1},
                       {"room", room_},  {"endpoint", endpoint_}, {"state", "c3RhdGU"}};
  closed = false;
  if (resume_token) {
    message["resume"] = *resume_token;
  } else if (!sources_.empty()) {
    publisher = std::make_unique<test::VirtualPeer>(random_, now);
    message["publish"] = describe_publish();
  }
  say(std::move(message));
}

void Participant::publish(Time now, std::vector<Source> sources, bool restart_ice) {
  if (!publisher) publisher = std::make_unique<test::VirtualPeer>(random_, now);
  if (restart_ice) publisher->restart_ice();
  set_sources(now, sources);
  json::object message = describe_publish();
  message["type"] = "publish";
  message["id"] = next_id_++;
  say(std::move(message));
}

std::string Participant::track_of(Source source) const {
  for (const StreamSender& stream : senders_) {
    const auto found = tracks_.find(stream.media().mid);
    if (stream.media().source == source && found != tracks_.end()) return found->second;
  }
  return "";
}

void Participant::pause(Source source, bool paused) {
  if (StreamSender* stream = sender(source)) stream->paused = paused;
  say({{"type", "pause"}, {"track", track_of(source)}, {"paused", paused}});
}

void Participant::handle_text(Time now, std::string_view received) {
  json::error_code failure;
  const json::value value = json::parse({received.data(), received.size()}, failure);
  ASSERT_FALSE(failure) << received;
  const json::object& message = value.as_object();
  const std::string type = text(message, "type");
  ++heard[type];
  for (const char c : type) mix(static_cast<std::uint64_t>(c));
  inbox.push_back(message);
  if (inbox.size() > kInbox) inbox.pop_front();

  if (type == "joined") {
    take_joined(now, message);
  } else if (type == "published") {
    take_published(now, message);
  } else if (type == "offer") {
    take_offer(now, message);
  } else if (type == "seats") {
    take_seats(message.at("seats").as_array());
  } else {
    take_room_event(type, message);
  }
}

void Participant::take_joined(Time now, const json::object& message) {
  joined = true;
  resumed = message.at("resumed").as_bool();
  resume_token = text(message, "resume");
  others.clear();
  for (const json::value& other : message.at("endpoints").as_array()) {
    others[text(other.as_object(), "endpoint")] = other.as_object();
  }
  if (const json::value* published = message.if_contains("publish")) {
    take_published(now, published->as_object());
  }
  if (const json::value* list = message.if_contains("seats")) {
    seats.clear();
    take_seats(list->as_array());
  }
  if (const json::value* offer = message.if_contains("offer")) take_offer(now, offer->as_object());
}

void Participant::take_published(Time now, const json::object& published) {
  const BridgeDescription bridge = read_bridge_sdp(text(published, "sdp"));
  publisher->set_remote(bridge.ice, bridge.fingerprint);
  publisher->use_path(now, path(40000));
  tracks_.clear();
  for (const json::value& track : published.at("tracks").as_array()) {
    tracks_[text(track.as_object(), "mid")] = text(track.as_object(), "track");
  }
}

void Participant::take_offer(Time now, const json::object& offer) {
  generation_ = offer.at("generation").as_int64();
  if (!answers_offers) return;
  const std::string sdp = text(offer, "sdp");
  const BridgeDescription bridge = read_bridge_sdp(sdp);
  const bool first = !subscriber;
  if (first) {
    subscriber = std::make_unique<test::VirtualPeer>(random_, now);
  } else if (bridge.ice != subscribe_ice_) {
    subscriber->restart_ice();
  }
  if (first || bridge.ice != subscribe_ice_) {
    subscribe_ice_ = bridge.ice;
    subscriber->set_remote(bridge.ice, bridge.fingerprint);
    subscriber->use_path(now, path(40001));
  }
  for (const BridgeDescription::Stream& stream : bridge.streams) {
    if (by_ssrc_.contains(stream.ssrc)) continue;
    by_ssrc_[stream.ssrc] = receivers_.size();
    if (stream.rtx_ssrc != 0) by_rtx_ssrc_[stream.rtx_ssrc] = receivers_.size();
    receivers_.emplace_back(stream);
  }
  offered_seats = static_cast<std::int64_t>(offer.at("seats").as_array().size());
  EXPECT_EQ(bridge.streams.size(), static_cast<std::size_t>(offered_seats) * 2);
  say({{"type", "answer"},
       {"generation", generation_},
       {"sdp", subscribe_answer(sdp, subscriber->local_ice(), subscriber->fingerprint())}});
}

void Participant::take_seats(const json::array& list) {
  for (const json::value& value : list) {
    const json::object& seat = value.as_object();
    seats[seat.at("seat").as_int64()] = {text(seat, "endpoint"), text(seat, "group"),
                                         seat.contains("audio"), seat.contains("video")};
  }
}

void Participant::take_room_event(std::string_view type, const json::object& message) {
  const std::string who = text(message, "endpoint");
  if (type == "endpoint-joined") {
    others[who] = message;
  } else if (type == "endpoint-left") {
    others.erase(who);
  } else if (type == "tracks") {
    others[who]["tracks"] = message.at("tracks");
  } else if (type == "state") {
    others[who]["state"] = message.at("state");
  } else if (type == "speakers") {
    speakers.clear();
    for (const json::value& speaker : message.at("endpoints").as_array()) {
      speakers.emplace_back(speaker.as_string());
    }
  }
}

}  // namespace sotto::bridge::sim
