// fuzz-deps: sotto_compat
#include "fuzz/foreign_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static sotto::ForeignFormat format(sotto::FrameFormat::kJFrame, 32);
  format.run({data, size});
  return 0;
}
