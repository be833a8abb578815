#include "signaling/parse_message.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <utility>

#include "base/base64url.h"
#include "signaling/field_reader.h"
#include "signaling/identifiers.h"

namespace sotto::bridge::signaling {
namespace json = boost::json;

namespace {

constexpr std::size_t kMaxTracks = 4;  // one of each source
constexpr std::size_t kMaxSdpChars = 256 * 1024;
constexpr std::size_t kMaxResumeChars = 128;
// Longer than a token can be, so that such a one is refused as what it is.
constexpr std::size_t kMaxTokenText = 256 * 1024;
constexpr std::string_view kRoomRule = "1 to 64 characters of A-Z a-z 0-9 _ -";
constexpr std::string_view kEndpointRule = "16 bytes as base64url, 22 characters";
constexpr std::string_view kLogRule = "16 bytes as base64url, 22 characters";
constexpr std::string_view kTrackRule = "1 to 32 characters of A-Z a-z 0-9 _ -";
constexpr std::string_view kMidRule = "1 to 16 characters of an SDP token";
constexpr std::string_view kSourceRule = "one of microphone, camera, screen, screen-audio";
constexpr std::string_view kGroupRule = "one of camera, screen";

bool is_source(std::string_view text) {
  return source_from(text).has_value();
}
bool is_group(std::string_view text) {
  return group_from(text).has_value();
}

std::string read_state(FieldReader& fields, std::size_t max_chars) {
  std::string state(fields.text("state", 0, max_chars));
  if (fields.ok() && !is_base64url_text(state)) {
    fields.fail(fields.path_of("state"), "base64url: characters of A-Z a-z 0-9 _ -");
  }
  return state;
}

std::vector<PublishTrack> read_tracks(FieldReader& fields) {
  std::vector<PublishTrack> tracks;
  const json::array* array = fields.array("tracks", kMaxTracks);
  for (std::size_t i = 0; array && fields.ok() && i < array->size(); ++i) {
    const json::object* object = fields.element(*array, "tracks", i);
    if (!object) break;
    FieldReader track(*object, fields.path_of("tracks", i), fields.error());
    const std::string mid(track.text("mid", is_mid, kMidRule));
    const std::string_view source = track.text("source", is_source, kSourceRule);
    if (!fields.ok()) break;
    const PublishTrack read{mid, *source_from(source)};
    for (const PublishTrack& earlier : tracks) {
      if (earlier.mid == read.mid) track.fail(track.path_of("mid"), "each mid once");
      if (earlier.source == read.source) track.fail(track.path_of("source"), "each source once");
    }
    tracks.push_back(read);
  }
  return tracks;
}

Publish read_publish(FieldReader& fields) {
  Publish publish;
  publish.sdp = fields.text("sdp", 1, kMaxSdpChars);
  publish.tracks = read_tracks(fields);
  return publish;
}

ClientMessage read_join(FieldReader& fields, std::size_t max_state_chars) {
  Join join;
  // Before all else: another version may mean other fields.
  const std::uint64_t version = fields.integer("version", 0, kMaxInteger);
  if (fields.ok() && version != kProtocolVersion) {
    fields.error() = MessageError{ErrorCode::kVersion, "version", "this bridge speaks version 1"};
    return join;
  }
  join.room = fields.text("room", is_room, kRoomRule);
  join.endpoint = fields.text("endpoint", is_endpoint, kEndpointRule);
  if (fields.has("resume")) join.resume = std::string(fields.text("resume", 0, kMaxResumeChars));
  if (fields.has("token")) join.token = std::string(fields.text("token", 0, kMaxTokenText));
  if (fields.has("state")) join.state = read_state(fields, max_state_chars);
  if (!fields.has("publish")) return join;
  if (const json::object* object = fields.object("publish")) {
    FieldReader publish(*object, "publish", fields.error());
    join.publish = read_publish(publish);
  }
  return join;
}

ClientMessage read_subscribe(FieldReader& fields) {
  Subscribe subscribe;
  const json::array* array = fields.array("want", kMaxWant);
  for (std::size_t i = 0; array && fields.ok() && i < array->size(); ++i) {
    const json::object* object = fields.element(*array, "want", i);
    if (!object) break;
    FieldReader want(*object, fields.path_of("want", i), fields.error());
    const std::string endpoint(want.text("endpoint", is_endpoint, kEndpointRule));
    const std::string_view group = want.text("group", is_group, kGroupRule);
    const auto height = static_cast<std::uint32_t>(want.integer("height", 0, kMaxHeight));
    if (!fields.ok()) break;
    subscribe.want.push_back({endpoint, *group_from(group), height});
  }
  return subscribe;
}

ClientMessage read_pause(FieldReader& fields) {
  Pause pause;
  pause.track = fields.text("track", is_track, kTrackRule);
  pause.paused = fields.boolean("paused");
  return pause;
}

ClientMessage read_answer(FieldReader& fields) {
  Answer answer;
  answer.generation = fields.integer("generation", 1, kMaxInteger);
  answer.sdp = fields.text("sdp", 1, kMaxSdpChars);
  return answer;
}

ClientMessage read_request_offer(FieldReader& fields) {
  RequestOffer request;
  if (fields.has("iceRestart")) request.ice_restart = fields.boolean("iceRestart");
  if (fields.has("renew")) request.renew = fields.boolean("renew");
  return request;
}

ClientMessage read_follow(FieldReader& fields) {
  Follow follow;
  if (!fields.has("log") && !fields.has("after")) return follow;
  const std::string_view log = fields.text("log", is_endpoint, kLogRule);
  follow.had.emplace();
  follow.had->after = fields.integer("after", 0, kMaxInteger);
  if (const auto bytes = from_base64url(log); fields.ok() && bytes) {
    std::copy(bytes->begin(), bytes->end(), follow.had->log.begin());
  }
  return follow;
}

// Nothing for an unknown type.
std::optional<ClientMessage> read_body(std::string_view type, FieldReader& fields,
                                       std::size_t max_state_chars) {
  if (type == "join") return read_join(fields, max_state_chars);
  if (type == "publish") return read_publish(fields);
  if (type == "pause") return read_pause(fields);
  if (type == "subscribe") return read_subscribe(fields);
  if (type == "answer") return read_answer(fields);
  if (type == "request-offer") return read_request_offer(fields);
  if (type == "state") return SetState{read_state(fields, max_state_chars)};
  if (type == "follow") return read_follow(fields);
  if (type == "ping") return Ping{};
  if (type == "leave") return Leave{};
  return std::nullopt;
}

ParsedMessage read_message(const json::object& object, std::size_t max_state_chars) {
  ParsedMessage parsed;
  const json::value* type_value = object.if_contains("type");
  const json::string* type_text = type_value ? type_value->if_string() : nullptr;
  if (!type_text) {
    parsed.content = MessageError{ErrorCode::kBadJson, "", "one object with a string `type`"};
    return parsed;
  }
  const std::string_view type(type_text->data(), type_text->size());
  parsed.allowed_before_join = type == "join" || type == "ping";

  std::optional<MessageError> error;
  FieldReader fields(object, "", error);
  if (fields.has("id")) {
    const std::uint64_t id = fields.integer("id", 0, kMaxInteger);
    if (fields.ok()) parsed.id = id;
  }
  std::optional<ClientMessage> body = read_body(type, fields, max_state_chars);
  if (!body) {
    parsed.content = MessageError{ErrorCode::kUnknownType, "type", "no such message"};
  } else if (error) {
    parsed.content = *std::move(error);
  } else {
    parsed.content = *std::move(body);
  }
  return parsed;
}

}  // namespace

ParsedMessage parse_message(std::string_view text, std::size_t max_state_chars) {
  json::parse_options options;
  options.max_depth = 8;  // the deepest message of the protocol has 4
  json::error_code failure;
  const json::value value = json::parse({text.data(), text.size()}, failure, {}, options);
  if (failure || !value.is_object()) {
    ParsedMessage parsed;
    parsed.content = MessageError{ErrorCode::kBadJson, "", "one JSON object (UTF-8, RFC 8259)"};
    return parsed;
  }
  return read_message(value.get_object(), max_state_chars);
}

}  // namespace sotto::bridge::signaling
