// Packets on a TCP stream (RFC 4571 section 2), as ICE-TCP carries STUN, DTLS and SRTP
// (RFC 6544 section 3):
//
//   +--------+--------+------------------
//   |     LENGTH      |  LENGTH bytes ...
//   +--------+--------+------------------
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace sotto::bridge {

// Cuts a stream into frames, in one fixed buffer. A frame longer than kMaxFrame is nothing that
// we speak: the stream has failed for good.
class TcpFrameReader {
 public:
  static constexpr std::size_t kMaxFrame = 4096;

  // Read into space(), say how much with commit(), then take frames until there is none.
  MutableBytes space();
  void commit(std::size_t size) { end_ += size; }
  // Valid until the next space(). Empty frames are skipped.
  std::optional<MutableBytes> next();
  bool failed() const { return failed_; }

 private:
  std::array<std::uint8_t, 2 + kMaxFrame> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool failed_ = false;
};

// Appends one frame; false (and nothing appended) when `out` would grow past `limit`.
bool append_tcp_frame(std::vector<std::uint8_t>& out, ByteView packet, std::size_t limit);

}  // namespace sotto::bridge
