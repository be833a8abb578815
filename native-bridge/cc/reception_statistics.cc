#include "cc/reception_statistics.h"

#include <algorithm>

#include "rtcp/ntp_time.h"

namespace sotto::bridge {

namespace {

constexpr std::int64_t kTurn = 1 << 16;  // where Unwrapper starts
// A jump beyond these is believed only when the next packet confirms it (appendix A.1).
constexpr std::int64_t kMaxDropout = 3000;
constexpr std::int64_t kMaxMisorder = 100;

}  // namespace

void ReceptionStatistics::on_packet(Time now, std::uint16_t sequence_number,
                                    std::uint32_t rtp_timestamp) {
  const auto newest = unwrapper_.newest();
  if (!newest) {
    restart(sequence_number);
  } else {
    const std::int64_t step = unwrapper_.peek(sequence_number) - *newest;
    if (step > kMaxDropout || step < -kMaxMisorder) {
      const bool confirmed = resync_at_ == sequence_number;
      resync_at_ = static_cast<std::uint16_t>(sequence_number + 1);
      if (!confirmed) return;
      restart(sequence_number);
    } else {
      resync_at_.reset();
      unwrapper_.unwrap(sequence_number);
      ++received_;
      if (step <= 0) return;
    }
  }
  update_jitter(now, rtp_timestamp);
}

void ReceptionStatistics::restart(std::uint16_t sequence_number) {
  unwrapper_.reset();
  first_ = unwrapper_.unwrap(sequence_number);
  received_ = 1;
  expected_prior_ = 0;
  received_prior_ = 0;
  resync_at_.reset();
  last_transit_.reset();
}

void ReceptionStatistics::update_jitter(Time now, std::uint32_t rtp_timestamp) {
  // Packets of one frame share a timestamp and tell nothing about the network.
  if (last_transit_ && rtp_timestamp == last_timestamp_) return;
  const std::int64_t us = microseconds(now);
  const std::int64_t arrival = us / 1000000 * clock_rate_ + us % 1000000 * clock_rate_ / 1000000;
  const auto transit = static_cast<std::uint32_t>(arrival) - rtp_timestamp;
  if (last_transit_) {
    const auto difference = static_cast<std::int32_t>(transit - *last_transit_);
    const std::int64_t magnitude = std::abs(static_cast<std::int64_t>(difference));
    jitter_16_ += magnitude - ((jitter_16_ + 8) >> 4);
  }
  last_transit_ = transit;
  last_timestamp_ = rtp_timestamp;
}

void ReceptionStatistics::on_sender_report(Time now, std::uint64_t ntp) {
  last_sr_ntp_ = ntp;
  last_sr_at_ = now;
}

std::int64_t ReceptionStatistics::cumulative_lost() const {
  const auto newest = unwrapper_.newest();
  if (!newest) return 0;
  return *newest - first_ + 1 - static_cast<std::int64_t>(received_);
}

Duration ReceptionStatistics::jitter() const {
  return Duration((jitter_16_ >> 4) * 1000000 / clock_rate_);
}

std::optional<rtcp::ReportBlock> ReceptionStatistics::take_report_block(Time now) {
  const auto newest = unwrapper_.newest();
  if (!newest) return std::nullopt;
  const std::int64_t expected = *newest - first_ + 1;
  const std::int64_t expected_now = expected - expected_prior_;
  const std::int64_t lost_now =
      expected_now - static_cast<std::int64_t>(received_ - received_prior_);
  expected_prior_ = expected;
  received_prior_ = received_;

  rtcp::ReportBlock block;
  block.ssrc = ssrc_;
  if (expected_now > 0 && lost_now > 0) {
    block.fraction_lost =
        static_cast<std::uint8_t>(std::min<std::int64_t>(255, lost_now * 256 / expected_now));
  }
  block.cumulative_lost =
      static_cast<std::int32_t>(std::clamp<std::int64_t>(cumulative_lost(), -0x800000, 0x7fffff));
  block.extended_highest_sequence = static_cast<std::uint32_t>(*newest - kTurn);
  block.jitter = static_cast<std::uint32_t>(jitter_16_ >> 4);
  if (last_sr_at_) {
    block.last_sr = rtcp::compact(last_sr_ntp_);
    block.delay_since_last_sr = rtcp::compact_ntp(now - *last_sr_at_);
  }
  return block;
}

}  // namespace sotto::bridge
