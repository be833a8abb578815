// A token that is in order, for tests that spoil one thing of it, and the keys that take it.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "auth/admission.h"
#include "auth/read_keys.h"
#include "support/token_issuer.h"

namespace sotto::bridge::auth::test {

using Json = boost::json::object;
using sotto::test::jwk_set;
using sotto::test::TokenIssuer;

inline constexpr UnixSeconds kNow = 1'800'000'000;

// Making one takes a tenth of a second, so that all tests share it.
inline const TokenIssuer& rsa_issuer() {
  static const TokenIssuer issuer = TokenIssuer::rsa();
  return issuer;
}
inline const TokenIssuer& ec_issuer() {
  static const TokenIssuer issuer = TokenIssuer::ec();
  return issuer;
}

// Of the shape that 8x8's page "The Jitsi JSON Web Token" shows.
inline Json good_claims() {
  return {{"aud", "jitsi"},
          {"iss", "chat"},
          {"sub", "vpaas-magic-cookie-1fc542a3e4414a44b2611668195e2bfe"},
          {"exp", kNow + 3600},
          {"nbf", kNow - 10},
          {"room", "quiet-otter"},
          {"context", Json{{"user", Json{{"id", "u-1"},
                                         {"name", "Ann"},
                                         {"email", "ann@example.org"},
                                         {"avatar", ""},
                                         {"moderator", "true"}}},
                           {"features", Json{{"recording", "true"}, {"livestreaming", "false"}}}}}};
}
inline std::string text(const Json& json) {
  return boost::json::serialize(json);
}
inline std::string header(const char* algorithm, const char* kid = "one") {
  return text({{"alg", algorithm}, {"kid", kid}, {"typ", "JWT"}});
}

inline KeySet keys_of(std::string_view file) {
  auto read = read_keys(file);
  if (const auto* complaint = std::get_if<std::string>(&read)) throw std::runtime_error(*complaint);
  return std::move(std::get<ReadKeys>(read).keys);
}
inline KeySet good_keys() {
  return keys_of(jwk_set({rsa_issuer().jwk("one"), ec_issuer().jwk("two")}));
}

}  // namespace sotto::bridge::auth::test
