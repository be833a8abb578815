#include "auth/claims.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "auth/strict_json.h"
#include "base/base64url.h"

namespace sotto::bridge::auth {
namespace json = boost::json;

namespace {

constexpr std::size_t kMaxAudiences = 16;
constexpr double kMaxDate = 9007199254740991.0;  // 2^53 - 1: what JSON's numbers can tell apart

// False when the claim is there and of another type.
bool read_date(const json::object& claims, std::string_view name, std::optional<double>& out) {
  const json::value* value = claims.if_contains({name.data(), name.size()});
  if (!value) return true;
  double date = -1;
  if (const std::int64_t* whole = value->if_int64()) date = static_cast<double>(*whole);
  if (const double* number = value->if_double()) date = *number;
  if (!(date >= 0 && date <= kMaxDate)) return false;
  out = date;
  return true;
}

bool read_text(const json::object& claims, std::string_view name, std::string& out) {
  const json::value* value = claims.if_contains({name.data(), name.size()});
  if (!value) return true;
  if (!value->is_string()) return false;
  out = text_of(claims, name);
  return true;
}

// One text or a list of them (RFC 7519 section 4.1.3).
bool read_audience(const json::object& claims, std::vector<std::string>& out) {
  const json::value* value = claims.if_contains("aud");
  if (!value) return true;
  if (value->is_string()) {
    out.emplace_back(text_of(claims, "aud"));
    return true;
  }
  const json::array* list = value->if_array();
  if (!list || list->size() > kMaxAudiences) return false;
  for (const json::value& element : *list) {
    const json::string* text = element.if_string();
    if (!text) return false;
    out.emplace_back(text->data(), text->size());
  }
  return true;
}

const json::object* object_in(const json::object* object, std::string_view name) {
  const json::value* value = object ? object->if_contains({name.data(), name.size()}) : nullptr;
  return value ? value->if_object() : nullptr;
}

// JaaS writes its marks as true or "true"; everything else is no.
bool is_marked(const json::object* object, std::string_view name) {
  const json::value* value = object ? object->if_contains({name.data(), name.size()}) : nullptr;
  if (!value) return false;
  const bool* flag = value->if_bool();
  return flag ? *flag : text_of(*object, name) == "true";
}

// An identity is an Ed25519 key (RFC 8037). Other ways to confirm are none that members know.
bool read_identity(const json::object& claims, std::optional<IdentityKey>& out) {
  if (!claims.contains("cnf")) return true;
  const json::object* jwk = object_in(object_in(&claims, "cnf"), "jwk");
  if (!jwk || jwk->contains("d") || text_of(*jwk, "kty") != "OKP" ||
      text_of(*jwk, "crv") != "Ed25519") {
    return false;
  }
  const auto key = from_base64url(text_of(*jwk, "x"));
  if (!key || key->size() != IdentityKey{}.size()) return false;
  std::copy(key->begin(), key->end(), out.emplace().begin());
  return true;
}

}  // namespace

std::optional<Claims> read_claims(std::string_view text) {
  const auto object = parse_strictly(text);
  if (!object) return std::nullopt;
  Claims claims;
  std::optional<double> expires;
  const bool fits =
      read_date(*object, "exp", expires) && read_date(*object, "nbf", claims.not_before) &&
      read_audience(*object, claims.audience) && read_text(*object, "iss", claims.issuer) &&
      read_text(*object, "sub", claims.subject) && read_text(*object, "room", claims.room) &&
      read_identity(*object, claims.identity);
  if (!fits || !expires) return std::nullopt;
  claims.expires = *expires;
  const json::object* context = object_in(&*object, "context");
  claims.moderator = is_marked(object_in(context, "user"), "moderator");
  claims.may_record = is_marked(object_in(context, "features"), "recording");
  claims.room_is_pattern = is_marked(object_in(context, "room"), "regex");
  return claims;
}

}  // namespace sotto::bridge::auth
