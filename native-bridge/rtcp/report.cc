#include "rtcp/report.h"

#include <algorithm>

#include "base/byte_reader.h"
#include "rtcp/ntp_time.h"

namespace sotto::bridge::rtcp {

namespace {

constexpr std::int32_t kMinCumulative = -0x800000;
constexpr std::int32_t kMaxCumulative = 0x7fffff;
// Longer than any round trip: the block refers to something else.
constexpr Duration kMaxRoundTrip = std::chrono::seconds(30);

Result<ReportBlockReader> read_blocks(ByteReader& reader, std::uint8_t count) {
  TRY(const ByteView blocks, reader.bytes(count * kReportBlockSize));
  return ReportBlockReader(blocks, count);
}

void write_blocks(ByteWriter& writer, std::span<const ReportBlock> blocks) {
  for (const ReportBlock& block : blocks) {
    const std::int32_t lost = std::clamp(block.cumulative_lost, kMinCumulative, kMaxCumulative);
    writer.u32(block.ssrc);
    writer.u8(block.fraction_lost);
    writer.u24(static_cast<std::uint32_t>(lost) & 0xffffff);
    writer.u32(block.extended_highest_sequence);
    writer.u32(block.jitter);
    writer.u32(block.last_sr);
    writer.u32(block.delay_since_last_sr);
  }
}

}  // namespace

bool ReportBlockReader::next(ReportBlock& block) {
  if (count_ == 0) return false;
  --count_;
  ByteReader reader(left_);
  block.ssrc = reader.u32().value_or(0);
  block.fraction_lost = reader.u8().value_or(0);
  const std::uint32_t lost = reader.u24().value_or(0);
  // Sign-extends 24 bits.
  block.cumulative_lost = static_cast<std::int32_t>(lost << 8) >> 8;
  block.extended_highest_sequence = reader.u32().value_or(0);
  block.jitter = reader.u32().value_or(0);
  block.last_sr = reader.u32().value_or(0);
  auto delay = reader.u32();
  if (!delay) return false;
  block.delay_since_last_sr = *delay;
  left_ = reader.rest();
  return true;
}

Result<SenderReport> SenderReport::parse(const Packet& packet) {
  if (!packet.is(PacketType::kSenderReport)) return fail(Error::kWrongState);
  ByteReader reader(packet.body);
  SenderReport report;
  TRY(report.ssrc, reader.u32());
  TRY(report.ntp, reader.u64());
  TRY(report.rtp_timestamp, reader.u32());
  TRY(report.packet_count, reader.u32());
  TRY(report.octet_count, reader.u32());
  TRY(report.blocks, read_blocks(reader, packet.count));
  return report;
}

Result<ReceiverReport> ReceiverReport::parse(const Packet& packet) {
  if (!packet.is(PacketType::kReceiverReport)) return fail(Error::kWrongState);
  ByteReader reader(packet.body);
  ReceiverReport report;
  TRY(report.ssrc, reader.u32());
  TRY(report.blocks, read_blocks(reader, packet.count));
  return report;
}

void write_sender_report(ByteWriter& writer, const SenderReport& report,
                         std::span<const ReportBlock> blocks) {
  blocks = blocks.first(std::min(blocks.size(), kMaxReportBlocks));
  PacketWriter packet(writer, PacketType::kSenderReport, static_cast<std::uint8_t>(blocks.size()));
  writer.u32(report.ssrc);
  writer.u64(report.ntp);
  writer.u32(report.rtp_timestamp);
  writer.u32(report.packet_count);
  writer.u32(report.octet_count);
  write_blocks(writer, blocks);
  packet.finish();
}

void write_receiver_report(ByteWriter& writer, std::uint32_t ssrc,
                           std::span<const ReportBlock> blocks) {
  blocks = blocks.first(std::min(blocks.size(), kMaxReportBlocks));
  PacketWriter packet(writer, PacketType::kReceiverReport,
                      static_cast<std::uint8_t>(blocks.size()));
  writer.u32(ssrc);
  write_blocks(writer, blocks);
  packet.finish();
}

std::optional<Duration> round_trip(const ReportBlock& block, Time now) {
  if (block.last_sr == 0) return std::nullopt;
  const std::uint32_t elapsed = compact(ntp_from(now)) - block.last_sr - block.delay_since_last_sr;
  const Duration trip = duration_from_compact(elapsed);
  if (trip > kMaxRoundTrip) return std::nullopt;  // negative ones wrap to here
  return trip;
}

}  // namespace sotto::bridge::rtcp
