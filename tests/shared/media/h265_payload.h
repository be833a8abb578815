// H.265 in RTP payloads (RFC 7798 section 4.4): what a packetizer makes of an access unit and what
// a depacketizer makes of that again. Written here from the RFC, as no H.265 peer is at hand.
#pragma once

#include <algorithm>
#include <vector>

#include "shared/media/h265_access_unit.h"

namespace sotto {

inline constexpr unsigned kAggregationPacket = 48;
inline constexpr unsigned kFragmentationUnit = 49;

inline std::uint8_t payload_header(std::uint8_t first, unsigned type) {
  return static_cast<std::uint8_t>((first & 0x81) | type << 1);
}

// FU header: S, E, type (section 4.4.3).
inline void fragment_h265(const Bytes& unit, std::size_t max_size, std::vector<Bytes>& packets) {
  const std::uint8_t type = unit[0] >> 1 & 0x3f;
  const std::size_t step = max_size - 3;
  for (std::size_t at = 2; at < unit.size(); at += step) {
    const std::size_t end = std::min(unit.size(), at + step);
    Bytes packet = {payload_header(unit[0], kFragmentationUnit), unit[1], type};
    if (at == 2) packet[2] |= 0x80;
    if (end == unit.size()) packet[2] |= 0x40;
    packet.insert(packet.end(), unit.begin() + static_cast<std::ptrdiff_t>(at),
                  unit.begin() + static_cast<std::ptrdiff_t>(end));
    packets.push_back(packet);
  }
}

// The parameter sets that fit go into one aggregation packet, large NAL units into fragments.
inline std::vector<Bytes> packetize_h265(ByteView stream, std::size_t max_size) {
  std::vector<Bytes> packets;
  Bytes aggregate;
  for (const Bytes& unit : nal_units(stream)) {
    const bool small = (unit[0] >> 1 & 0x3f) >= 32 && unit.size() + 4 <= max_size;
    if (!aggregate.empty() && (!small || aggregate.size() + 2 + unit.size() > max_size)) {
      packets.push_back(aggregate);
      aggregate.clear();
    }
    if (small) {
      if (aggregate.empty()) aggregate = {payload_header(unit[0], kAggregationPacket), unit[1]};
      aggregate.push_back(static_cast<std::uint8_t>(unit.size() >> 8));
      aggregate.push_back(static_cast<std::uint8_t>(unit.size()));
      aggregate.insert(aggregate.end(), unit.begin(), unit.end());
    } else if (unit.size() <= max_size) {
      packets.push_back(unit);
    } else {
      fragment_h265(unit, max_size, packets);
    }
  }
  if (!aggregate.empty()) packets.push_back(aggregate);
  return packets;
}

inline Bytes depacketize_h265(const std::vector<Bytes>& packets) {
  Bytes stream;
  for (const Bytes& packet : packets) {
    const unsigned type = packet[0] >> 1 & 0x3f;
    if (type == kAggregationPacket) {
      for (std::size_t at = 2; at + 2 <= packet.size();) {
        const std::size_t size = static_cast<std::size_t>(packet[at] << 8 | packet[at + 1]);
        append_nal_unit(stream, ByteView(packet).subspan(at + 2, size));
        at += 2 + size;
      }
    } else if (type == kFragmentationUnit) {
      if ((packet[2] & 0x80) != 0) {
        const Bytes header = {payload_header(packet[0], packet[2] & 0x3f), packet[1]};
        append_nal_unit(stream, header);
      }
      stream.insert(stream.end(), packet.begin() + 3, packet.end());
    } else {
      append_nal_unit(stream, packet);
    }
  }
  return stream;
}

}  // namespace sotto
