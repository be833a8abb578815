#include "auth/refusal.h"

namespace sotto::bridge::auth {

std::string_view sentence(Refusal refusal) {
  switch (refusal) {
    case Refusal::kMissing:
      return "this room needs a token, and the join had none";
    case Refusal::kMalformed:
      return "the token is no JSON Web Token as docs/tokens.md has them: three parts of base64url, "
             "8192 characters at most, each claim once, of its type, and an `exp`";
    case Refusal::kAlgorithm:
      return "the token's `alg` is not that of the key, or none of RS256, PS256, ES256, ES384";
    case Refusal::kKey:
      return "the token's `kid` names no key that this bridge has";
    case Refusal::kSignature:
      return "the token's signature is not its key's";
    case Refusal::kExpired:
      return "the token has expired (`exp`)";
    case Refusal::kNotYetValid:
      return "the token is not valid yet (`nbf`)";
    case Refusal::kAudience:
      return "the token is for another audience (`aud`)";
    case Refusal::kIssuer:
      return "the token is of an issuer that this bridge does not take (`iss`)";
    case Refusal::kTenant:
      return "the token is of another tenant (`sub`)";
    case Refusal::kRoom:
      return "the token is for another room (`room`: this room's name, or *)";
  }
  return "";
}

}  // namespace sotto::bridge::auth
