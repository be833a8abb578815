#include "support/token_issuer.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdlib>
#include <initializer_list>
#include <vector>

#include "base/base64url.h"

namespace sotto::test {
namespace {

void must(bool done) {
  if (!done) std::abort();
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

// ECDSA as JWS has it: r and s side by side (RFC 7518 section 3.4).
std::vector<std::uint8_t> flat(const std::vector<std::uint8_t>& der, int bytes) {
  const std::uint8_t* at = der.data();
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  must(pair != nullptr);
  std::vector<std::uint8_t> out(static_cast<std::size_t>(2 * bytes));
  must(BN_bn2binpad(ECDSA_SIG_get0_r(pair), out.data(), bytes) == bytes);
  must(BN_bn2binpad(ECDSA_SIG_get0_s(pair), out.data() + bytes, bytes) == bytes);
  ECDSA_SIG_free(pair);
  return out;
}

std::string signed_part(std::string_view header, std::string_view claims) {
  return to_base64url(as_bytes(header)) + "." + to_base64url(as_bytes(claims));
}

}  // namespace

TokenIssuer::TokenIssuer(evp_pkey_st* key) : key_(key, EVP_PKEY_free) {
  must(key != nullptr);
}

TokenIssuer TokenIssuer::rsa(unsigned bits) {
  return TokenIssuer(EVP_RSA_gen(bits));
}

TokenIssuer TokenIssuer::ec(const char* curve) {
  return TokenIssuer(EVP_EC_gen(curve));
}

std::string TokenIssuer::public_pem() const {
  BIO* bio = BIO_new(BIO_s_mem());
  must(PEM_write_bio_PUBKEY(bio, key_.get()) == 1);
  return text_of(bio);
}

std::string TokenIssuer::private_pem() const {
  BIO* bio = BIO_new(BIO_s_mem());
  must(PEM_write_bio_PrivateKey(bio, key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return text_of(bio);
}

std::string TokenIssuer::number(const char* name) const {
  BIGNUM* value = nullptr;
  must(EVP_PKEY_get_bn_param(key_.get(), name, &value) == 1);
  const bool point = EVP_PKEY_is_a(key_.get(), "EC") == 1;
  const int size = point ? (EVP_PKEY_get_bits(key_.get()) + 7) / 8 : BN_num_bytes(value);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
  must(BN_bn2binpad(value, bytes.data(), size) == size);
  BN_free(value);
  return to_base64url(bytes);
}

std::string TokenIssuer::jwk(std::string_view kid, std::string_view algorithm,
                             std::string_view more) const {
  std::string json;
  if (EVP_PKEY_is_a(key_.get(), "RSA") == 1) {
    json = R"({"kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N) + R"(","e":")" +
           number(OSSL_PKEY_PARAM_RSA_E) + "\"";
  } else {
    const int bits = EVP_PKEY_get_bits(key_.get());
    json = R"({"kty":"EC","crv":"P-)" + std::to_string(bits) + R"(","x":")" +
           number(OSSL_PKEY_PARAM_EC_PUB_X) + R"(","y":")" + number(OSSL_PKEY_PARAM_EC_PUB_Y) +
           "\"";
  }
  if (!kid.empty()) json += R"(,"kid":")" + std::string(kid) + "\"";
  if (!algorithm.empty()) json += R"(,"alg":")" + std::string(algorithm) + "\"";
  if (!more.empty()) json += "," + std::string(more);
  return json + "}";
}

std::string TokenIssuer::signature(std::string_view input, const char* digest, bool pss) const {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* inner = nullptr;
  must(EVP_DigestSignInit_ex(context, &inner, digest, nullptr, nullptr, key_.get(), nullptr) == 1);
  if (pss) {
    must(EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING) == 1);
    must(EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, RSA_PSS_SALTLEN_DIGEST) == 1);
  }
  std::size_t size = 0;
  const ByteView bytes = as_bytes(input);
  must(EVP_DigestSign(context, nullptr, &size, bytes.data(), bytes.size()) == 1);
  std::vector<std::uint8_t> out(size);
  must(EVP_DigestSign(context, out.data(), &size, bytes.data(), bytes.size()) == 1);
  out.resize(size);
  EVP_MD_CTX_free(context);
  if (EVP_PKEY_is_a(key_.get(), "EC") == 1) {
    out = flat(out, (EVP_PKEY_get_bits(key_.get()) + 7) / 8);
  }
  return to_base64url(out);
}

std::string TokenIssuer::token(std::string_view header, std::string_view claims, const char* digest,
                               bool pss) const {
  const std::string input = signed_part(header, claims);
  return input + "." + signature(input, digest, pss);
}

std::string TokenIssuer::token_with_secret(std::string_view header, std::string_view claims,
                                           std::string_view secret) {
  const std::string input = signed_part(header, claims);
  std::uint8_t mac[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  must(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), as_bytes(input).data(),
            input.size(), mac, &size) != nullptr);
  return input + "." + to_base64url({mac, size});
}

std::string TokenIssuer::token_without_signature(std::string_view header, std::string_view claims) {
  return signed_part(header, claims) + ".";
}

std::string jwk_set(std::initializer_list<std::string> keys) {
  std::string json = R"({"keys":[)";
  for (const std::string& key : keys) json += (json.back() == '[' ? "" : ",") + key;
  return json + "]}";
}

}  // namespace sotto::test
