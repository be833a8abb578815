// Collects arrivals by transport-wide sequence number and writes the feedback from which the
// publisher's congestion controller works.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/byte_writer.h"
#include "base/time.h"
#include "rtcp/transport_feedback.h"
#include "rtp/sequence_unwrapper.h"

namespace sotto::bridge {

class TransportFeedbackSender {
 public:
  struct Config {
    Duration interval = std::chrono::milliseconds(100);
    // Sooner when so many packets wait.
    int packets = 100;
  };

  TransportFeedbackSender() : TransportFeedbackSender(Config{}) {}
  explicit TransportFeedbackSender(Config config) : config_(config) {
    arrivals_us_.fill(rtcp::kNoArrival);
  }

  // `sequence_number` is the packet's transport-cc extension, `media_ssrc` its SSRC.
  void on_packet(Time now, std::uint16_t sequence_number, std::uint32_t media_ssrc);

  // When feedback is due; nothing while no packet waits.
  std::optional<Time> next_timeout() const;
  // Writes one RTCP packet when due. Call again until it returns false: a pause or a jump in
  // sequence numbers takes several.
  bool write_due(Time now, std::uint32_t sender_ssrc, ByteWriter& writer);

 private:
  // Statuses held at once. A sequence number further ahead drops the oldest.
  static constexpr std::int64_t kWindow = 1024;
  std::int64_t& slot(std::int64_t sequence) {
    return arrivals_us_[static_cast<std::size_t>(sequence) & (kWindow - 1)];
  }
  void extend_to(std::int64_t sequence);
  void advance(std::int64_t begin);

  Config config_;
  SequenceUnwrapper unwrapper_;
  // What was reported is marked as not arrived, as the draft asks for where packets overlap.
  std::array<std::int64_t, kWindow> arrivals_us_;
  std::int64_t begin_ = 0;  // first to report
  std::int64_t end_ = 0;    // behind the newest
  int waiting_ = 0;         // arrivals from begin_ on
  bool flushing_ = false;
  std::optional<Time> first_waiting_;
  std::uint32_t media_ssrc_ = 0;
  std::uint8_t feedback_count_ = 0;
};

}  // namespace sotto::bridge
