// Which IVs of one sender have been seen. LiveKit and JFrame have no counter that a receiver could
// order frames by: the count in the IV wraps, or is any number. The RTP timestamp of the sender is
// in the IV too and so authenticated, and goes up within a stream (an SSRC). Per stream:
//
//   - an IV among the last 512 of the stream is a replay (browsers deliver some frames twice);
//   - a timestamp older than those 512, or 2,700,000 ticks (30 seconds of video) below the highest,
//   is
//     too old, as it would be behind a window of counters.
//
// It belongs to the sender, not to a key, so that neither a rotation nor the same key set again
// lets old frames back in. Streams are told apart as audio and video too, since some browsers know
// no SSRC. Only authenticated frames make streams; at most 1,024 are kept (where a key is
// shared, hundreds of senders have theirs here), the one unused for longest goes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "compat/trailer.h"

namespace sotto {

class IvWindow {
 public:
  static constexpr std::size_t kFrames = 512;
  static constexpr std::size_t kStreams = 1024;
  static constexpr std::int64_t kTicks = 2'700'000;

  // kReplayed or kTooOld; changes nothing.
  Result<void> check(bool video, const Iv& iv) const;

  // The frame was authentic, and check(video, iv) succeeded.
  void commit(bool video, const Iv& iv);

  std::size_t streams() const { return streams_.size(); }

 private:
  struct Seen {
    std::int64_t timestamp = 0;  // extended past its 32 bits
    std::uint32_t last_word = 0;
  };
  struct Stream {
    std::uint32_t ssrc = 0;
    bool video = false;
    std::uint64_t last_use = 0;
    std::int64_t highest = 0;
    std::int64_t floor = 0;  // older ones are too old
    std::size_t count = 0;   // ever
    std::array<Seen, kFrames> seen{};
  };

  Stream* find(bool video, std::uint32_t ssrc) const;
  Stream& make_room();

  std::uint64_t uses_ = 0;
  std::vector<std::unique_ptr<Stream>> streams_;
};

}  // namespace sotto
