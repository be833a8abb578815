// How structures are read and written: each has read(Reader&, T&) and write(Writer&, const T&)
// beside it. Whatever decodes encodes to the same bytes.
#pragma once

#include <optional>
#include <type_traits>
#include <vector>

#include "mls/wire/reader.h"
#include "mls/wire/writer.h"

namespace sotto::mls {

// All of `bytes` as one T: kTruncated, kMalformed (bytes left over, too), or kUnsupported for a
// version, suite-independent type or message that this library does not know.
template <typename T>
Result<T> decode(ByteView bytes) {
  Reader in(bytes);
  T value;
  read(in, value);
  TRY_VOID(in.finish());
  return value;
}

// Empty, which nothing encodes to, if a vector would be longer than vectors can be (2^30 bytes).
template <typename T>
Bytes encode(const T& value) {
  Writer out;
  write(out, value);
  return std::move(out).take();
}

// Enumerations of 16 bits have registries: any value is read.
template <typename T>
requires(std::is_enum_v<T> && sizeof(T) == 2) void read(Reader& in, T& value) {
  value = static_cast<T>(in.u16());
}

// Those of 8 bits are closed: the first is 1, the last `last`.
template <typename T>
requires(std::is_enum_v<T> && sizeof(T) == 1) void read_closed(Reader& in, T& value, T last) {
  std::uint8_t number = in.u8();
  if (number == 0 || number > static_cast<std::uint8_t>(last)) return in.fail(Error::kMalformed);
  value = static_cast<T>(number);
}

template <typename T>
requires std::is_enum_v<T>
void write(Writer& out, T value) {
  if constexpr (sizeof(T) == 1) {
    out.u8(static_cast<std::uint8_t>(value));
  } else {
    out.u16(static_cast<std::uint16_t>(value));
  }
}

// T values<V>. Never inlined: those of all types of one size are then the same code.
template <typename T>
[[gnu::noinline]] void read_vector(Reader& in, std::vector<T>& values) {
  in.vector([&] { read(in, values.emplace_back()); });
}

// The same for elements that take much more room than bytes: counted first, so that their number,
// which is their sender's choice, costs no room for growth. Takes twice the time.
template <typename T>
void read_counted_vector(Reader& in, std::vector<T>& values) {
  Reader ahead = in;
  std::size_t count = 0;
  ahead.vector([&] {
    T value;
    read(ahead, value);
    ++count;
  });
  if (ahead.ok()) {
    values.reserve(count);
    read_vector(in, values);
  } else {
    in.fail(ahead.error());
  }
}

template <typename T>
[[gnu::noinline]] void write_vector(Writer& out, const std::vector<T>& values) {
  out.vector([&] {
    for (const T& value : values) write(out, value);
  });
}

// optional<T>
template <typename T>
void read_optional(Reader& in, std::optional<T>& value) {
  if (in.present()) read(in, value.emplace());
}

template <typename T>
void write_optional(Writer& out, const std::optional<T>& value) {
  out.u8(value ? 1 : 0);
  if (value) write(out, *value);
}

}  // namespace sotto::mls
