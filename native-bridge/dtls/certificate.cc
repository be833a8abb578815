#include "dtls/certificate.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cassert>

namespace sotto::bridge {
namespace {

bool name(X509* x509) {
  X509_NAME* subject = X509_get_subject_name(x509);
  const auto* common_name = reinterpret_cast<const unsigned char*>("sotto");
  return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, common_name, -1, -1, 0) == 1 &&
         X509_set_issuer_name(x509, subject) == 1;
}

// Fixed dates, as nobody asks a clock here: the fingerprint alone decides, and the key lives no
// longer than the process. The end is RFC 5280's "no well-defined expiration".
bool date(X509* x509) {
  return ASN1_TIME_set_string(X509_getm_notBefore(x509), "20200101000000Z") == 1 &&
         ASN1_TIME_set_string(X509_getm_notAfter(x509), "99991231235959Z") == 1;
}

bool number(X509* x509) {
  std::uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return false;
  return ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), serial >> 1) == 1;
}

}  // namespace

void OpensslDelete::operator()(evp_pkey_st* key) const {
  EVP_PKEY_free(key);
}
void OpensslDelete::operator()(x509_st* certificate) const {
  X509_free(certificate);
}
void OpensslDelete::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

Result<Certificate> Certificate::generate() {
  Certificate made;
  made.key.reset(EVP_EC_gen("P-256"));
  made.x509.reset(X509_new());
  X509* x509 = made.x509.get();
  if (!made.key || !x509) return fail(Error::kUnsupported);
  const bool ok = X509_set_version(x509, X509_VERSION_3) == 1 && number(x509) && name(x509) &&
                  date(x509) && X509_set_pubkey(x509, made.key.get()) == 1 &&
                  X509_sign(x509, made.key.get(), EVP_sha256()) > 0;
  if (!ok) return fail(Error::kUnsupported);
  return made;
}

Fingerprint Certificate::fingerprint() const {
  return fingerprint_of(x509.get());
}

Fingerprint fingerprint_of(const x509_st* certificate) {
  Fingerprint fingerprint;
  unsigned int size = 0;
  [[maybe_unused]] const int ok =
      X509_digest(certificate, EVP_sha256(), fingerprint.sha256.data(), &size);
  assert(ok == 1 && size == fingerprint.sha256.size());
  return fingerprint;
}

}  // namespace sotto::bridge
