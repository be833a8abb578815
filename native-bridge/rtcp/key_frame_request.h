// Requests for a key frame: PLI (RFC 4585 section 6.3.1) and FIR (RFC 5104 section 4.3.1).
#pragma once

#include <cstdint>

#include "base/byte_writer.h"
#include "base/result.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

struct PictureLoss {
  std::uint32_t sender_ssrc = 0;
  std::uint32_t media_ssrc = 0;
  static Result<PictureLoss> parse(const Packet& packet);
};

void write_picture_loss(ByteWriter& writer, std::uint32_t sender_ssrc, std::uint32_t media_ssrc);

struct FullIntraRequest {
  std::uint32_t ssrc = 0;
  std::uint8_t command_sequence = 0;  // a repeated number is the same request
};

class FullIntraRequestReader {
 public:
  static Result<FullIntraRequestReader> parse(const Packet& packet);
  bool next(FullIntraRequest& request);

 private:
  ByteView items_;
};

void write_full_intra_request(ByteWriter& writer, std::uint32_t sender_ssrc,
                              const FullIntraRequest& request);

}  // namespace sotto::bridge::rtcp
