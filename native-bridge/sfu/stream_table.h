// Finds the stream of a packet by SSRC (RFC 8843 section 9.2): declared in SDP, or learned from
// MID and RID on a packet. One entry for each of an endpoint's streams, so a peer that invents
// SSRCs gains nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "rtp/extension_reader.h"
#include "rtp/packet.h"
#include "sfu/track.h"

namespace sotto::bridge {

struct StreamRef {
  Track* track = nullptr;
  std::uint8_t layer = 0;
  bool rtx = false;
};

class StreamTable {
 public:
  using Tracks = std::span<const std::unique_ptr<Track>>;

  // After every change of the tracks.
  void rebuild(Tracks tracks);

  std::optional<StreamRef> find(std::uint32_t ssrc) const;
  // By what the packet says of itself; then its SSRC is the stream's, in place of an older one.
  // Not while the older one is alive: a peer cannot make us start streams afresh at will.
  std::optional<StreamRef> identify(Time now, const RtpView& packet, Tracks tracks);

  static constexpr Duration kAlive = std::chrono::milliseconds(100);

 private:
  struct Entry {
    std::uint32_t ssrc;
    StreamRef stream;
  };
  static Track* track_of(const RtpView& packet, Tracks tracks);
  std::optional<StreamRef> learn_rtx(const RtpView& packet, Track& track,
                                     const ExtensionValues& values, Tracks tracks);

  // At most 4 tracks of 3 layers, each with RTX: a scan beats a hash.
  std::vector<Entry> entries_;
};

}  // namespace sotto::bridge
