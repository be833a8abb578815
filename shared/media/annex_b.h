// NAL units of an H.264 or H.265 byte stream (annex B of ITU-T H.264 and of H.265) and emulation
// prevention (H.264 7.4.1.1, H.265 7.4.2.1), which are the same for both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

// Walks the NAL units of an access unit: header included, start codes and trailing zeros left out,
// empty ones skipped.
class NalSplitter {
 public:
  // kMalformed unless the first thing after any zeros is the end of a start code.
  static Result<NalSplitter> of(ByteView byte_stream);

  std::optional<ByteView> next();

 private:
  explicit NalSplitter(ByteView rest) : rest_(rest) {}

  ByteView rest_;  // from behind a start code on
};

inline constexpr std::uint8_t kStartCode[] = {0, 0, 0, 1};

// The most that `escape` can make of `size` bytes: every two zeros may cost one byte.
constexpr std::size_t max_escaped_size(std::size_t size) {
  return size + size / 2;
}

// Writes `rbsp` with an 03 before every byte up to 03 that follows two zeros. `rbsp` may lie behind
// the writer's position in the same buffer.
void escape(ByteView rbsp, ByteWriter& writer);

// The reverse: leaves out every 03 behind two zeros.
void unescape(ByteView nal_payload, ByteWriter& writer);

}  // namespace sotto
