// fuzz-deps: sotto_bridge_rtcp
// A client's RTCP: every reader ends, and reads no more than the packet can hold.
#include <cstdlib>

#include "rtcp/bandwidth_estimate.h"
#include "rtcp/key_frame_request.h"
#include "rtcp/nack.h"
#include "rtcp/report.h"
#include "rtcp/source_description.h"
#include "rtcp/transport_feedback.h"

namespace {

using namespace sotto;
using namespace sotto::bridge::rtcp;

template <typename Reader, typename Item>
void drain(Reader reader, std::size_t limit) {
  Item item{};
  for (std::size_t count = 0; reader.next(item); ++count) {
    if (count > limit) std::abort();
  }
}

void read(const Packet& packet) {
  const std::size_t size = packet.body.size();
  if (auto report = SenderReport::parse(packet)) {
    drain<ReportBlockReader, ReportBlock>(report->blocks, size);
  }
  if (auto report = ReceiverReport::parse(packet)) {
    drain<ReportBlockReader, ReportBlock>(report->blocks, size);
  }
  if (packet.is(PacketType::kSourceDescription)) {
    drain<SourceDescriptionReader, SourceDescription>(SourceDescriptionReader(packet), 31);
  }
  if (packet.is(PacketType::kBye)) drain<ByeReader, std::uint32_t>(ByeReader(packet), 31);
  if (auto nack = Nack::parse(packet)) drain<Nack, std::uint16_t>(*nack, size / 4 * 17);
  if (auto request = FullIntraRequestReader::parse(packet)) {
    drain<FullIntraRequestReader, FullIntraRequest>(*request, size / 8);
  }
  (void)PictureLoss::parse(packet);
  (void)BandwidthEstimate::parse(packet);
  if (auto feedback = TransportFeedback::parse(packet)) {
    drain<TransportFeedback, Arrival>(*feedback, feedback->status_count());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  CompoundReader reader({data, size});
  Packet packet;
  while (reader.next(packet)) read(packet);
  return 0;
}
