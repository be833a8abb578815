// ICE-TCP (RFC 6544 section 3) frames each datagram as RFC 4571 section 2 does:
//
//   0                   1                   2
//   +---------------+---------------+---------------
//   |            LENGTH             |  datagram ...
//   +---------------+---------------+---------------
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace sotto::bridge {

// The two bytes to send before a datagram of `size` bytes (at most 65535).
std::array<std::uint8_t, 2> tcp_frame_header(std::size_t size);

// Cuts one connection's byte stream into datagrams. Memory is bounded by kMaxDatagram.
class TcpDeframer {
 public:
  // Larger than any datagram that WebRTC sends; a peer that announces more is disconnected.
  static constexpr std::size_t kMaxDatagram = 4096;

  TcpDeframer() : buffer_(2 + kMaxDatagram) {}

  // Where to read the next bytes into. Not empty once next() has been drained, unless failed().
  MutableBytes room();
  // `size` bytes were read into room().
  void received(std::size_t size);
  // The next complete datagram, valid until room() is called; call until empty. Frames of length 0 are skipped.
  std::optional<MutableBytes> next();
  // A frame over the limit was announced: nothing more will come; close the connection.
  bool failed() const { return failed_; }

 private:
  std::vector<std::uint8_t> buffer_;
  std::size_t filled_ = 0;
  std::size_t read_ = 0;
  bool failed_ = false;
};

}  // namespace sotto::bridge
