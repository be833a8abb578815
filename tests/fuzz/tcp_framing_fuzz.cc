// fuzz-deps: sotto_bridge_datagram
// A TCP stream cut into pieces by its own first byte: the frames are the same however it is cut,
// lie inside the buffer, and come out of append_tcp_frame() as they went in.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "datagram/tcp_framing.h"

namespace {

using Bytes = std::vector<std::uint8_t>;
using sotto::bridge::TcpFrameReader;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Frames {
  std::vector<Bytes> frames;
  bool failed = false;
};

Frames read(sotto::ByteView stream, std::size_t piece) {
  TcpFrameReader reader;
  Frames result;
  while (!stream.empty() && !reader.failed()) {
    sotto::MutableBytes space = reader.space();
    require(!space.empty());  // else a reader would wait for ever
    const std::size_t size = std::min({piece, stream.size(), space.size()});
    std::memcpy(space.data(), stream.data(), size);
    reader.commit(size);
    stream = stream.subspan(size);
    while (auto frame = reader.next()) {
      require(!frame->empty() && frame->size() <= TcpFrameReader::kMaxFrame);
      result.frames.emplace_back(frame->begin(), frame->end());
    }
  }
  result.failed = reader.failed();
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const sotto::ByteView stream(data + 1, size - 1);
  const Frames whole = read(stream, stream.size());
  const Frames cut = read(stream, std::size_t{1} + data[0]);
  require(whole.failed == cut.failed && whole.frames == cut.frames);

  Bytes again;
  for (const Bytes& frame : whole.frames) {
    require(sotto::bridge::append_tcp_frame(again, frame, std::size_t{1} << 20));
  }
  require(read(again, again.size()).frames == whole.frames);
  return 0;
}
