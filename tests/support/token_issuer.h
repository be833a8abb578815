// Makes tokens as an issuer does, straight on OpenSSL: what checks them shares nothing with it but
// base64url.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace sotto::test {

class TokenIssuer {
 public:
  static TokenIssuer rsa(unsigned bits = 2048);
  static TokenIssuer ec(const char* curve = "P-256");

  std::string public_pem() const;
  std::string private_pem() const;
  // A JWK of the public key; empty fields are left out.
  std::string jwk(std::string_view kid = "", std::string_view algorithm = "",
                  std::string_view more = "") const;

  // Signed as the key's kind and `digest` say, whatever the header claims. `pss` for RSA.
  std::string token(std::string_view header, std::string_view claims, const char* digest = "SHA256",
                    bool pss = false) const;
  // HS256 with any secret.
  static std::string token_with_secret(std::string_view header, std::string_view claims,
                                       std::string_view secret);
  static std::string token_without_signature(std::string_view header, std::string_view claims);

 private:
  explicit TokenIssuer(evp_pkey_st* key);
  std::string number(const char* name) const;
  std::string signature(std::string_view input, const char* digest, bool pss) const;

  std::shared_ptr<evp_pkey_st> key_;
};

// {"keys":[a,b]}
std::string jwk_set(std::initializer_list<std::string> keys);

}  // namespace sotto::test
