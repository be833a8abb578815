// A view of one RTP packet (RFC 3550 section 5.1, RFC 8285), checked once, never copied.
//
//  0                   1                   2                   3
// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
// |                           timestamp                           |
// |                             SSRC                              |
// |                       CSRC (CC times)                         |
// |    extension profile (X)      |      length in 32-bit words   |
// |                     extension elements                        |
// |                     payload ...           | padding | count   |
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge {

constexpr std::size_t kRtpHeaderSize = 12;

class RtpView {
 public:
  // kTruncated or kMalformed when header, extension or padding do not fit into `packet`.
  // The view is valid as long as `packet` is.
  static Result<RtpView> parse(ByteView packet);

  bool marker() const { return (packet_[1] & 0x80) != 0; }
  std::uint8_t payload_type() const { return packet_[1] & 0x7f; }
  std::uint16_t sequence_number() const { return sequence_number_; }
  std::uint32_t timestamp() const { return timestamp_; }
  std::uint32_t ssrc() const { return ssrc_; }
  ByteView csrcs() const { return packet_.subspan(kRtpHeaderSize, csrc_size_); }

  bool has_extension() const { return (packet_[0] & 0x10) != 0; }
  // 0xBEDE: one-byte elements; 0x100x: two-byte elements. 0 without extension.
  std::uint16_t extension_profile() const { return extension_profile_; }
  // The elements, without profile and length.
  ByteView extension_elements() const {
    return packet_.subspan(header_size_ - extension_size_, extension_size_);
  }

  // Fixed header, CSRCs and the extension block.
  ByteView header() const { return packet_.first(header_size_); }
  // Without padding; empty in packets that only probe for bandwidth.
  ByteView payload() const {
    return packet_.subspan(header_size_, packet_.size() - header_size_ - padding_size_);
  }
  std::size_t padding_size() const { return padding_size_; }
  ByteView bytes() const { return packet_; }

 private:
  RtpView() = default;

  ByteView packet_;
  std::uint32_t timestamp_ = 0;
  std::uint32_t ssrc_ = 0;
  std::uint16_t sequence_number_ = 0;
  std::uint16_t extension_profile_ = 0;
  std::size_t csrc_size_ = 0;
  std::size_t extension_size_ = 0;
  std::size_t header_size_ = 0;
  std::size_t padding_size_ = 0;
};

// Overwrites one field of a packet that RtpView::parse() has accepted.
void set_marker(MutableBytes packet, bool marker);
void set_payload_type(MutableBytes packet, std::uint8_t payload_type);
void set_sequence_number(MutableBytes packet, std::uint16_t sequence_number);
void set_timestamp(MutableBytes packet, std::uint32_t timestamp);
void set_ssrc(MutableBytes packet, std::uint32_t ssrc);

}  // namespace sotto::bridge
