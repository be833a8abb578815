#include "media/annex_b.h"

#include <algorithm>
#include <cstring>

namespace sotto {
namespace {

constexpr std::uint8_t kEmulationPrevention = 0x03;

// Where the next 00 00 01 begins, or the size. A byte over 1 at the third place rules out three
// positions at once.
std::size_t find_start_code(ByteView bytes) {
  std::size_t i = 0;
  while (i + 2 < bytes.size()) {
    if (bytes[i + 2] > 1) {
      i += 3;
    } else if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
      return i;
    } else {
      ++i;
    }
  }
  return bytes.size();
}

ByteView without_trailing_zeros(ByteView bytes) {
  std::size_t size = bytes.size();
  while (size > 0 && bytes[size - 1] == 0) --size;
  return bytes.first(size);
}

// Not ByteWriter::bytes: the source may overlap what is written.
void move_bytes(ByteView from, ByteWriter& writer) {
  MutableBytes to = writer.reserve(from.size());
  if (!to.empty()) std::memmove(to.data(), from.data(), to.size());
}

}  // namespace

Result<NalSplitter> NalSplitter::of(ByteView byte_stream) {
  const std::size_t start = find_start_code(byte_stream);
  if (start == byte_stream.size()) return fail(Error::kMalformed);
  if (!without_trailing_zeros(byte_stream.first(start)).empty()) return fail(Error::kMalformed);
  return NalSplitter(byte_stream.subspan(start + 3));
}

std::optional<ByteView> NalSplitter::next() {
  while (!rest_.empty()) {
    const std::size_t end = find_start_code(rest_);
    const ByteView unit = without_trailing_zeros(rest_.first(end));
    rest_ = end == rest_.size() ? ByteView{} : rest_.subspan(end + 3);
    if (!unit.empty()) return unit;
  }
  return std::nullopt;
}

void escape(ByteView rbsp, ByteWriter& writer) {
  std::size_t run = 0;  // start of what is not written yet
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < rbsp.size(); ++i) {
    // Read before anything is written: the writer may be about to reach this byte.
    const std::uint8_t byte = rbsp[i];
    if (zeros >= 2 && byte <= kEmulationPrevention) {
      move_bytes(rbsp.subspan(run, i - run), writer);
      writer.u8(kEmulationPrevention);
      run = i;
      zeros = 0;
    }
    zeros = byte == 0 ? zeros + 1 : 0;
  }
  move_bytes(rbsp.subspan(run), writer);
}

void unescape(ByteView nal_payload, ByteWriter& writer) {
  std::size_t run = 0;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < nal_payload.size(); ++i) {
    if (zeros >= 2 && nal_payload[i] == kEmulationPrevention) {
      writer.bytes(nal_payload.subspan(run, i - run));
      run = i + 1;
      zeros = 0;
      continue;
    }
    zeros = nal_payload[i] == 0 ? zeros + 1 : 0;
  }
  writer.bytes(nal_payload.subspan(run));
}

}  // namespace sotto
