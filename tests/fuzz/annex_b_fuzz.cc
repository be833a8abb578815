// fuzz-deps: sotto_media
// NAL units lie in order inside the stream and hold no start code; emulation prevention comes off
// again and leaves nothing that could be taken for a start code.
#include <cstdlib>
#include <vector>

#include "media/annex_b.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

bool has_forbidden_sequence(sotto::ByteView bytes) {
  for (std::size_t i = 0; i + 2 < bytes.size(); ++i) {
    if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] < 3) return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sotto::ByteView stream(data, size);
  if (auto units = sotto::NalSplitter::of(stream)) {
    const std::uint8_t* end = data;
    while (auto unit = units->next()) {
      require(!unit->empty() && unit->data() >= end + 3);
      require(unit->data() + unit->size() <= data + size && unit->back() != 0);
      end = unit->data() + unit->size();
    }
  }
  std::vector<std::uint8_t> escaped(sotto::max_escaped_size(size));
  sotto::ByteWriter writer(escaped);
  sotto::escape(stream, writer);
  require(writer.ok() && !has_forbidden_sequence(writer.written()));
  std::vector<std::uint8_t> back(writer.size());
  sotto::ByteWriter reverse(back);
  sotto::unescape(writer.written(), reverse);
  require(reverse.ok() && sotto::equal(reverse.written(), stream));
  std::vector<std::uint8_t> foreign(size);
  sotto::ByteWriter unescaped(foreign);
  sotto::unescape(stream, unescaped);
  require(unescaped.ok());
  return 0;
}
