#include "sim/participant.h"

#include <algorithm>

#include "base/base64url.h"
#include "base/byte_writer.h"
#include "rtcp/key_frame_request.h"
#include "rtcp/nack.h"
#include "rtcp/packet.h"

namespace sotto::bridge::sim {
namespace {

constexpr std::uint16_t kPublishPort = 40000;
constexpr std::uint16_t kSubscribePort = 40001;

std::string endpoint_id(std::uint32_t number) {
  sotto::test::SeededRandom random(0xe0000000u + number);
  std::array<std::uint8_t, 16> bytes;
  random.fill(bytes);
  return to_base64url(bytes);
}

}  // namespace

Participant::Participant(std::uint32_t number, std::string room, std::vector<Source> sources,
                         Time now)
    : number_(number),
      room_(std::move(room)),
      endpoint_(endpoint_id(number)),
      random_(0x5eed0000u + number) {
  set_sources(now, sources);
}

Path Participant::path(std::uint16_t port) const {
  const std::array<std::uint8_t, 4> ip{10, static_cast<std::uint8_t>(number_ >> 16),
                                       static_cast<std::uint8_t>(number_ >> 8),
                                       static_cast<std::uint8_t>(number_)};
  return {0, *Address::from_bytes(ip, port)};
}

void Participant::mix(std::uint64_t value) {
  trace = (trace ^ value) * 1099511628211u;
}

StreamSender* Participant::sender(Source source) {
  for (StreamSender& candidate : senders_) {
    if (candidate.media().source == source && candidate.media().sending) return &candidate;
  }
  return nullptr;
}

const Reception* Participant::from(const Participant& other, Source source) const {
  const auto found = receptions.find({other.number_, source});
  return found == receptions.end() ? nullptr : &found->second;
}

std::uint64_t Participant::corrupted() const {
  std::uint64_t sum = 0;
  for (const StreamReceiver& receiver : receivers_) sum += receiver.corrupted();
  return sum;
}

std::uint64_t Participant::recovered() const {
  std::uint64_t sum = 0;
  for (const StreamReceiver& receiver : receivers_) sum += receiver.recovered();
  return sum;
}

void Participant::collect(std::vector<test::VirtualPeer::Datagram>& out) {
  for (test::VirtualPeer* peer : {publisher.get(), subscriber.get()}) {
    if (!peer) continue;
    for (auto& datagram : peer->outgoing()) out.push_back(std::move(datagram));
    peer->outgoing().clear();
  }
}

void Participant::handle_datagram(Time now, const Path& to, ByteView datagram) {
  const bool publishing = to.remote.port() == kPublishPort;
  test::VirtualPeer* peer = publishing ? publisher.get() : subscriber.get();
  if (!peer) return;
  peer->handle_datagram(now, to, datagram);
  publishing ? take_publisher_packets(now) : take_subscriber_packets(now);
}

void Participant::handle_timeout(Time now) {
  if (publisher) publisher->handle_timeout(now);
  if (subscriber) subscriber->handle_timeout(now);
  if (publisher && publisher->secure()) {
    for (StreamSender& stream : senders_) {
      if (!stream.media().sending) continue;
      for (const auto& packet : stream.tick(now)) publisher->send_rtp(now, packet);
    }
  }
  request_missing(now);
}

Time Participant::next_timeout() const {
  Time next = Time::max();
  if (publisher) next = std::min(next, publisher->next_timeout());
  if (subscriber) next = std::min(next, subscriber->next_timeout());
  if (publisher && publisher->secure()) {
    for (const StreamSender& stream : senders_) {
      if (stream.media().sending) next = std::min(next, stream.next());
    }
  }
  for (const StreamReceiver& receiver : receivers_) {
    if (receiver.stream().rtx_ssrc != 0) next = std::min(next, receiver.next_request());
  }
  return next;
}

void Participant::take_publisher_packets(Time now) {
  while (!publisher->received().empty()) {
    const auto packet = std::move(publisher->received().front());
    publisher->received().pop_front();
    if (packet.rtcp) take_publisher_rtcp(packet.bytes);
  }
  for (StreamSender& stream : senders_) {
    for (const std::uint16_t sequence_number : stream.take_requests()) {
      if (const auto packet = stream.resend(sequence_number)) publisher->send_rtp(now, *packet);
    }
  }
}

void Participant::take_publisher_rtcp(ByteView datagram) {
  const auto stream_of = [&](std::uint32_t ssrc) -> StreamSender* {
    for (StreamSender& stream : senders_) {
      if (stream.media().ssrc == ssrc) return &stream;
    }
    return nullptr;
  };
  rtcp::CompoundReader reader(datagram);
  rtcp::Packet packet;
  while (reader.next(packet)) {
    if (packet.is_feedback(rtcp::PacketType::kTransportFeedback, rtcp::kNackFormat)) {
      auto nack = rtcp::Nack::parse(packet);
      StreamSender* stream = nack ? stream_of(nack->media_ssrc()) : nullptr;
      std::uint16_t sequence_number = 0;
      while (stream && nack->next(sequence_number)) stream->request(sequence_number);
    } else if (packet.is_feedback(rtcp::PacketType::kPayloadFeedback, rtcp::kPliFormat)) {
      const auto loss = rtcp::PictureLoss::parse(packet);
      StreamSender* stream = loss ? stream_of(loss->media_ssrc) : nullptr;
      if (stream) stream->request_key_frame();
    }
  }
}

void Participant::take_subscriber_packets(Time now) {
  while (!subscriber->received().empty()) {
    const auto packet = std::move(subscriber->received().front());
    subscriber->received().pop_front();
    if (!packet.rtcp) take_rtp(now, packet.bytes);
  }
}

void Participant::take_rtp(Time now, ByteView bytes) {
  const auto packet = RtpView::parse(bytes);
  if (!packet) return;
  const auto media = by_ssrc_.find(packet->ssrc());
  const auto rtx = by_rtx_ssrc_.find(packet->ssrc());
  if (media != by_ssrc_.end()) {
    StreamReceiver& receiver = receivers_[media->second];
    if (const auto received = receiver.handle_rtp(now, *packet)) record(now, receiver, *received);
  } else if (rtx != by_rtx_ssrc_.end()) {
    StreamReceiver& receiver = receivers_[rtx->second];
    if (const auto received = receiver.handle_rtx(now, *packet)) record(now, receiver, *received);
  }
}

void Participant::record(Time now, const StreamReceiver& receiver, const Received& received) {
  const ContentId& id = received.id;
  const std::string& mid = receiver.stream().mid;
  const auto seat = seats.find(std::strtol(mid.c_str() + 1, nullptr, 10));
  if (seat == seats.end() || seat->second.endpoint != endpoint_id(id.publisher)) ++claims_broken;

  Reception& reception = receptions[{id.publisher, id.source}];
  if (reception.counters.empty()) {
    reception.began_with_key_frame = received.key_frame;
    reception.first = now;
  } else {
    reception.longest_gap = std::max(reception.longest_gap, now - reception.last);
  }
  reception.last = now;
  reception.counters.insert(id.counter);
  mix(static_cast<std::uint64_t>(microseconds(now)));
  mix(static_cast<std::uint64_t>(id.publisher) << 32 | id.counter);
}

void Participant::request_missing(Time now) {
  if (!subscriber || !subscriber->secure()) return;
  for (StreamReceiver& receiver : receivers_) {
    const auto missing = receiver.missing(now);
    if (missing.empty()) continue;
    std::array<std::uint8_t, 1400> buffer;
    ByteWriter writer(buffer);
    rtcp::write_nack(writer, 1, receiver.stream().ssrc, missing);
    if (writer.ok()) subscriber->send_rtcp(now, writer.written());
  }
}

}  // namespace sotto::bridge::sim
