// Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01
// section 3.1): when which packet of one transport arrived.
//
// | base sequence (16) | status count (16) | reference time (24) x 64 ms | feedback count (8) |
// | chunks of 16 bits ... | deltas of 250 us: 8 bits, or 16 bits signed ... | zero padding |
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/byte_writer.h"
#include "base/result.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

constexpr std::int64_t kDeltaUnitUs = 250;
constexpr std::int64_t kReferenceUnitUs = 64000;

struct Arrival {
  std::uint16_t sequence_number = 0;
  // Microseconds on the feedback sender's clock, in steps of 250; absent: not received.
  std::optional<std::int64_t> at_us;
};

// Reads the statuses of one feedback packet in order.
class TransportFeedback {
 public:
  static Result<TransportFeedback> parse(const Packet& packet);

  std::uint32_t sender_ssrc() const { return sender_ssrc_; }
  std::uint32_t media_ssrc() const { return media_ssrc_; }
  std::uint16_t base_sequence() const { return base_sequence_; }
  std::uint16_t status_count() const { return status_count_; }
  std::uint8_t feedback_count() const { return feedback_count_; }
  // False at the end, and when deltas are missing (malformed() is then true).
  bool next(Arrival& arrival);
  bool malformed() const { return malformed_; }

 private:
  std::uint8_t next_symbol();

  std::uint32_t sender_ssrc_ = 0;
  std::uint32_t media_ssrc_ = 0;
  std::uint16_t base_sequence_ = 0;
  std::uint16_t status_count_ = 0;
  std::uint8_t feedback_count_ = 0;
  std::int64_t clock_us_ = 0;
  ByteView chunks_;
  ByteView deltas_;
  std::uint16_t read_ = 0;
  std::uint16_t chunk_ = 0;
  int chunk_left_ = 0;
  bool malformed_ = false;
};

struct TransportFeedbackHeader {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  std::uint16_t base_sequence = 0;
  std::uint8_t feedback_count = 0;
};

// Not received.
constexpr std::int64_t kNoArrival = -1;

// Writes one packet for consecutive sequence numbers from the base on; `arrivals_us` holds the
// time of each (not negative) or kNoArrival. Returns how many statuses went in, the last of them
// an arrival: fewer than given when a delta does not fit into 16 bits or `writer` is full; the
// caller goes on with a new packet. 0: nothing arrived or nothing fits; nothing was written.
std::size_t write_transport_feedback(ByteWriter& writer, const TransportFeedbackHeader& header,
                                     std::span<const std::int64_t> arrivals_us);

}  // namespace sotto::bridge::rtcp
