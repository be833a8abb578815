#include "signaling/bridge_message.h"

#include "signaling/json_text.h"

namespace sotto::bridge::signaling {
namespace {

void write(JsonText& json, const TrackView& track) {
  json.begin_object();
  json.text("track", track.track);
  json.text("source", name(track.source));
  json.boolean("paused", track.paused);
  json.end_object();
}

void write_tracks(JsonText& json, const std::vector<TrackView>& tracks) {
  json.begin_array("tracks");
  for (const TrackView& track : tracks) write(json, track);
  json.end_array();
}

void write_fields(JsonText& json, const EndpointView& endpoint) {
  json.text("endpoint", endpoint.endpoint);
  if (!endpoint.state.empty()) json.text("state", endpoint.state);
  write_tracks(json, endpoint.tracks);
}

void write_fields(JsonText& json, const Published& published) {
  json.text("sdp", published.sdp);
  json.begin_array("tracks");
  for (const MidTrack& track : published.tracks) {
    json.begin_object();
    json.text("mid", track.mid);
    json.text("track", track.track);
    json.end_object();
  }
  json.end_array();
}

void write_fields(JsonText& json, const Offer& offer) {
  json.integer("generation", offer.generation);
  json.text("sdp", offer.sdp);
  json.begin_array("seats");
  for (const OfferedSeat& seat : offer.seats) {
    json.begin_object();
    json.integer("seat", seat.seat);
    json.text("audio", seat.audio_mid);
    json.text("video", seat.video_mid);
    json.end_object();
  }
  json.end_array();
}

void write_seats(JsonText& json, const std::vector<SeatedView>& seats) {
  json.begin_array("seats");
  for (const SeatedView& seat : seats) {
    json.begin_object();
    json.integer("seat", seat.seat);
    if (seat.endpoint) {
      json.text("endpoint", *seat.endpoint);
      json.text("group", name(seat.group));
      if (seat.audio) json.text("audio", *seat.audio);
      if (seat.video) json.text("video", *seat.video);
    }
    json.end_object();
  }
  json.end_array();
}

void write_names(JsonText& json, std::string_view field, const std::vector<std::string>& names) {
  json.begin_array(field);
  for (const std::string& element : names) json.element(element);
  json.end_array();
}

JsonText message(std::string_view type, const MessageId& id = std::nullopt) {
  JsonText json;
  json.begin_object();
  json.text("type", type);
  if (id) json.integer("id", *id);
  return json;
}

void write_limits(JsonText& json, const JoinedLimits& limits) {
  json.begin_object("limits");
  json.integer("seats", limits.seats);
  json.integer("stateBytes", limits.state_chars);
  json.integer("messageBytes", limits.message_bytes);
  json.integer("resumeSeconds", limits.resume_seconds);
  json.begin_object("delivery");
  json.integer("handshakeBytes", limits.handshake_bytes);
  json.integer("keyPackageBytes", limits.key_package_bytes);
  json.integer("welcomeBytes", limits.welcome_bytes);
  json.integer("applicationBytes", limits.application_bytes);
  json.end_object();
  json.end_object();
}

std::string finish(JsonText& json) {
  json.end_object();
  return json.take();
}

}  // namespace

std::string text_of(const MessageId& id, const Joined& joined) {
  JsonText json = message("joined", id);
  json.integer("version", 1);
  json.text("room", joined.room);
  json.text("endpoint", joined.endpoint);
  json.text("resume", joined.resume);
  json.boolean("resumed", joined.resumed);
  json.begin_array("endpoints");
  for (const EndpointView& endpoint : joined.endpoints) {
    json.begin_object();
    write_fields(json, endpoint);
    json.end_object();
  }
  json.end_array();
  if (joined.publish) {
    json.begin_object("publish");
    write_fields(json, *joined.publish);
    json.end_object();
  }
  if (joined.self) {
    json.begin_object("self");
    write_fields(json, *joined.self);
    json.end_object();
  }
  if (joined.seats) write_seats(json, *joined.seats);
  if (joined.speakers) write_names(json, "speakers", *joined.speakers);
  if (joined.offer) {
    json.begin_object("offer");
    write_fields(json, *joined.offer);
    json.end_object();
  }
  write_limits(json, joined.limits);
  return finish(json);
}

std::string text_of(const MessageId& id, const Published& published) {
  JsonText json = message("published", id);
  write_fields(json, published);
  return finish(json);
}

std::string text_of(const MessageId& id, const Offer& offer) {
  JsonText json = message("offer", id);
  write_fields(json, offer);
  return finish(json);
}

std::string text_of(const MessageId& id, const MessageError& error) {
  JsonText json = message("error", id);
  json.text("code", name(error.code));
  if (!error.field.empty()) json.text("field", error.field);
  json.text("message", error.message);
  return finish(json);
}

std::string log_text(const MessageId& id, std::string_view log, std::uint64_t last, bool complete) {
  JsonText json = message("log", id);
  json.text("log", log);
  json.integer("last", last);
  json.boolean("complete", complete);
  return finish(json);
}

std::string caught_up_text(std::string_view log, std::uint64_t last) {
  JsonText json = message("caught-up", std::nullopt);
  json.text("log", log);
  json.integer("last", last);
  return finish(json);
}

std::string ok_text(std::uint64_t id) {
  JsonText json = message("ok", id);
  return finish(json);
}

std::string pong_text(const MessageId& id) {
  JsonText json = message("pong", id);
  return finish(json);
}

std::string seats_text(const std::vector<SeatedView>& seats) {
  JsonText json = message("seats");
  write_seats(json, seats);
  return finish(json);
}

std::string endpoint_joined_text(const EndpointView& endpoint) {
  JsonText json = message("endpoint-joined");
  write_fields(json, endpoint);
  return finish(json);
}

std::string endpoint_left_text(std::string_view endpoint, std::string_view reason) {
  JsonText json = message("endpoint-left");
  json.text("endpoint", endpoint);
  json.text("reason", reason);
  return finish(json);
}

std::string tracks_text(std::string_view endpoint, const std::vector<TrackView>& tracks) {
  JsonText json = message("tracks");
  json.text("endpoint", endpoint);
  write_tracks(json, tracks);
  return finish(json);
}

std::string state_text(std::string_view endpoint, std::string_view state) {
  JsonText json = message("state");
  json.text("endpoint", endpoint);
  json.text("state", state);
  return finish(json);
}

std::string speakers_text(const std::vector<std::string>& endpoints) {
  JsonText json = message("speakers");
  write_names(json, "endpoints", endpoints);
  return finish(json);
}

std::string bye_text(std::string_view reason) {
  JsonText json = message("bye");
  json.text("reason", reason);
  return finish(json);
}

}  // namespace sotto::bridge::signaling
