#include <boost/json/array.hpp>
#include <optional>
#include <utility>

#include "auth/read_keys.h"
#include "auth/strict_json.h"
#include "base/base64url.h"

namespace sotto::bridge::auth {
namespace json = boost::json;

namespace {

std::vector<std::uint8_t> number(const json::object& jwk, std::string_view name) {
  auto bytes = from_base64url(text_of(jwk, name));
  return std::move(bytes).value_or({});
}

bool has(const json::object& object, std::string_view name) {
  return object.contains({name.data(), name.size()});
}

// Whether the key is there to check signatures (RFC 7517 sections 4.2 and 4.3).
bool checks_signatures(const json::object& jwk) {
  if (has(jwk, "use") && text_of(jwk, "use") != "sig") return false;
  const json::value* operations = jwk.if_contains("key_ops");
  if (!operations) return true;
  const json::array* list = operations->if_array();
  if (!list) return false;
  for (const json::value& operation : *list) {
    const json::string* text = operation.if_string();
    if (text && *text == "verify") return true;
  }
  return false;
}

// What the key signs with: what it says, or what its kind is used for. Nothing for what tokens here
// cannot have.
std::optional<Algorithm> algorithm_of(const json::object& jwk) {
  const std::string_view kind = text_of(jwk, "kty");
  const std::string_view curve = text_of(jwk, "crv");
  std::optional<Algorithm> usual;
  if (kind == "RSA") usual = Algorithm::kRs256;
  if (kind == "EC" && curve == "P-256") usual = Algorithm::kEs256;
  if (kind == "EC" && curve == "P-384") usual = Algorithm::kEs384;
  if (!usual || !has(jwk, "alg")) return usual;
  const auto said = algorithm_from(text_of(jwk, "alg"));
  const bool fits = said && (said == usual || (is_rsa(*said) && is_rsa(*usual)));
  return fits ? said : std::nullopt;
}

std::optional<Key> key_of(const json::object& jwk, Algorithm algorithm) {
  if (is_rsa(algorithm)) return Key::rsa(algorithm, number(jwk, "n"), number(jwk, "e"));
  return Key::ec(algorithm, number(jwk, "x"), number(jwk, "y"));
}

// What is wrong with the whole file because of this key; nothing when it is read, or passed over.
std::optional<std::string> read_one(const json::object& jwk, std::string_view place,
                                    ReadKeys& read) {
  const std::string where = "in its " + std::string(place) + " key ";
  if (has(jwk, "d") || has(jwk, "k")) {
    return where + "has a secret: give the bridge the public keys alone";
  }
  const auto algorithm = algorithm_of(jwk);
  if (!algorithm || !checks_signatures(jwk)) {
    ++read.skipped;
    return std::nullopt;
  }
  const std::string_view kid = text_of(jwk, "kid");
  if ((has(jwk, "kid") && kid.empty()) || kid.size() > kMaxKidChars) {
    return where + "has a kid that is no text of 1 to 256 characters";
  }
  auto key = key_of(jwk, *algorithm);
  if (!key) return where + "is no key for " + std::string(name(*algorithm));
  if (!read.keys.add(std::string(kid), *std::move(key))) {
    return where + "has the same kid as another, or none as another of its algorithm";
  }
  return std::nullopt;
}

}  // namespace

KeysOrComplaint read_jwk_set(std::string_view text) {
  const auto document = parse_strictly(text);
  if (!document) return "is no JSON object (or has a name twice in one)";
  const json::value* keys = document->if_contains("keys");
  const json::array* list = keys ? keys->if_array() : nullptr;
  if (!list) return "is no JWK Set: it has no list `keys`";
  if (list->size() > kMaxKeys) return "has more than 256 keys";
  ReadKeys read;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const json::object* jwk = (*list)[i].if_object();
    const std::string place = std::to_string(i + 1) + ".";
    if (!jwk) return "has something that is no object as its " + place + " key";
    if (auto complaint = read_one(*jwk, place, read)) return *complaint;
  }
  return read;
}

}  // namespace sotto::bridge::auth
