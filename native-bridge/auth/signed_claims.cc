#include "auth/signed_claims.h"

#include <algorithm>
#include <optional>

#include "auth/strict_json.h"
#include "base/base64url.h"
#include "base/bytes.h"

namespace sotto::bridge::auth {
namespace {

struct Parts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
};

std::optional<Parts> parts_of(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos) return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1)};
}

bool is_jwt(std::string_view type) {
  const auto same = [](char a, char b) { return (a | 0x20) == b; };
  return type.size() == 3 && std::equal(type.begin(), type.end(), "jwt", same);
}

struct Header {
  std::string algorithm;
  std::string kid;
};

// Nothing when the header asks for what this bridge does not know (`crit`, RFC 7515 section 4.1.11)
// or is none.
std::optional<Header> read_header(std::string_view encoded) {
  if (encoded.size() > kMaxHeaderChars) return std::nullopt;
  const auto bytes = from_base64url(encoded);
  if (!bytes) return std::nullopt;
  const auto header = parse_strictly(as_text(*bytes));
  if (!header || header->contains("crit")) return std::nullopt;
  if (header->contains("typ") && !is_jwt(text_of(*header, "typ"))) return std::nullopt;
  if (header->contains("kid") && text_of(*header, "kid").empty()) return std::nullopt;
  if (text_of(*header, "alg").empty()) return std::nullopt;
  return Header{std::string(text_of(*header, "alg")), std::string(text_of(*header, "kid"))};
}

}  // namespace

std::variant<std::string, Refusal> signed_claims(std::string_view token, const KeySet& keys) {
  if (token.size() > kMaxTokenChars) return Refusal::kMalformed;
  const auto parts = parts_of(token);
  const auto header = parts ? read_header(parts->header) : std::nullopt;
  if (!header) return Refusal::kMalformed;
  // Before the other parts: a token without a signature (`none`) is told what it is.
  const auto algorithm = algorithm_from(header->algorithm);
  if (!algorithm) return Refusal::kAlgorithm;
  const auto claims = from_base64url(parts->claims);
  const auto signature = from_base64url(parts->signature);
  if (!claims || !signature) return Refusal::kMalformed;
  Refusal why{};
  const Key* key = keys.find(header->kid, *algorithm, why);
  if (!key) return why;
  if (signature->size() != key->signature_bytes() || !key->signed_token(token)) {
    return Refusal::kSignature;
  }
  return std::string(as_text(*claims));
}

}  // namespace sotto::bridge::auth
