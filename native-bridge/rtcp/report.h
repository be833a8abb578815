// Sender and receiver reports (RFC 3550 sections 6.4.1, 6.4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/byte_writer.h"
#include "base/result.h"
#include "base/time.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

struct ReportBlock {
  std::uint32_t ssrc = 0;
  std::uint8_t fraction_lost = 0;    // 1/256ths since the last report
  std::int32_t cumulative_lost = 0;  // 24 bits, signed
  std::uint32_t extended_highest_sequence = 0;
  std::uint32_t jitter = 0;               // timestamp units
  std::uint32_t last_sr = 0;              // LSR
  std::uint32_t delay_since_last_sr = 0;  // DLSR, 1/65536 s
};

constexpr std::size_t kReportBlockSize = 24;
constexpr std::size_t kMaxReportBlocks = 31;

// The report blocks of one packet, read one at a time.
class ReportBlockReader {
 public:
  ReportBlockReader() = default;
  ReportBlockReader(ByteView blocks, std::uint8_t count) : left_(blocks), count_(count) {}
  bool next(ReportBlock& block);

 private:
  ByteView left_;
  std::uint8_t count_ = 0;
};

struct SenderReport {
  std::uint32_t ssrc = 0;
  std::uint64_t ntp = 0;
  std::uint32_t rtp_timestamp = 0;
  std::uint32_t packet_count = 0;
  std::uint32_t octet_count = 0;
  ReportBlockReader blocks;

  static Result<SenderReport> parse(const Packet& packet);
};

struct ReceiverReport {
  std::uint32_t ssrc = 0;
  ReportBlockReader blocks;

  static Result<ReceiverReport> parse(const Packet& packet);
};

// `report.blocks` is not used; at most 31 blocks are written.
void write_sender_report(ByteWriter& writer, const SenderReport& report,
                         std::span<const ReportBlock> blocks);
void write_receiver_report(ByteWriter& writer, std::uint32_t ssrc,
                           std::span<const ReportBlock> blocks);

// A - LSR - DLSR of RFC 3550 section 6.4.1, at time `now` of the clock that wrote the SR. Empty
// when the block refers to no SR or the result is not plausible.
std::optional<Duration> round_trip(const ReportBlock& block, Time now);

}  // namespace sotto::bridge::rtcp
