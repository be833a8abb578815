#include "datagram/tcp_framing.h"

#include <cassert>
#include <cstring>

#include "base/byte_reader.h"

namespace sotto::bridge {

std::array<std::uint8_t, 2> tcp_frame_header(std::size_t size) {
  assert(size <= 0xffff);
  return {static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size & 0xff)};
}

MutableBytes TcpDeframer::room() {
  // Only the beginning of one frame is left over: move it to the front, so that the whole frame fits.
  if (read_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + read_, filled_ - read_);
    filled_ -= read_;
    read_ = 0;
  }
  return failed_ ? MutableBytes{} : MutableBytes(buffer_).subspan(filled_);
}

void TcpDeframer::received(std::size_t size) {
  assert(size <= buffer_.size() - filled_);
  filled_ += size;
}

std::optional<MutableBytes> TcpDeframer::next() {
  while (!failed_) {
    ByteReader reader(ByteView(buffer_).subspan(read_, filled_ - read_));
    const auto length = reader.u16();
    if (!length) return std::nullopt;
    if (*length > kMaxDatagram) {
      failed_ = true;
      return std::nullopt;
    }
    if (reader.remaining() < *length) return std::nullopt;
    const MutableBytes datagram = MutableBytes(buffer_).subspan(read_ + 2, *length);
    read_ += 2u + *length;
    if (!datagram.empty()) return datagram;
  }
  return std::nullopt;
}

}  // namespace sotto::bridge
