#include "datagram/tcp_framing.h"

#include <cstring>

#include "base/byte_reader.h"

namespace sotto::bridge {

MutableBytes TcpFrameReader::space() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  return MutableBytes(buffer_).subspan(end_);
}

std::optional<MutableBytes> TcpFrameReader::next() {
  while (!failed_) {
    ByteReader reader(ByteView(buffer_).subspan(begin_, end_ - begin_));
    auto length = reader.u16();
    if (!length) return {};
    if (*length > kMaxFrame) {
      failed_ = true;
      return {};
    }
    if (!reader.skip(*length)) return {};
    MutableBytes frame = MutableBytes(buffer_).subspan(begin_ + 2, *length);
    begin_ += reader.position();
    if (!frame.empty()) return frame;
  }
  return {};
}

bool append_tcp_frame(std::vector<std::uint8_t>& out, ByteView packet, std::size_t limit) {
  if (packet.size() > 0xffff || out.size() + 2 + packet.size() > limit) return false;
  out.push_back(static_cast<std::uint8_t>(packet.size() >> 8));
  out.push_back(static_cast<std::uint8_t>(packet.size() & 0xff));
  out.insert(out.end(), packet.begin(), packet.end());
  return true;
}

}  // namespace sotto::bridge
