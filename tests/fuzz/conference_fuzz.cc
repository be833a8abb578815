// fuzz-deps: sotto_bridge_sfu
// Any RTP and RTCP from a publisher and a receiver who are both hostile: no crash, no sequence
// number sent twice under one SSRC, bounded answers, and timers that come to rest.
// Input: records of | what (8) | length (8) | bytes |.
#include <cstdlib>
#include <set>
#include <tuple>
#include <vector>

#include "base/byte_reader.h"
#include "rtp/packet.h"
#include "sfu/conference.h"
#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

class CheckingSink : public PacketSink {
 public:
  MutableBytes begin(EndpointIndex to, Connection, std::size_t size) override {
    to_ = to;
    if (buffer_.size() < size) buffer_.resize(size);
    return MutableBytes(buffer_).first(size);
  }
  void finish_rtp(std::size_t size) override {
    ++count;
    const auto view = RtpView::parse(ByteView(buffer_).first(size));
    if (!view) std::abort();
    if (!sent_.insert({to_, view->ssrc(), view->sequence_number()}).second) std::abort();
  }
  void finish_rtcp(std::size_t size) override {
    ++count;
    if (size == 0 || size % 4 != 0) std::abort();
  }
  std::size_t count = 0;

 private:
  EndpointIndex to_{};
  std::vector<std::uint8_t> buffer_;
  std::set<std::tuple<EndpointIndex, std::uint32_t, std::uint16_t>> sent_;
};

std::vector<NegotiatedExtension> extensions() {
  return {
      {9, "urn:ietf:params:rtp-hdrext:sdes:mid"},
      {10, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"},
      {11, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"},
      {4, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"},
      {13,
       "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"},
      {1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"}};
}

std::vector<PublishedTrack> tracks() {
  PublishedTrack camera;
  camera.id = TrackId{1};
  camera.source = Source::kCamera;
  camera.mid = "0";
  camera.codecs = {
      {"VP8", "", 96, 97}, {"VP9", "", 98, 99}, {"H264", "", 100, 101}, {"AV1", "", 102, 103}};
  camera.extensions = extensions();
  camera.rids = {"q", "h", "f"};
  PublishedTrack microphone;
  microphone.id = TrackId{2};
  microphone.source = Source::kMicrophone;
  microphone.mid = "1";
  microphone.codecs = {{"OPUS", "", 111, std::nullopt}};
  microphone.extensions = extensions();
  microphone.ssrcs = {{7, std::nullopt}};
  return {camera, microphone};
}

void run(ByteView data) {
  test::SeededRandom random(1);
  Conference conference({}, random);
  CheckingSink sink;
  Time now = from_microseconds(1'000'000'000);
  const EndpointIndex publisher = *conference.add_endpoint(now);
  const EndpointIndex viewer = *conference.add_endpoint(now);
  for (const EndpointIndex index : {publisher, viewer}) {
    conference.set_connected(now, index, Connection::kSubscribe, true);
  }
  conference.set_published(now, publisher, tracks());
  const auto camera = tracks()[0];
  conference.set_seats_negotiated(
      now, viewer, 2, {{tracks()[1].codecs, extensions()}, {camera.codecs, extensions()}});
  // So that RTCP can name it: seats' SSRCs come from the seeded source.
  const std::uint32_t ssrc = conference.seats(viewer)[0].video_ssrc;
  ByteReader reader(data);
  std::size_t inputs = 0;
  while (!reader.empty()) {
    const auto what = reader.u8();
    const auto length = reader.u8();
    if (!what || !length) break;
    const auto bytes = reader.bytes(std::min<std::size_t>(*length, reader.remaining()));
    std::vector<std::uint8_t> packet(bytes->begin(), bytes->end());
    ++inputs;
    if (*what % 4 == 0) conference.handle_rtp(now, publisher, packet, sink);
    if (*what % 4 == 1) conference.handle_rtcp(now, publisher, Connection::kPublish, packet, sink);
    if (*what % 4 == 2 && packet.size() >= 12) {
      for (std::size_t i = 0; i < 4; ++i)
        packet[8 + i] = static_cast<std::uint8_t>(ssrc >> (24 - 8 * i));
    }
    if (*what % 4 >= 2) conference.handle_rtcp(now, viewer, Connection::kSubscribe, packet, sink);
    now += std::chrono::milliseconds(*what / 4);
    if (conference.next_timeout() <= now) conference.handle_timeout(now, sink);
    while (conference.poll_event()) {
    }
  }
  for (int i = 0; i < 2000 && conference.next_timeout() != Time::max(); ++i) {
    now = std::max(now, conference.next_timeout());
    conference.handle_timeout(now, sink);
  }
  if (conference.next_timeout() != Time::max()) std::abort();
  if (sink.count > 400 * (inputs + 10)) std::abort();
}

}  // namespace
}  // namespace sotto::bridge

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sotto::bridge::run({data, size});
  return 0;
}
