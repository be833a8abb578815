#include "mls/wire/key_package.h"

#include "mls/wire/fields.h"

namespace sotto::mls {
namespace {

// Everything above the signature.
void write_unsigned(Writer& out, const KeyPackage& key_package) {
  write(out, key_package.version);
  write(out, key_package.cipher_suite);
  out.opaque(key_package.init_key);
  write(out, key_package.leaf_node);
  write_vector(out, key_package.extensions);
}

}  // namespace

void read(Reader& in, KeyPackage& key_package) {
  read_version(in, key_package.version);
  read(in, key_package.cipher_suite);
  in.opaque(key_package.init_key);
  read(in, key_package.leaf_node);
  read_extensions(in, key_package.extensions);
  in.opaque(key_package.signature);
}

void write(Writer& out, const KeyPackage& key_package) {
  write_unsigned(out, key_package);
  out.opaque(key_package.signature);
}

Bytes key_package_tbs(const KeyPackage& key_package) {
  Writer out;
  write_unsigned(out, key_package);
  return std::move(out).take();
}

}  // namespace sotto::mls
