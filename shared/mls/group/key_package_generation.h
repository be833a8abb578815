// A client's own KeyPackages, with the private keys that belong to them (RFC 9420 section 10).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "base/random.h"
#include "base/result.h"
#include "crypto/hpke.h"
#include "mls/bytes.h"
#include "mls/group/capabilities.h"
#include "mls/keys/sign_with_label.h"
#include "mls/wire/key_package.h"

namespace sotto::mls {

// What a leaf says about its client, whatever brings it into a tree.
struct LeafNodeOptions {
  Credential credential;
  Capabilities capabilities = default_capabilities();
  Extensions extensions;  // their non-default types must stand in the capabilities
  bool grease = true;     // random values in the capabilities, beside the true ones
};

struct KeyPackageOptions {
  CipherSuite cipher_suite = CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  LeafNodeOptions leaf_node;
  Lifetime lifetime;      // seconds since the Unix epoch
  Extensions extensions;  // of the KeyPackage; a GREASE one joins them
  // May change `extensions` when all the rest is as it will be signed, e.g. add a MAC over it.
  std::function<Result<void>(KeyPackage&)> before_signing;
};

// Move-only. A join takes it; the keys are wiped with it.
struct OwnKeyPackage {
  KeyPackage key_package;
  HpkeKeyPair init_key;
  HpkeKeyPair encryption_key;
  SignatureKeyPair signature_key;

  Bytes message() const;    // as an MLSMessage
  Bytes reference() const;  // its KeyPackageRef (section 5.2)
};

Result<OwnKeyPackage> generate_key_package(KeyPackageOptions options,
                                           SignatureKeyPair signature_key, RandomSource& random);

// KeyPackageRef (section 5.2).
Bytes key_package_reference(const KeyPackage& key_package);

}  // namespace sotto::mls
