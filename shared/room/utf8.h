// Code points of UTF-8 (RFC 3629).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace sotto::room {

// Takes the first code point off `text`, which is not empty. kMalformed for what is not UTF-8:
// overlong forms, surrogates, and numbers over U+10FFFF included.
inline Result<char32_t> take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) {
    text.remove_prefix(1);
    return static_cast<char32_t>(first);
  }
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return fail(Error::kMalformed);
  char32_t point = first & (0x7f >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return fail(Error::kMalformed);
    point = point << 6 | (byte(i) & 0x3f);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kLeast[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    return fail(Error::kMalformed);
  }
  text.remove_prefix(size);
  return point;
}

}  // namespace sotto::room
