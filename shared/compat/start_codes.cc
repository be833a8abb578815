#include "compat/start_codes.h"

namespace sotto {

std::size_t find_start_code(ByteView bytes, std::size_t from) {
  std::size_t i = from;
  // A byte over 1 at the third place rules out three positions at once.
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

void widen_start_codes(ByteView bytes, ByteWriter& writer) {
  std::size_t run = 0;
  for (std::size_t i = find_start_code(bytes, 0); i < bytes.size();
       i = find_start_code(bytes, i + 3)) {
    if (i > 0 && bytes[i - 1] == 0) continue;
    writer.bytes(bytes.subspan(run, i - run));
    writer.u8(0);
    run = i;
  }
  writer.bytes(bytes.subspan(run));
}

}  // namespace sotto
