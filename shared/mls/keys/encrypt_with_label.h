// EncryptWithLabel and DecryptWithLabel (RFC 9420 section 5.1.3). "MLS 1.0 " is put before every
// label here.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/hpke.h"
#include "mls/bytes.h"
#include "mls/keys/suite.h"
#include "mls/wire/hpke_ciphertext.h"

namespace sotto::mls {

// kMalformed for a public key that is none.
Result<HpkeCiphertext> encrypt_with_label(Suite suite, ByteView public_key, std::string_view label,
                                          ByteView context, ByteView plaintext,
                                          RandomSource& random);

// The same for many recipients: label and context, a whole tree in a Welcome, are hashed once.
class LabelledSealer {
 public:
  LabelledSealer(Suite suite, std::string_view label, ByteView context);
  // kMalformed for a public key that is none.
  Result<HpkeCiphertext> seal(ByteView public_key, ByteView plaintext, RandomSource& random) const;

 private:
  Result<HpkeInfo> info_;
};

// kUnauthenticated, whatever is wrong.
Result<Bytes> decrypt_with_label(Suite suite, const HpkeKeyPair& key_pair, std::string_view label,
                                 ByteView context, HpkeCiphertextView ciphertext);

}  // namespace sotto::mls
