// The path of every packet, and the clockwork.
#include <algorithm>

#include "rtp/extension_writer.h"
#include "sfu/conference_impl.h"

namespace sotto::bridge {
namespace {

// What could not be sent when it was due (a connection that went away) is tried so often.
constexpr Duration kRetry = std::chrono::milliseconds(5);

}  // namespace

void Conference::Impl::handle_rtp(Time now, EndpointIndex from, MutableBytes bytes,
                                  PacketSink& sink) {
  Publisher& publisher = endpoint(from).publisher;
  const auto packet = publisher.receive(now, bytes, stats);
  deadlines_.at_most(slot(from), publisher.feedback_deadline());
  if (!packet) return;
  if (packet->layers_changed) select_layers(now, *packet->track);
  // Serves those, too, who began to wait with this very packet.
  if (packet->frame.key_frame) packet->track->layer(packet->layer).keyframe.on_key_frame();
  deadlines_.at_most(slot(from), publisher.layer_deadline(packet->track->layer(packet->layer)));
  if (packet->track->source() == Source::kMicrophone && !packet->empty) {
    if (auto level = packet->extensions.audio_level()) speakers.on_level(now, from, *level);
  }
  const OutgoingExtensions extensions = OutgoingExtensions::end_to_end(packet->extensions);
  for (const SeatRef& ref : packet->track->subscribers) {
    endpoint(ref.endpoint).subscriber.forward(now, ref.seat, *packet, extensions, sink, stats);
  }
}

void Conference::Impl::select_layers(Time now, const Track& track) {
  if (track.kind() != MediaKind::kVideo) return;
  for (const SeatRef& ref : track.subscribers) endpoint(ref.endpoint).subscriber.select_layers(now);
}

void Conference::Impl::handle_rtcp(Time now, EndpointIndex from, Connection connection,
                                   ByteView packet, PacketSink& sink) {
  if (connection == Connection::kPublish) {
    endpoint(from).publisher.handle_rtcp(now, packet, stats);
  } else {
    endpoint(from).subscriber.handle_rtcp(now, packet, sink, stats);
  }
}

void Conference::Impl::run_endpoint(Time now, std::size_t index, PacketSink& sink) {
  Endpoint& due = *endpoints_[index];
  if (due.publisher.handle_timeout(now, sink, stats)) {
    for (const auto& track : due.publisher.tracks()) select_layers(now, *track);
  }
  due.subscriber.handle_timeout(now, sink);
  const Time next = std::min(due.publisher.next_timeout(), due.subscriber.next_timeout());
  deadlines_.set(index, std::max(next, now + kRetry));
}

void Conference::Impl::handle_timeout(Time now, PacketSink& sink) {
  while (deadlines_.earliest() <= now) run_endpoint(now, deadlines_.first(), sink);
  if (speakers.handle_timeout(now)) on_speakers(now);
}

Time Conference::Impl::next_timeout() const {
  return std::min(deadlines_.earliest(), speakers.next_timeout());
}

}  // namespace sotto::bridge
