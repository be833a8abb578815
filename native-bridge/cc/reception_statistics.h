// What a receiver report says about one SSRC (RFC 3550 appendices A.1, A.3, A.8).
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "rtcp/report.h"
#include "rtp/sequence_unwrapper.h"

namespace sotto::bridge {

class ReceptionStatistics {
 public:
  ReceptionStatistics(std::uint32_t ssrc, std::uint32_t clock_rate)
      : ssrc_(ssrc), clock_rate_(clock_rate) {}

  // First-hand packets only: what comes by RTX belongs to the RTX stream's statistics.
  void on_packet(Time now, std::uint16_t sequence_number, std::uint32_t rtp_timestamp);
  void on_sender_report(Time now, std::uint64_t ntp);

  // The block for a report sent now; starts a new interval for fraction_lost. Nothing before the
  // first packet.
  std::optional<rtcp::ReportBlock> take_report_block(Time now);

  std::uint64_t received() const { return received_; }
  std::int64_t cumulative_lost() const;
  Duration jitter() const;

 private:
  void restart(std::uint16_t sequence_number);
  void update_jitter(Time now, std::uint32_t rtp_timestamp);

  std::uint32_t ssrc_;
  std::uint32_t clock_rate_;
  SequenceUnwrapper unwrapper_;
  std::int64_t first_ = 0;
  std::optional<std::uint16_t> resync_at_;  // the number that would confirm a jump
  std::uint64_t received_ = 0;
  std::int64_t expected_prior_ = 0;
  std::uint64_t received_prior_ = 0;
  std::int64_t jitter_16_ = 0;  // 16 times the jitter, as in appendix A.8
  std::optional<std::uint32_t> last_transit_;
  std::uint32_t last_timestamp_ = 0;
  std::uint64_t last_sr_ntp_ = 0;
  std::optional<Time> last_sr_at_;
};

}  // namespace sotto::bridge
