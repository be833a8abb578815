#include "bridge/room_sink.h"

#include <cassert>

#include "bridge/endpoint.h"

namespace sotto::bridge {

MutableBytes RoomSink::begin(EndpointIndex to, Connection connection, std::size_t max_plain) {
  transport_ = nullptr;
  if (slot(to) >= members_.size() || members_[slot(to)] == nullptr) return {};
  const auto& media = members_[slot(to)]->connection(connection);
  if (!media) return {};
  MutableBytes place = media->transport.begin_packet(out_, max_plain);
  if (!place.empty()) transport_ = &media->transport;
  return place;
}

void RoomSink::finish_rtp(std::size_t size) {
  assert(transport_);
  // False: the transport refused it (e.g. a sequence number used before); it counts that itself.
  static_cast<void>(transport_->finish_rtp(size, out_));
  transport_ = nullptr;
}

void RoomSink::finish_rtcp(std::size_t size) {
  assert(transport_);
  static_cast<void>(transport_->finish_rtcp(size, out_));
  transport_ = nullptr;
}

}  // namespace sotto::bridge
