#include "cc/transport_feedback_sender.h"

#include <algorithm>

namespace sotto::bridge {

void TransportFeedbackSender::on_packet(Time now, std::uint16_t sequence_number,
                                        std::uint32_t media_ssrc) {
  const bool first = !unwrapper_.newest();
  const std::int64_t sequence = unwrapper_.unwrap(sequence_number);
  if (first) begin_ = end_ = sequence;
  if (sequence >= end_) {
    extend_to(sequence);
  } else if (sequence < end_ - kWindow) {
    return;
  }
  // Late: after it was reported as missing.
  begin_ = std::min(begin_, sequence);
  std::int64_t& arrival = slot(sequence);
  if (arrival != rtcp::kNoArrival) return;
  arrival = microseconds(now);
  media_ssrc_ = media_ssrc;
  ++waiting_;
  if (!first_waiting_) first_waiting_ = now;
}

void TransportFeedbackSender::extend_to(std::int64_t sequence) {
  if (begin_ <= sequence - kWindow) advance(std::min(sequence - kWindow + 1, end_));
  for (std::int64_t i = std::max(end_, sequence - kWindow + 1); i <= sequence; ++i) {
    slot(i) = rtcp::kNoArrival;
  }
  end_ = sequence + 1;
  begin_ = std::max(begin_, end_ - kWindow);
}

// Forgets everything before `begin`, which is at most end_.
void TransportFeedbackSender::advance(std::int64_t begin) {
  for (; begin_ < begin; ++begin_) {
    if (slot(begin_) == rtcp::kNoArrival) continue;
    slot(begin_) = rtcp::kNoArrival;
    --waiting_;
  }
  if (waiting_ == 0) first_waiting_.reset();
}

std::optional<Time> TransportFeedbackSender::next_timeout() const {
  if (!first_waiting_) return std::nullopt;
  if (flushing_ || waiting_ >= config_.packets) return *first_waiting_;
  return *first_waiting_ + config_.interval;
}

bool TransportFeedbackSender::write_due(Time now, std::uint32_t sender_ssrc, ByteWriter& writer) {
  const auto due = next_timeout();
  if (!due || now < *due) {
    flushing_ = false;
    return false;
  }
  std::array<std::int64_t, kWindow> arrivals;
  const auto count = static_cast<std::size_t>(end_ - begin_);
  for (std::size_t i = 0; i < count; ++i) {
    arrivals[i] = slot(begin_ + static_cast<std::int64_t>(i));
  }
  const rtcp::TransportFeedbackHeader header{sender_ssrc, media_ssrc_,
                                             static_cast<std::uint16_t>(begin_), feedback_count_};
  const std::size_t written =
      rtcp::write_transport_feedback(writer, header, std::span(arrivals).first(count));
  if (written == 0) return false;
  ++feedback_count_;
  advance(begin_ + static_cast<std::int64_t>(written));
  flushing_ = waiting_ > 0;
  return true;
}

}  // namespace sotto::bridge
