// Credentials (RFC 9420 section 5.3): opaque here; the application judges them.
#pragma once

#include <vector>

#include "mls/wire/codec.h"
#include "mls/wire/types.h"

namespace sotto::mls {

struct Certificate {
  Bytes cert_data;
  friend bool operator==(const Certificate&, const Certificate&) = default;
};

// Which of the two fields counts is said by the type; the other one is empty. A credential of
// another type cannot be read (kUnsupported): nothing says where it ends.
struct Credential {
  CredentialType credential_type = CredentialType::kBasic;
  Bytes identity;
  std::vector<Certificate> certificates;
  friend bool operator==(const Credential&, const Credential&) = default;
};

Credential basic_credential(ByteView identity);

void read(Reader& in, Certificate& certificate);
void write(Writer& out, const Certificate& certificate);
void read(Reader& in, Credential& credential);
void write(Writer& out, const Credential& credential);

}  // namespace sotto::mls
