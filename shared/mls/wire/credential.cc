#include "mls/wire/credential.h"

namespace sotto::mls {

Credential basic_credential(ByteView identity) {
  return {CredentialType::kBasic, to_bytes(identity), {}};
}

void read(Reader& in, Certificate& certificate) {
  in.opaque(certificate.cert_data);
}

void write(Writer& out, const Certificate& certificate) {
  out.opaque(certificate.cert_data);
}

void read(Reader& in, Credential& credential) {
  read(in, credential.credential_type);
  switch (credential.credential_type) {
    case CredentialType::kBasic:
      return in.opaque(credential.identity);
    case CredentialType::kX509:
      return read_counted_vector(in, credential.certificates);
  }
  in.fail(Error::kUnsupported);
}

void write(Writer& out, const Credential& credential) {
  write(out, credential.credential_type);
  if (credential.credential_type == CredentialType::kX509) {
    write_vector(out, credential.certificates);
  } else {
    out.opaque(credential.identity);
  }
}

}  // namespace sotto::mls
