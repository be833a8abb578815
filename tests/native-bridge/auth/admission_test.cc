#include "auth/admission.h"

#include <gtest/gtest.h>

#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using test::good_claims;
using test::good_keys;
using test::header;
using test::Json;
using test::kNow;

std::string signed_with(const Json& claims) {
  return test::rsa_issuer().token(header("RS256"), test::text(claims));
}
Json changed(const char* name, boost::json::value value) {
  Json claims = good_claims();
  claims[name] = std::move(value);
  return claims;
}
Json without(const char* name) {
  Json claims = good_claims();
  claims.erase(name);
  return claims;
}
// Nothing when the token admits.
std::optional<Refusal> refusal(const Json& claims, const AdmissionRules& rules = {},
                               UnixSeconds now = kNow, std::string_view room = "quiet-otter") {
  const auto outcome = admit(signed_with(claims), good_keys(), rules, room, now);
  const auto* refused = std::get_if<Refusal>(&outcome);
  return refused ? std::optional(*refused) : std::nullopt;
}

TEST(Admission, OfAJaasTokenSaysWhatItSaysAndBindsNothing) {
  const auto outcome =
      admit(signed_with(good_claims()), good_keys(), AdmissionRules{}, "quiet-otter", kNow);
  const auto* admission = std::get_if<Admission>(&outcome);
  ASSERT_TRUE(admission);
  EXPECT_TRUE(admission->moderator);
  EXPECT_TRUE(admission->may_record);
  EXPECT_FALSE(admission->identity);
}

