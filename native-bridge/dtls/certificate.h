// A self-signed ECDSA P-256 certificate with its key, for an SSL_CTX (RFC 8827 section 6.5).
#pragma once

#include <memory>

#include "base/result.h"
#include "dtls/fingerprint.h"

struct evp_pkey_st;
struct ssl_ctx_st;
struct x509_st;

namespace sotto::bridge {

struct OpensslDelete {
  void operator()(evp_pkey_st* key) const;
  void operator()(x509_st* certificate) const;
  void operator()(ssl_ctx_st* context) const;
};

struct Certificate {
  // kUnsupported when OpenSSL refuses.
  static Result<Certificate> generate();

  Fingerprint fingerprint() const;

  std::unique_ptr<evp_pkey_st, OpensslDelete> key;
  std::unique_ptr<x509_st, OpensslDelete> x509;
};

Fingerprint fingerprint_of(const x509_st* certificate);

}  // namespace sotto::bridge
