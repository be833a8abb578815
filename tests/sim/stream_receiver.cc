#include "sim/stream_receiver.h"

#include <algorithm>
#include <array>

#include "rtp/rtx.h"

namespace sotto::bridge::sim {
namespace {

constexpr Duration kFirstRequest = std::chrono::milliseconds(10);
constexpr Duration kNextRequest = std::chrono::milliseconds(100);
constexpr int kRequests = 10;
constexpr std::size_t kVp8Descriptor = 4;  // as stream_sender writes it

}  // namespace

void StreamReceiver::note(Time now, std::uint16_t sequence_number) {
  if (!highest_) {
    highest_ = sequence_number;
    return;
  }
  const auto ahead = static_cast<std::int16_t>(sequence_number - *highest_);
  if (ahead <= 0) {
    gaps_.erase(sequence_number);
    return;
  }
  for (int i = 1; i < std::min<int>(ahead, 500); ++i) {
    gaps_[static_cast<std::uint16_t>(*highest_ + i)] = {now + kFirstRequest};
  }
  highest_ = sequence_number;
}

std::optional<Received> StreamReceiver::read(ByteView payload) {
  if (payload.empty()) return std::nullopt;
  bool key_frame = false;
  if (stream_.kind == MediaKind::kVideo) {
    if (payload.size() < kVp8Descriptor + 1) {
      ++corrupted_;
      return std::nullopt;
    }
    const bool first = (payload[0] & 0x10) != 0;
    key_frame = first && (payload[kVp8Descriptor] & 1) == 0;
    payload = payload.subspan(kVp8Descriptor + 1);
  }
  const auto id = check_content(payload);
  if (!id) {
    ++corrupted_;
    return std::nullopt;
  }
  return Received{*id, key_frame};
}

std::optional<Received> StreamReceiver::handle_rtp(Time now, const RtpView& packet) {
  note(now, packet.sequence_number());
  if (!packet.payload().empty()) media_payload_type_ = packet.payload_type();
  return read(packet.payload());
}

std::optional<Received> StreamReceiver::handle_rtx(Time now, const RtpView& packet) {
  if (is_rtx_padding(packet)) return std::nullopt;
  std::array<std::uint8_t, 2000> buffer;
  const auto size = restore_from_rtx(packet, stream_.ssrc, media_payload_type_, buffer);
  if (!size) {
    ++corrupted_;
    return std::nullopt;
  }
  const auto restored = RtpView::parse(ByteView(buffer).first(*size));
  if (!restored) {
    ++corrupted_;
    return std::nullopt;
  }
  if (gaps_.contains(restored->sequence_number())) ++recovered_;
  note(now, restored->sequence_number());
  return read(restored->payload());
}

std::vector<std::uint16_t> StreamReceiver::missing(Time now) {
  std::vector<std::uint16_t> wanted;
  if (stream_.rtx_ssrc == 0) {
    gaps_.clear();  // audio: the decoder conceals
    return wanted;
  }
  for (auto gap = gaps_.begin(); gap != gaps_.end();) {
    auto& [sequence_number, state] = *gap;
    if (state.next_request > now) {
      ++gap;
      continue;
    }
    if (state.requests == kRequests) {
      ++abandoned_;
      gap = gaps_.erase(gap);
      continue;
    }
    wanted.push_back(sequence_number);
    ++state.requests;
    state.next_request = now + kNextRequest;
    ++gap;
  }
  return wanted;
}

Time StreamReceiver::next_request() const {
  Time next = Time::max();
  for (const auto& [sequence_number, gap] : gaps_) next = std::min(next, gap.next_request);
  return next;
}

}  // namespace sotto::bridge::sim
