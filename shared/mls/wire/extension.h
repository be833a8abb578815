// Extensions (RFC 9420 section 13.4) as they travel: the unknown ones stay opaque.
#pragma once

#include <vector>

#include "mls/wire/codec.h"
#include "mls/wire/types.h"

namespace sotto::mls {

struct Extension {
  ExtensionType extension_type{};
  Bytes extension_data;
  friend bool operator==(const Extension&, const Extension&) = default;
};

// Extension extensions<V>. Two of one type are malformed (section 13.4).
using Extensions = std::vector<Extension>;

void read(Reader& in, Extension& extension);
void write(Writer& out, const Extension& extension);
void read_extensions(Reader& in, Extensions& extensions);

// The extension of that type, or null.
const Extension* find_extension(const Extensions& extensions, ExtensionType type);
// Replaces the one of its type, or adds it at the end.
void set_extension(Extensions& extensions, Extension extension);

}  // namespace sotto::mls
