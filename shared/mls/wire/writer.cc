#include "mls/wire/writer.h"

#include <array>

#include "base/byte_writer.h"

namespace sotto::mls {
namespace {

// The first byte's two high bits say in how many bytes the length stands.
struct LengthPrefix {
  explicit LengthPrefix(std::size_t length) {
    if (length < 1u << 6) {
      size = 1;
    } else if (length < 1u << 14) {
      size = 2;
      length |= 1u << 14;
    } else {
      size = 4;
      length |= 1u << 31;
    }
    ByteWriter(bytes).uint(length, size);
  }
  ByteView view() const { return ByteView(bytes).first(size); }

  std::array<std::uint8_t, 4> bytes{};
  std::size_t size;
};

}  // namespace

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
  bytes(LengthPrefix(body.size()).view());
  bytes(body);
}

void Writer::prefix(std::size_t start) {
  std::size_t size = out_.size() - start;
  if (size > kLongestVector) {
    too_long_ = true;
    return;
  }
  LengthPrefix length(size);
  out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(start), length.view().begin(),
              length.view().end());
}

}  // namespace sotto::mls
