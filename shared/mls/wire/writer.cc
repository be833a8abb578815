#include "mls/wire/writer.h"

#include <array>

#include "base/byte_writer.h"
#include "mls/wire/vector_length.h"

namespace sotto::mls {

void Writer::integer(std::uint64_t value, std::size_t size) {
  std::array<std::uint8_t, 8> buffer;
  ByteWriter out(buffer);
  out.uint(value, size);
  bytes(out.written());
}

void Writer::opaque(ByteView body) {
  if (body.size() > kLongestVector) {
    too_long_ = true;
    return;
  }
  bytes(VectorLength(body.size()).view());
  bytes(body);
}

void Writer::prefix(std::size_t start) {
  std::size_t size = out_.size() - start;
  if (size > kLongestVector) {
    too_long_ = true;
    return;
  }
  const VectorLength prefix(size);
  const ByteView length = prefix.view();
  out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(start), length.begin(), length.end());
}

}  // namespace sotto::mls
