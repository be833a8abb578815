// Rooms that need a token, as a client sees them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "native-bridge/auth/good_token.h"
#include "native-bridge/bridge/signaling_desk.h"

namespace sotto::bridge::test {
namespace {

using auth::test::ec_issuer;
using auth::test::good_claims;
using auth::test::good_keys;
using auth::test::header;
using auth::test::kNow;
using auth::test::rsa_issuer;
using sotto::test::TokenIssuer;
using std::chrono::milliseconds;
using std::chrono::seconds;

BridgeConfig needing_tokens() {
  BridgeConfig config = sim::World::default_config();
  config.admission.emplace();
  config.admission->issuers = {"chat"};
  config.admission->tenants = {"vpaas-magic-cookie-1fc542a3e4414a44b2611668195e2bfe"};
  config.admission->open_rooms = {"lounge"};
  return config;
}

std::string signed_with(const Json& claims, const char* algorithm = "RS256") {
  return rsa_issuer().token(header(algorithm), boost::json::serialize(claims));
}
Json changed(const char* name, boost::json::value value) {
  Json claims = good_claims();
  claims[name] = std::move(value);
  return claims;
}

class Door : public testing::Test {
 protected:
  Door() {
    desk.bridge.set_token_keys(std::make_shared<const auth::KeySet>(good_keys()));
    desk.bridge.set_unix_time(desk.now, kNow);
  }
  // What is said to somebody new who comes with this token.
  Json come(std::optional<std::string> token, std::string_view room = "quiet-otter") {
    socket = desk.open();
    Json message = SignalingDesk::join_message(++number, room);
    if (token) message["token"] = *token;
    return desk.ask(socket, message);
  }
  std::string code(std::optional<std::string> token, std::string_view room = "quiet-otter") {
    return code_of(come(std::move(token), room));
  }

