// What RFC 9420 puts before every label, and the two strings, label and content, that it signs and
// binds ciphertexts to (SignContent, EncryptContext).
#pragma once

#include <string_view>

#include "mls/wire/writer.h"

namespace sotto::mls {

inline constexpr std::string_view kProtocolLabel = "MLS 1.0 ";

// opaque label<V>, opaque content<V>
inline Bytes labelled(std::string_view label, ByteView content) {
  Writer out;
  out.reserve(kProtocolLabel.size() + label.size() + content.size() + 8);
  out.vector([&] {
    out.bytes(as_bytes(kProtocolLabel));
    out.bytes(as_bytes(label));
  });
  out.opaque(content);
  return std::move(out).take();
}

}  // namespace sotto::mls
