#include "mls/wire/extension.h"

#include <algorithm>

#include "base/sort.h"

namespace sotto::mls {
namespace {

// A list may be as long as its message: no comparing each with each.
bool two_of_one_type(const Extensions& extensions) {
  if (extensions.size() < 2) return false;
  std::vector<ExtensionType> types;
  types.reserve(extensions.size());
  for (const Extension& extension : extensions) types.push_back(extension.extension_type);
  sort(types);
  return std::adjacent_find(types.begin(), types.end()) != types.end();
}

}  // namespace

void read(Reader& in, Extension& extension) {
  read(in, extension.extension_type);
  in.opaque(extension.extension_data);
}

void write(Writer& out, const Extension& extension) {
  write(out, extension.extension_type);
  out.opaque(extension.extension_data);
}

void read_extensions(Reader& in, Extensions& extensions) {
  read_vector(in, extensions);
  if (two_of_one_type(extensions)) in.fail(Error::kMalformed);
}

const Extension* find_extension(const Extensions& extensions, ExtensionType type) {
  for (const Extension& extension : extensions) {
    if (extension.extension_type == type) return &extension;
  }
  return nullptr;
}

void set_extension(Extensions& extensions, Extension extension) {
  for (Extension& old : extensions) {
    if (old.extension_type != extension.extension_type) continue;
    old = std::move(extension);
    return;
  }
  extensions.push_back(std::move(extension));
}

}  // namespace sotto::mls
