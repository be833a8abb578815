// Rooms that need a token, at the running program: its clock, its key file, its WebSocket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "native-bridge/net/websocket_client.h"
#include "process/bridge_process.h"
#include "support/token_issuer.h"

namespace sotto::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Json = boost::json::object;

std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

class TokenTest : public testing::Test {
 protected:
  TokenTest() { write(jwk_set({old_.jwk("old")})); }
  ~TokenTest() override { std::filesystem::remove(file_); }

  void write(const std::string& text) {
    std::ofstream(file_ + ".new") << text;
    std::filesystem::rename(file_ + ".new", file_);
  }
  static std::string token(const TokenIssuer& issuer, const std::string& kid,
                           std::int64_t lasts = 3600) {
    const Json claims{{"aud", "jitsi"},
                      {"iss", "chat"},
                      {"exp", unix_now() + lasts},
                      {"nbf", unix_now() - 1},
                      {"room", "quiet-otter"}};
    return issuer.token(boost::json::serialize(Json{{"alg", "ES256"}, {"kid", kid}}),
                        boost::json::serialize(claims));
  }
  // The type of what the bridge says first, or the code of its error.
  std::string come(const BridgeProcess& bridge, const std::string& token) {
    bridge::WebSocketClient client;
    EXPECT_EQ(client.connect(bridge.port()), 101u);
    const std::string endpoint = std::string(20, 'A') + std::to_string(++number_ % 10) + "A";
    Json join{{"type", "join"}, {"version", 1}, {"room", "quiet-otter"}, {"endpoint", endpoint}};
    if (!token.empty()) join["token"] = token;
    client.send(boost::json::serialize(join));
    const Json answer = boost::json::parse(client.receive().value_or("{}")).as_object();
    if (answer.contains("code")) {
      EXPECT_FALSE(client.receive());
      EXPECT_EQ(client.close_code(), 4011u);
      return std::string(answer.at("code").as_string());
    }
    return std::string(answer.at("type").as_string());
  }
  // Until the log says so; the file is looked at every five seconds.
  static bool says(const BridgeProcess& bridge, const std::string& text) {
    for (int i = 0; i < 1000 && bridge.log().find(text) == std::string::npos; ++i) {
      std::this_thread::sleep_for(10ms);
    }
    return bridge.log().find(text) != std::string::npos;
  }

  const std::string file_ = testing::TempDir() + "/sotto-process-" +
                            testing::UnitTest::GetInstance()->current_test_info()->name() + "-" +
                            std::to_string(::getpid()) + ".json";
  const TokenIssuer old_ = TokenIssuer::ec();
  const TokenIssuer new_ = TokenIssuer::ec();
  unsigned number_ = 0;
};

TEST_F(TokenTest, AGoodOneAdmitsAndOthersAreToldWhyNot) {
  BridgeProcess bridge({"--token-keys", file_, "--token-issuer", "chat"});
  ASSERT_TRUE(bridge.listening()) << bridge.log();
  EXPECT_THAT(bridge.log(), HasSubstr("token-keys keys=1 skipped=0"));
  EXPECT_EQ(come(bridge, token(old_, "old")), "joined");
  EXPECT_EQ(come(bridge, ""), "token-required");
  EXPECT_EQ(come(bridge, token(old_, "old", -31)), "token-expired");
  EXPECT_EQ(come(bridge, token(old_, "old", -5)), "joined");  // within the leeway
  EXPECT_EQ(come(bridge, token(new_, "old")), "token-signature");
  EXPECT_EQ(come(bridge, token(new_, "new")), "token-key");
  EXPECT_THAT(bridge.health(), HasSubstr(R"("tokens":{"accepted":2,"refused":4})"));
}

TEST_F(TokenTest, KeysAreReadAgainOnHangupAndABrokenFileKeepsTheOldOnes) {
  BridgeProcess bridge({"--token-keys", file_});
  ASSERT_TRUE(bridge.listening()) << bridge.log();
  write("{\"keys\": [");
  bridge.signal(SIGHUP);
  ASSERT_TRUE(says(bridge, "is no JSON object")) << bridge.log();
  EXPECT_THAT(bridge.log(), HasSubstr("reload-failed"));
  EXPECT_EQ(come(bridge, token(old_, "old")), "joined");
  write(jwk_set({old_.jwk("old"), new_.jwk("new")}));
  bridge.signal(SIGHUP);
  ASSERT_TRUE(says(bridge, "token-keys keys=2")) << bridge.log();
  EXPECT_EQ(come(bridge, token(new_, "new")), "joined");
  EXPECT_EQ(come(bridge, token(old_, "old")), "joined");
}

TEST_F(TokenTest, KeysAreReadAgainWhenTheFileChanges) {
  BridgeProcess bridge({"--token-keys", file_});
  ASSERT_TRUE(bridge.listening()) << bridge.log();
  write(jwk_set({new_.jwk("new"), new_.jwk("newer")}));
  ASSERT_TRUE(says(bridge, "token-keys keys=2")) << bridge.log();
  EXPECT_EQ(come(bridge, token(new_, "new")), "joined");
  EXPECT_EQ(come(bridge, token(old_, "old")), "token-key");
}

TEST_F(TokenTest, WithoutUsableKeysItDoesNotStart) {
  write(old_.private_pem());
  BridgeProcess bridge({"--token-keys", file_});
  EXPECT_EQ(bridge.wait(5s), 2);
  EXPECT_THAT(bridge.log(), HasSubstr("has a private key"));
}

}  // namespace
}  // namespace sotto::test
