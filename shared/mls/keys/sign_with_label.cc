#include "mls/keys/sign_with_label.h"

#include "mls/keys/protocol_label.h"

namespace sotto::mls {

Bytes sign_with_label(const SignatureKeyPair& key_pair, std::string_view label, ByteView content) {
  return to_bytes(key_pair.sign(labelled(label, content)));
}

Result<void> verify_with_label(ByteView signature_key, std::string_view label, ByteView content,
                               ByteView signature) {
  return ed25519_verify(signature_key, labelled(label, content), signature);
}

Result<void> verify_with_label(Ed25519Many& many, ByteView signature_key, std::string_view label,
                               ByteView content, ByteView signature) {
  return many.add(signature_key, labelled(label, content), signature);
}

}  // namespace sotto::mls
