// fuzz-deps: sotto_bridge_datagram
// Any byte stream in pieces whose size the first byte chooses: the datagrams do not depend on it.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "datagram/tcp_framing.h"

namespace {

std::vector<std::uint8_t> cut(sotto::ByteView stream, std::size_t piece) {
  sotto::bridge::TcpDeframer deframer;
  std::vector<std::uint8_t> joined;
  while (!stream.empty() && !deframer.failed()) {
    const sotto::MutableBytes room = deframer.room();
    const std::size_t size = std::min({piece, room.size(), stream.size()});
    if (size == 0) std::abort();
    std::copy_n(stream.begin(), size, room.begin());
    stream = stream.subspan(size);
    deframer.received(size);
    while (const auto datagram = deframer.next()) {
      joined.insert(joined.end(), datagram->begin(), datagram->end());
      joined.push_back(0xff);
    }
  }
  return joined;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const sotto::ByteView stream(data + 1, size - 1);
  if (cut(stream, 1u + data[0]) != cut(stream, 1 << 20)) std::abort();
  return 0;
}