  SignalingDesk desk{needing_tokens()};
  SocketId socket = 0;
  unsigned number = 0;
};

TEST_F(Door, OpensForAGoodToken) {
  EXPECT_EQ(type_of(come(signed_with(good_claims()))), "joined");
  EXPECT_EQ(desk.bridge.stats().tokens_accepted, 1u);
  EXPECT_EQ(desk.bridge.stats().tokens_refused, 0u);
}

TEST_F(Door, TellsEachWayInWhichATokenIsBadByItsOwnCodeAndCloses) {
  const std::string good = boost::json::serialize(good_claims());
  const std::pair<std::optional<std::string>, const char*> cases[] = {
      {std::nullopt, "token-required"},
      {"", "token-malformed"},
      {"a.b.c", "token-malformed"},
      {std::string(200'000, 'x'), "token-malformed"},
      {TokenIssuer::token_without_signature(header("none"), good), "token-algorithm"},
      {TokenIssuer::token_with_secret(header("HS256"), good, rsa_issuer().public_pem()),
       "token-algorithm"},
      {rsa_issuer().token(header("RS256", "nobody"), good), "token-key"},
      {ec_issuer().token(header("ES256", "two"), good).substr(0, 200), "token-malformed"},
      {TokenIssuer::token_with_secret(header("RS256"), good, "x"), "token-signature"},
      {signed_with(changed("exp", kNow - 60)), "token-expired"},
      {signed_with(changed("nbf", kNow + 60)), "token-not-yet-valid"},
      {signed_with(changed("aud", "others")), "token-audience"},
      {signed_with(changed("iss", "others")), "token-issuer"},
      {signed_with(changed("sub", "others")), "token-tenant"},
      {signed_with(changed("room", "loud-badger")), "token-room"},
  };
  for (const auto& [token, expected] : cases) {
    const Json answer = come(token);
    EXPECT_EQ(code_of(answer), expected);
    EXPECT_EQ(field_of(answer), "token") << expected;
    EXPECT_EQ(answer.at("id").as_int64(), 1);
    EXPECT_GT(answer.at("message").as_string().size(), 20u);
    EXPECT_EQ(desk.closed(socket), 4011) << expected;
  }
  EXPECT_EQ(desk.bridge.stats().rooms, 0u);
  EXPECT_EQ(desk.bridge.stats().tokens_refused, std::size(cases));
}

TEST_F(Door, SaysNothingOfTheRoomToWhoeverMayNotComeIn) {
  come(signed_with(good_claims()));
  // An endpoint id that is taken, without a token.
  --number;
  EXPECT_EQ(code(std::nullopt), "token-required");
}

TEST_F(Door, OfAnOpenRoomNeedsNoTokenButTakesNoBadOne) {
  EXPECT_EQ(type_of(come(std::nullopt, "lounge")), "joined");
  EXPECT_EQ(code("a.b.c", "lounge"), "token-malformed");
  EXPECT_EQ(type_of(come(signed_with(changed("room", "*")), "lounge")), "joined");
}

TEST_F(Door, LetsAPlaceBeResumedWhenItsTokenHasExpired) {
  const Json joined = come(signed_with(changed("exp", kNow + 5)));
  ASSERT_EQ(type_of(joined), "joined");
  desk.close(socket);
  desk.pass(seconds(15));  // and the leeway, below
  const SocketId again = desk.open();
  Json message = SignalingDesk::join_message(number);
  message["resume"] = joined.at("resume").as_string();
  EXPECT_EQ(type_of(desk.ask(again, message)), "joined");
  desk.pass(seconds(20));
  EXPECT_EQ(code(signed_with(changed("exp", kNow + 5))), "token-expired");
}

TEST_F(Door, JudgesDatesByTheTimeOfDayThatGoesOnAndIsSetAnew) {
  const std::string token = signed_with(changed("exp", kNow + 100));
  desk.pass(seconds(129));
  EXPECT_EQ(type_of(come(token)), "joined");
  desk.pass(seconds(1));
  EXPECT_EQ(code(token), "token-expired");
  desk.bridge.set_unix_time(desk.now, kNow);  // the machine's clock was put back
  EXPECT_EQ(type_of(come(token)), "joined");
}

TEST_F(Door, TakesTheNewKeysAndNoLongerTheOld) {
  auto only_ec = auth::test::keys_of(auth::test::jwk_set({ec_issuer().jwk("two")}));
  desk.bridge.set_token_keys(std::make_shared<const auth::KeySet>(std::move(only_ec)));
  EXPECT_EQ(code(signed_with(good_claims())), "token-key");
  EXPECT_EQ(type_of(come(
                ec_issuer().token(header("ES256", "two"), boost::json::serialize(good_claims())))),
            "joined");
}

TEST(DoorWithoutTime, TakesEveryTokenForExpired) {
  SignalingDesk desk(needing_tokens());
  desk.bridge.set_token_keys(std::make_shared<const auth::KeySet>(good_keys()));
  Json message = SignalingDesk::join_message(1);
  message["token"] = signed_with(changed("exp", 9007199254740991));
  EXPECT_EQ(code_of(desk.ask(desk.open(), message)), "token-expired");
}

TEST(DoorWithoutKeys, OpensForNobodyWhereTokensAreNeededAndForAllWhereNot) {
  Json message = SignalingDesk::join_message(1);
  message["token"] = signed_with(good_claims());
  SignalingDesk closed(needing_tokens());
  closed.bridge.set_unix_time(closed.now, kNow);
  EXPECT_EQ(code_of(closed.ask(closed.open(), message)), "token-key");
  // An address with ?jwt= works on a bridge that has no use for it.
  SignalingDesk open;
  EXPECT_EQ(type_of(open.ask(open.open(), message)), "joined");
}

TEST_F(Door, ChecksNoMoreTokensOfAnAddressThanItsAllowance) {
  const std::string bad = TokenIssuer::token_with_secret(header("RS256"), "{}", "x");
  for (int i = 0; i < 200; ++i) ASSERT_EQ(code(bad), "token-signature") << i;
  EXPECT_EQ(code(bad), "token-busy");
  EXPECT_EQ(desk.closed(socket), 4011);
  EXPECT_EQ(code(signed_with(good_claims())), "token-busy");
  // Whoever has no token costs nothing, and another address has its own allowance.
  EXPECT_EQ(code(std::nullopt), "token-required");
  const SocketId elsewhere = 1'000'000;
  desk.bridge.handle_open(desk.now, elsewhere, "203.0.113.9");
  Json message = SignalingDesk::join_message(900);
  message["token"] = signed_with(good_claims());
  EXPECT_EQ(type_of(desk.ask(elsewhere, message)), "joined");
  desk.pass(milliseconds(50));  // a twentieth of a second for each
  EXPECT_EQ(type_of(come(signed_with(good_claims()))), "joined");
  EXPECT_EQ(code(signed_with(good_claims())), "token-busy");
}

TEST(DoorToOthers, NothingOfATokenReachesThemOrTheLog) {
  SignalingDesk desk(needing_tokens());
  desk.bridge.set_token_keys(std::make_shared<const auth::KeySet>(good_keys()));
  desk.bridge.set_unix_time(desk.now, kNow);
  const std::string token = signed_with(good_claims());
  const auto join = [&](unsigned number, const std::string& with) {
    const SocketId socket = number;
    desk.bridge.handle_open(desk.now, socket, "198.51.100.7");
    Json message = SignalingDesk::join_message(number);
    message["token"] = with;
    desk.bridge.handle_message(desk.now, socket, boost::json::serialize(message));
  };
  join(1, token);
  join(2, token);
  join(3, token.substr(0, token.size() - 4) + "AAAA");
  std::string said;
  std::size_t texts = 0;
  while (auto outgoing = desk.bridge.poll_message()) {
    said += outgoing->text;
    ++texts;
  }
  std::size_t lines = 0;
  while (auto event = desk.bridge.poll_log()) {
    ++lines;
    for (const auto& [field, value] : event->fields) said += value;
    said += event->debug_address;
  }
  EXPECT_GT(texts, 4u);
  EXPECT_GT(lines, 5u);
  const std::string payload = token.substr(token.find('.') + 1, 40);
  for (const std::string& secret :
       {token.substr(0, 20), payload, std::string("Ann"), std::string("ann@example.org"),
        std::string("u-1"), std::string("vpaas")}) {
    EXPECT_THAT(said, testing::Not(testing::HasSubstr(secret)));
  }
  EXPECT_THAT(said, testing::HasSubstr("token-signature"));
}

}  // namespace
}  // namespace sotto::bridge::test
