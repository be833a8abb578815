#include "auth/admission.h"

#include <algorithm>

#include "auth/signed_claims.h"

namespace sotto::bridge::auth {
namespace {

bool among(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

std::optional<Refusal> judge(const Claims& claims, const AdmissionRules& rules,
                             std::string_view room, UnixSeconds now) {
  const auto time = static_cast<double>(now);
  const auto leeway = static_cast<double>(rules.leeway_seconds);
  const bool for_us =
      std::any_of(claims.audience.begin(), claims.audience.end(),
                  [&](const std::string& audience) { return among(rules.audiences, audience); });
  if (!for_us) return Refusal::kAudience;
  if (!rules.issuers.empty() && !among(rules.issuers, claims.issuer)) return Refusal::kIssuer;
  if (!rules.tenants.empty() && claims.subject != "*" && !among(rules.tenants, claims.subject)) {
    return Refusal::kTenant;
  }
  if (time >= claims.expires + leeway) return Refusal::kExpired;
  if (claims.not_before && time + leeway < *claims.not_before) return Refusal::kNotYetValid;
  if (claims.room_is_pattern || (claims.room != "*" && claims.room != room)) return Refusal::kRoom;
  return std::nullopt;
}

std::variant<Admission, Refusal> admit(std::optional<std::string_view> token, const KeySet& keys,
                                       const AdmissionRules& rules, std::string_view room,
                                       UnixSeconds now) {
  if (!token) {
    if (among(rules.open_rooms, room)) return Admission{};
    return Refusal::kMissing;
  }
  const auto text = signed_claims(*token, keys);
  if (const auto* refusal = std::get_if<Refusal>(&text)) return *refusal;
  const auto claims = read_claims(std::get<std::string>(text));
  if (!claims) return Refusal::kMalformed;
  if (const auto refusal = judge(*claims, rules, room, now)) return *refusal;
  return Admission{claims->moderator, claims->may_record, claims->identity};
}

}  // namespace sotto::bridge::auth
