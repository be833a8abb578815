// SignWithLabel and VerifyWithLabel (RFC 9420 section 5.1.2). "MLS 1.0 " is put before every label
// here.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "crypto/ed25519_many.h"
#include "mls/bytes.h"

namespace sotto::mls {

using SignatureKeyPair = Ed25519KeyPair;

Bytes sign_with_label(const SignatureKeyPair& key_pair, std::string_view label, ByteView content);

// kUnauthenticated.
Result<void> verify_with_label(ByteView signature_key, std::string_view label, ByteView content,
                               ByteView signature);

// The same as one of many.
Result<void> verify_with_label(Ed25519Many& many, ByteView signature_key, std::string_view label,
                               ByteView content, ByteView signature);

}  // namespace sotto::mls
