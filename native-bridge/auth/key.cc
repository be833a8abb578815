#include "auth/key.h"

#include <openssl/err.h>

extern "C" {
#include <cjose/header.h>
#include <cjose/jwk.h>
#include <cjose/jws.h>
}

#include <utility>
#include <vector>

namespace sotto::bridge::auth {
namespace {

constexpr std::size_t kMinModulusBits = 2048;
constexpr std::size_t kMaxModulusBits = 8192;  // a check's time grows with its square
constexpr std::size_t kMaxExponentBytes = 4;   // and with the exponent's bits

struct ReleaseJws {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};

std::vector<std::uint8_t> without_zeros(ByteView number) {
  while (!number.empty() && number.front() == 0) number = number.subspan(1);
  return {number.begin(), number.end()};
}

// What failed stays in OpenSSL's queue for this thread, where TLS would take it for its own.
struct ClearErrors {
  ~ClearErrors() { ERR_clear_error(); }
};

}  // namespace

void Key::Release::operator()(_cjose_jwk_int* jwk) const {
  cjose_jwk_release(jwk);
}

std::optional<Key> Key::rsa(Algorithm algorithm, ByteView modulus, ByteView exponent) {
  const ClearErrors clear;
  auto n = without_zeros(modulus);
  auto e = without_zeros(exponent);
  if (!is_rsa(algorithm) || n.size() > kMaxModulusBits / 8 || n.size() < kMinModulusBits / 8) {
    return std::nullopt;
  }
  if (n.size() == kMinModulusBits / 8 && n.front() < 0x80) return std::nullopt;
  const bool odd = !e.empty() && (e.back() & 1) == 1 && (n.back() & 1) == 1;
  const bool one = e.size() == 1 && e.front() == 1;
  if (!odd || one || e.size() > kMaxExponentBytes) return std::nullopt;
  cjose_jwk_rsa_keyspec spec{};
  spec.n = n.data();
  spec.nlen = n.size();
  spec.e = e.data();
  spec.elen = e.size();
  Handle jwk(cjose_jwk_create_RSA_spec(&spec, nullptr));
  if (!jwk) return std::nullopt;
  return Key(algorithm, n.size(), std::move(jwk));
}

std::optional<Key> Key::ec(Algorithm algorithm, ByteView x, ByteView y) {
  const ClearErrors clear;
  if (is_rsa(algorithm)) return std::nullopt;
  const bool p256 = algorithm == Algorithm::kEs256;
  const std::size_t size = p256 ? 32 : 48;
  if (x.size() != size || y.size() != size) return std::nullopt;
  std::vector<std::uint8_t> x_copy(x.begin(), x.end());
  std::vector<std::uint8_t> y_copy(y.begin(), y.end());
  cjose_jwk_ec_keyspec spec{};
  spec.crv = p256 ? CJOSE_JWK_EC_P_256 : CJOSE_JWK_EC_P_384;
  spec.x = x_copy.data();
  spec.xlen = size;
  spec.y = y_copy.data();
  spec.ylen = size;
  Handle jwk(cjose_jwk_create_EC_spec(&spec, nullptr));
  if (!jwk) return std::nullopt;
  return Key(algorithm, 2 * size, std::move(jwk));
}

bool Key::signed_token(std::string_view token) const {
  const ClearErrors clear;
  const std::unique_ptr<cjose_jws_t, ReleaseJws> jws(
      cjose_jws_import(token.data(), token.size(), nullptr));
  if (!jws) return false;
  // The library reads the header by itself: what it would use is asked once more.
  const char* algorithm = cjose_header_get(cjose_jws_get_protected(jws.get()), "alg", nullptr);
  if (!algorithm || algorithm != name(algorithm_)) return false;
  return cjose_jws_verify(jws.get(), jwk_.get(), nullptr);
}

}  // namespace sotto::bridge::auth
