#include <algorithm>
#include <utility>

#include "bridge/core.h"
#include "bridge/negotiated_media.h"
#include "sdp/publish_answer.h"

namespace sotto::bridge {
namespace {

using signaling::ErrorCode;
using signaling::MessageError;

MessageError bad_sdp(std::string what, const std::string& prefix) {
  return {ErrorCode::kBadSdp, prefix + "sdp", std::move(what)};
}

// The m-line on which `track` can be sent; nothing, and why not, when there is none.
const sdp::PublishMedia* media_of(const signaling::PublishTrack& track,
                                  const std::vector<sdp::PublishMedia>& media, std::string& why) {
  for (const sdp::PublishMedia& line : media) {
    if (line.mid != track.mid) continue;
    if (line.rejected || line.formats.empty()) {
      why = "this m-line offers nothing that can be forwarded";
    } else if (!line.active) {
      why = "this m-line is not sent";
    } else if (line.kind != kind_of(track.source)) {
      why = "this m-line is of the other kind";
    } else {
      return &line;
    }
    return nullptr;
  }
  why = "no m-line has this mid";
  return nullptr;
}

// What stays on its m-line keeps its name and its mark.
SignaledTrack continued(const signaling::PublishTrack& track,
                        const std::vector<SignaledTrack>& earlier, Room& room) {
  for (const SignaledTrack& known : earlier) {
    if (known.source == track.source && known.mid == track.mid) return known;
  }
  return {room.next_track(), track.source, track.mid, false};
}

// The tracks of `publish`, of which those in `earlier` go on. Says which field is wrong.
std::optional<MessageError> read_tracks(const signaling::Publish& publish,
                                        const std::vector<sdp::PublishMedia>& lines,
                                        const std::vector<SignaledTrack>& earlier, Room& room,
                                        const std::string& prefix, PreparedPublish& prepared) {
  for (std::size_t i = 0; i < publish.tracks.size(); ++i) {
    std::string why;
    const sdp::PublishMedia* media = media_of(publish.tracks[i], lines, why);
    if (!media) {
      std::string field = prefix + "tracks[" + std::to_string(i) + "].mid";
      return MessageError{ErrorCode::kBadField, std::move(field), std::move(why)};
    }
    const SignaledTrack track = continued(publish.tracks[i], earlier, room);
    PublishedTrack published = published_track(*media);
    published.id = track.id;
    published.source = track.source;
    published.paused = track.paused;
    prepared.tracks.push_back(track);
    prepared.published.push_back(std::move(published));
    prepared.answer.tracks.push_back({track.mid, track_text(track.id)});
  }
  return std::nullopt;
}

}  // namespace

std::variant<PreparedPublish, MessageError> Bridge::Core::prepare(Time now, Endpoint& endpoint,
                                                                  const signaling::Publish& publish,
                                                                  const std::string& prefix) {
  const auto parsed = sdp::parse(publish.sdp);
  if (const auto* error = std::get_if<sdp::SdpError>(&parsed)) return bad_sdp(error->what, prefix);
  const auto& offer = std::get<sdp::SessionDescription>(parsed);

  // A first answer, to learn what the offer holds; it is the last one too unless the offer turns
  // out to come from another PeerConnection (another certificate) or to restart ICE.
  PreparedPublish prepared;
  const auto make_connection = [&] {
    return std::make_unique<MediaConnection>(endpoint, Connection::kPublish, identity_, random_,
                                             timers, now);
  };
  MediaConnection* connection = endpoint.publish.get();
  if (!connection || connection->transport.failed()) prepared.connection = make_connection();
  if (prepared.connection) connection = prepared.connection.get();
  auto answered = sdp::answer_publish(offer, connection->next_description(config_.candidates));
  if (const auto* error = std::get_if<sdp::SdpError>(&answered)) {
    return bad_sdp(error->what, prefix);
  }
  auto& answer = std::get<sdp::PublishAnswer>(answered);
  const auto fingerprint = MediaConnection::fingerprint_of(answer.remote);
  if (!fingerprint) return bad_sdp("a=fingerprint must be sha-256", prefix);
  prepared.remote_ice = MediaConnection::ice_of(answer.remote);
  prepared.remote_fingerprint = *fingerprint;
  const auto& known = connection->remote_fingerprint();
  const bool other_certificate = known && *known != *fingerprint;
  const auto& known_ice = connection->transport.remote_ice();
  const bool restart = known_ice && *known_ice != prepared.remote_ice;

  const bool goes_on = !prepared.connection && !other_certificate;
  static const std::vector<SignaledTrack> kNone;
  if (auto error = read_tracks(publish, answer.media, goes_on ? endpoint.tracks : kNone,
                               endpoint.room, prefix, prepared)) {
    return *std::move(error);
  }
  prepared.answer.sdp = std::move(answer.sdp);
  if (!other_certificate && !restart) return prepared;

  // The offer has been found good: from here on it is carried out.
  if (other_certificate) {
    prepared.connection = make_connection();
    connection = prepared.connection.get();
  } else {
    connection->transport.restart_ice(prepared.remote_ice);
    paths_.register_ufrag(*connection);
  }
  answered = sdp::answer_publish(offer, connection->next_description(config_.candidates));
  if (const auto* error = std::get_if<sdp::SdpError>(&answered)) {
    return bad_sdp(error->what, prefix);
  }
  prepared.answer.sdp = std::move(std::get<sdp::PublishAnswer>(answered).sdp);
  return prepared;
}

bool Bridge::Core::commit(Time now, Endpoint& endpoint, PreparedPublish prepared) {
  if (prepared.connection) {
    replace_connection(now, endpoint, Connection::kPublish, std::move(prepared.connection));
    endpoint.publish->set_remote(prepared.remote_ice, prepared.remote_fingerprint);
  }
  const bool changed = endpoint.tracks != prepared.tracks;
  endpoint.tracks = std::move(prepared.tracks);
  endpoint.room.conference.set_published(now, endpoint.index, prepared.published);
  follow(now, *endpoint.publish);
  return changed;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::Publish& publish) {
  Endpoint& endpoint = *socket.endpoint;
  auto prepared = prepare(now, endpoint, publish, "");
  if (const auto* error = std::get_if<MessageError>(&prepared)) return *error;
  outbox.send(socket.id, text_of(id, std::get<PreparedPublish>(prepared).answer));
  if (commit(now, endpoint, std::get<PreparedPublish>(std::move(prepared)))) {
    broadcast(endpoint.room, &endpoint,
              signaling::tracks_text(endpoint.id, endpoint.track_views()));
  }
  settle(now, endpoint.room);
  return std::nullopt;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::Pause& pause) {
  Endpoint& endpoint = *socket.endpoint;
  SignaledTrack* track = endpoint.find_track(pause.track);
  if (!track) {
    return MessageError{ErrorCode::kNoSuchTrack, "track", "not one of this endpoint's tracks"};
  }
  acknowledge(socket, id);
  if (track->paused == pause.paused) return std::nullopt;
  track->paused = pause.paused;
  endpoint.room.conference.set_paused(now, endpoint.index, track->id, pause.paused);
  broadcast(endpoint.room, &endpoint, signaling::tracks_text(endpoint.id, endpoint.track_views()));
  settle(now, endpoint.room);
  return std::nullopt;
}

}  // namespace sotto::bridge