TEST(Admission, OfATokenThatIsBoundHasTheIdentity) {
  const Json jwk{{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", std::string(43, 'A')}};
  const auto outcome = admit(signed_with(changed("cnf", Json{{"jwk", jwk}})), good_keys(),
                             AdmissionRules{}, "quiet-otter", kNow);
  ASSERT_TRUE(std::holds_alternative<Admission>(outcome));
  EXPECT_EQ(std::get<Admission>(outcome).identity, IdentityKey{});
}

TEST(Admission, WithoutATokenIsForOpenRoomsOnly) {
  AdmissionRules rules;
  rules.open_rooms = {"lounge"};
  const auto none = [&](std::string_view room) {
    return admit(std::nullopt, good_keys(), rules, room, kNow);
  };
  EXPECT_EQ(std::get<Refusal>(none("quiet-otter")), Refusal::kMissing);
  EXPECT_EQ(std::get<Refusal>(none("Lounge")), Refusal::kMissing);
  const auto open = none("lounge");
  ASSERT_TRUE(std::holds_alternative<Admission>(open));
  EXPECT_FALSE(std::get<Admission>(open).moderator);
  // A token that is shown there must be good, so that nobody believes in a void one.
  EXPECT_EQ(refusal(good_claims(), rules, kNow, "lounge"), Refusal::kRoom);
  EXPECT_EQ(refusal(changed("room", "*"), rules, kNow, "lounge"), std::nullopt);
}

TEST(Admission, EndsWithTheDateOfExpiryAndTheLeeway) {
  AdmissionRules exact;
  exact.leeway_seconds = 0;
  EXPECT_EQ(refusal(changed("exp", kNow + 1), exact), std::nullopt);
  EXPECT_EQ(refusal(changed("exp", kNow), exact), Refusal::kExpired);
  EXPECT_EQ(refusal(changed("exp", static_cast<double>(kNow) + 0.5), exact), std::nullopt);
  EXPECT_EQ(refusal(changed("exp", 0), exact), Refusal::kExpired);
  const AdmissionRules usual;  // 30 s
  EXPECT_EQ(refusal(changed("exp", kNow - 29), usual), std::nullopt);
  EXPECT_EQ(refusal(changed("exp", kNow - 30), usual), Refusal::kExpired);
}

TEST(Admission, BeginsAtTheDateNotBeforeWhichItMayBeLessTheLeeway) {
  AdmissionRules exact;
  exact.leeway_seconds = 0;
  EXPECT_EQ(refusal(changed("nbf", kNow), exact), std::nullopt);
  EXPECT_EQ(refusal(changed("nbf", kNow + 1), exact), Refusal::kNotYetValid);
  EXPECT_EQ(refusal(without("nbf"), exact), std::nullopt);
  const AdmissionRules usual;
  EXPECT_EQ(refusal(changed("nbf", kNow + 30), usual), std::nullopt);
  EXPECT_EQ(refusal(changed("nbf", kNow + 31), usual), Refusal::kNotYetValid);
}

TEST(Admission, AtTheEdgesOfTimeOverflowsNothing) {
  const auto last = std::numeric_limits<UnixSeconds>::max();
  EXPECT_EQ(refusal(changed("exp", 9007199254740991), {}, last), Refusal::kExpired);
  EXPECT_EQ(refusal(changed("nbf", 9007199254740991), {}, 0), Refusal::kNotYetValid);
  EXPECT_EQ(refusal(without("nbf"), {}, std::numeric_limits<UnixSeconds>::min()), std::nullopt);
}

TEST(Admission, IsForTheAudienceThatTheOperatorNames) {
  EXPECT_EQ(refusal(changed("aud", "other")), Refusal::kAudience);
  EXPECT_EQ(refusal(without("aud")), Refusal::kAudience);
  EXPECT_EQ(refusal(changed("aud", boost::json::array{"other", "jitsi"})), std::nullopt);
  AdmissionRules rules;
  rules.audiences = {"sotto", "meet"};
  EXPECT_EQ(refusal(good_claims(), rules), Refusal::kAudience);
  EXPECT_EQ(refusal(changed("aud", "meet"), rules), std::nullopt);
}

TEST(Admission, IsOfAnIssuerAndATenantThatTheOperatorNamesIfAny) {
  EXPECT_EQ(refusal(without("iss")), std::nullopt);
  AdmissionRules rules;
  rules.issuers = {"chat"};
  EXPECT_EQ(refusal(good_claims(), rules), std::nullopt);
  EXPECT_EQ(refusal(changed("iss", "chats"), rules), Refusal::kIssuer);
  EXPECT_EQ(refusal(without("iss"), rules), Refusal::kIssuer);
  rules.tenants = {"vpaas-magic-cookie-1fc542a3e4414a44b2611668195e2bfe"};
  EXPECT_EQ(refusal(good_claims(), rules), std::nullopt);
  EXPECT_EQ(refusal(changed("sub", "*"), rules), std::nullopt);
  EXPECT_EQ(refusal(changed("sub", "vpaas-magic-cookie-other"), rules), Refusal::kTenant);
  EXPECT_EQ(refusal(without("sub"), rules), Refusal::kTenant);
}

TEST(Admission, IsForTheRoomThatTheTokenNamesOrForAll) {
  EXPECT_EQ(refusal(changed("room", "*"), {}, kNow, "any-room"), std::nullopt);
  EXPECT_EQ(refusal(good_claims(), {}, kNow, "loud-badger"), Refusal::kRoom);
  EXPECT_EQ(refusal(changed("room", "Quiet-Otter")), Refusal::kRoom);  // names differ by case here
  EXPECT_EQ(refusal(changed("room", "")), Refusal::kRoom);
  EXPECT_EQ(refusal(without("room")), Refusal::kRoom);
  EXPECT_EQ(refusal(changed("room", "quiet-*")), Refusal::kRoom);
  // A pattern is never taken for a name.
  Json pattern = changed("context", Json{{"room", Json{{"regex", true}}}});
  EXPECT_EQ(refusal(pattern), Refusal::kRoom);
}

TEST(Admission, OfAnotherSignatureOrNoClaimsIsRefusedAsThat) {
  const auto outcome = [&](const std::string& token) {
    return std::get<Refusal>(admit(token, good_keys(), AdmissionRules{}, "quiet-otter", kNow));
  };
  EXPECT_EQ(outcome(test::ec_issuer().token(header("ES256"), test::text(good_claims()))),
            Refusal::kAlgorithm);
  EXPECT_EQ(outcome(signed_with(good_claims()).substr(1)), Refusal::kMalformed);
  EXPECT_EQ(outcome(test::rsa_issuer().token(header("RS256"), "[1]")), Refusal::kMalformed);
  EXPECT_EQ(outcome(test::rsa_issuer().token(header("RS256"), "")), Refusal::kMalformed);
  EXPECT_EQ(outcome(signed_with(without("exp"))), Refusal::kMalformed);
  EXPECT_EQ(outcome(""), Refusal::kMalformed);
  EXPECT_EQ(std::get<Refusal>(
                admit(signed_with(good_claims()), KeySet(), AdmissionRules{}, "quiet-otter", kNow)),
            Refusal::kKey);
}

}  // namespace
}  // namespace sotto::bridge::auth
