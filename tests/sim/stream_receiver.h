// One m-line as a virtual client receives it: checks every payload, asks for what is missing
// (video) and takes it back out of RTX.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/time.h"
#include "rtp/packet.h"
#include "sim/content.h"
#include "sim/sdp_text.h"

namespace sotto::bridge::sim {

struct Received {
  ContentId id;
  bool key_frame = false;
};

class StreamReceiver {
 public:
  explicit StreamReceiver(const BridgeDescription::Stream& stream) : stream_(stream) {}

  const BridgeDescription::Stream& stream() const { return stream_; }

  // Nothing for padding, for a repeated packet, and for what is not content (counted).
  std::optional<Received> handle_rtp(Time now, const RtpView& packet);
  std::optional<Received> handle_rtx(Time now, const RtpView& packet);

  // Sequence numbers to ask for now: each 10 ms after the gap, then every 100 ms, ten times.
  std::vector<std::uint16_t> missing(Time now);
  Time next_request() const;

  std::uint64_t corrupted() const { return corrupted_; }
  std::uint64_t recovered() const { return recovered_; }  // by RTX
  // Steps of the sequence number that no NACK could fill: the stream is not continuous.
  std::uint64_t abandoned() const { return abandoned_; }

 private:
  struct Gap {
    Time next_request;
    int requests = 0;
  };

  void note(Time now, std::uint16_t sequence_number);
  std::optional<Received> read(ByteView payload);

  BridgeDescription::Stream stream_;
  std::optional<std::uint16_t> highest_;
  std::map<std::uint16_t, Gap> gaps_;
  std::uint8_t media_payload_type_ = 0;
  std::uint64_t corrupted_ = 0;
  std::uint64_t recovered_ = 0;
  std::uint64_t abandoned_ = 0;
};

}  // namespace sotto::bridge::sim
