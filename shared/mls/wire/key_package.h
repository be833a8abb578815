// Key packages (RFC 9420 section 10).
#pragma once

#include "mls/wire/leaf_node.h"

namespace sotto::mls {

struct KeyPackage {
  ProtocolVersion version = ProtocolVersion::kMls10;
  CipherSuite cipher_suite{};
  HpkePublicKey init_key;
  LeafNode leaf_node;
  Extensions extensions;
  Bytes signature;
  friend bool operator==(const KeyPackage&, const KeyPackage&) = default;
};

// Another version is kUnsupported; any suite is read.
void read(Reader& in, KeyPackage& key_package);
void write(Writer& out, const KeyPackage& key_package);

// KeyPackageTBS, signed as "KeyPackageTBS".
Bytes key_package_tbs(const KeyPackage& key_package);

}  // namespace sotto::mls
