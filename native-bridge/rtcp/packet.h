// Compound and reduced-size RTCP (RFC 3550 section 6.1, RFC 5506): walks the packets of one
// datagram without copying. Each packet type has its file beside this one.
//
// |V=2|P| count or FMT |      PT       |   length in words - 1   |   body ...
#pragma once

#include <cstdint>

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge::rtcp {

enum class PacketType : std::uint8_t {
  kSenderReport = 200,
  kReceiverReport = 201,
  kSourceDescription = 202,
  kBye = 203,
  kApplication = 204,
  kTransportFeedback = 205,  // RTPFB: FMT 1 NACK, 15 transport-cc
  kPayloadFeedback = 206,    // PSFB: FMT 1 PLI, 4 FIR, 15 application layer (REMB)
  kExtendedReport = 207,
};

constexpr std::uint8_t kNackFormat = 1;
constexpr std::uint8_t kTransportCcFormat = 15;
constexpr std::uint8_t kPliFormat = 1;
constexpr std::uint8_t kFirFormat = 4;
constexpr std::uint8_t kApplicationLayerFormat = 15;

struct Packet {
  std::uint8_t type = 0;   // a PacketType, or one not known here
  std::uint8_t count = 0;  // report count, source count or FMT: 5 bits
  ByteView body;           // behind the 4-byte header, without padding

  bool is(PacketType wanted) const { return type == static_cast<std::uint8_t>(wanted); }
  bool is_feedback(PacketType wanted, std::uint8_t format) const {
    return is(wanted) && count == format;
  }
};

class CompoundReader {
 public:
  explicit CompoundReader(ByteView datagram) : left_(datagram) {}
  // False at the end and at the first packet that does not fit; malformed() tells which.
  bool next(Packet& packet);
  bool malformed() const { return malformed_; }

 private:
  ByteView left_;
  bool malformed_ = false;
};

// Whether a datagram of the RTP range is RTCP (RFC 5761 section 4).
constexpr bool is_rtcp(ByteView datagram) {
  return datagram.size() >= 4 && datagram[1] >= 192 && datagram[1] <= 223;
}

// Writes one packet's header when it is constructed and fills in the length in finish().
// Padding to 32 bits with zero bytes belongs to the packet type and comes before finish().
class PacketWriter {
 public:
  PacketWriter(ByteWriter& writer, PacketType type, std::uint8_t count);
  void finish();

 private:
  ByteWriter& writer_;
  std::size_t start_;
};

}  // namespace sotto::bridge::rtcp
