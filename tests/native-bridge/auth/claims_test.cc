#include "auth/claims.h"

#include <gtest/gtest.h>

#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using test::good_claims;
using test::Json;
using test::kNow;

std::optional<Claims> read(const Json& json) {
  return read_claims(test::text(json));
}
std::optional<Claims> with(const char* name, boost::json::value value) {
  Json json = good_claims();
  json[name] = std::move(value);
  return read(json);
}

TEST(Claims, OfAJaasTokenAreRead) {
  const auto claims = read(good_claims());
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->expires, kNow + 3600);
  EXPECT_EQ(claims->not_before, kNow - 10);
  EXPECT_EQ(claims->audience, std::vector<std::string>{"jitsi"});
  EXPECT_EQ(claims->issuer, "chat");
  EXPECT_EQ(claims->subject, "vpaas-magic-cookie-1fc542a3e4414a44b2611668195e2bfe");
  EXPECT_EQ(claims->room, "quiet-otter");
  EXPECT_TRUE(claims->moderator);
  EXPECT_TRUE(claims->may_record);
  EXPECT_FALSE(claims->room_is_pattern);
  EXPECT_FALSE(claims->identity);
}

TEST(Claims, NeedADateOfExpiryAndNothingElse) {
  const auto least = read({{"exp", 1}});
  ASSERT_TRUE(least);
  EXPECT_TRUE(least->room.empty() && least->issuer.empty() && least->audience.empty());
  EXPECT_FALSE(least->moderator || least->may_record || least->not_before);
  EXPECT_FALSE(read({{"room", "*"}}));
}

TEST(Claims, TakeDatesAsJsonNumbersOnly) {
  EXPECT_EQ(with("exp", 0)->expires, 0);
  EXPECT_EQ(with("exp", 1800000000.75)->expires, 1800000000.75);
  EXPECT_EQ(with("exp", 9007199254740991)->expires, 9007199254740991.0);
  for (const char* name : {"exp", "nbf"}) {
    for (const boost::json::value& odd :
         {boost::json::value(-1), boost::json::value("1800000000"), boost::json::value(nullptr),
          boost::json::value(true), boost::json::value(9007199254740992), boost::json::value(1e300),
          boost::json::value(18446744073709551615u), boost::json::value(boost::json::array{1})}) {
      EXPECT_FALSE(with(name, odd)) << name << " " << odd;
    }
  }
  EXPECT_FALSE(read_claims(R"({"exp": 1e999})"));
  EXPECT_FALSE(read_claims(R"({"exp": NaN})"));
}

TEST(Claims, TakeAnAudienceOfOneOrAList) {
  EXPECT_EQ(with("aud", boost::json::array{"a", "jitsi"})->audience.size(), 2u);
  EXPECT_TRUE(with("aud", boost::json::array{})->audience.empty());
  EXPECT_FALSE(with("aud", 7));
  EXPECT_FALSE(with("aud", boost::json::array{"jitsi", 7}));
  EXPECT_FALSE(with("aud", boost::json::array(17, "a")));
}

TEST(Claims, OfTheWrongTypeAreRefusedWhereTheyAdmit) {
  for (const char* name : {"iss", "sub", "room"}) {
    EXPECT_FALSE(with(name, 7)) << name;
    EXPECT_FALSE(with(name, boost::json::array{"quiet-otter"})) << name;
  }
}

TEST(Claims, ThatStandTwiceAreRefusedAtAnyDepth) {
  EXPECT_TRUE(read_claims(R"({"exp":1,"room":"a"})"));
  EXPECT_FALSE(read_claims(R"({"exp":1,"room":"a","room":"*"})"));
  EXPECT_FALSE(read_claims(R"({"exp":1,"exp":99999999999})"));
  EXPECT_FALSE(read_claims(R"({"exp":1,"context":{"user":{"moderator":false,"moderator":true}}})"));
}

TEST(Claims, TakeMarksAsTrueInEitherOfJaasWaysAndAsNoOtherwise) {
  const auto moderator = [](boost::json::value mark) {
    return with("context", Json{{"user", Json{{"moderator", std::move(mark)}}}})->moderator;
  };
  EXPECT_TRUE(moderator(true) && moderator("true"));
  for (const boost::json::value& no :
       {boost::json::value(false), boost::json::value("false"), boost::json::value("TRUE"),
        boost::json::value(1), boost::json::value(nullptr), boost::json::value(Json{})}) {
    EXPECT_FALSE(moderator(no)) << no;
  }
  for (const boost::json::value& odd : {boost::json::value(7), boost::json::value("user"),
                                        boost::json::value(Json{{"user", "moderator"}})}) {
    EXPECT_FALSE(with("context", odd)->moderator) << odd;
  }
  EXPECT_TRUE(with("context", Json{{"room", Json{{"regex", true}}}})->room_is_pattern);
}

TEST(Claims, TakeABindingToAnEd25519KeyAndRefuseAnyOther) {
  const std::string key(43, 'A');
  const auto bound = [&](Json jwk) { return with("cnf", Json{{"jwk", std::move(jwk)}}); };
  const Json good{{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", key}};
  ASSERT_TRUE(bound(good));
  EXPECT_EQ(bound(good)->identity, IdentityKey{});
  const auto spoilt = [&](const char* name, boost::json::value value) {
    Json jwk = good;
    jwk[name] = std::move(value);
    return bound(std::move(jwk));
  };
  EXPECT_FALSE(spoilt("kty", "EC"));
  EXPECT_FALSE(spoilt("crv", "X25519"));
  EXPECT_FALSE(spoilt("x", boost::json::value_from(key + "A")));
  EXPECT_FALSE(spoilt("x", 7));
  EXPECT_FALSE(spoilt("d", boost::json::value_from(key)));  // a secret has no place in a token
  EXPECT_FALSE(with("cnf", Json{{"kid", "somebody"}}));
  EXPECT_FALSE(with("cnf", "somebody"));
}

}  // namespace
}  // namespace sotto::bridge::auth
