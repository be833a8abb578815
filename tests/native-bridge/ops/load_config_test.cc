#include "ops/load_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace sotto::bridge {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LoadConfigTest : public testing::Test {
 protected:
  ConfigOutcome outcome(std::vector<std::string> arguments) {
    return load_config(arguments, [this](const std::string& name) -> std::optional<std::string> {
      auto found = environment_.find(name);
      if (found == environment_.end()) return {};
      return found->second;
    });
  }
  Config load(std::vector<std::string> arguments) {
    auto result = outcome(std::move(arguments));
    if (auto* error = std::get_if<ConfigError>(&result)) ADD_FAILURE() << error->text;
    return std::holds_alternative<Config>(result) ? std::get<Config>(result) : Config();
  }
  std::string error(std::vector<std::string> arguments) {
    auto result = outcome(std::move(arguments));
    auto* found = std::get_if<ConfigError>(&result);
    if (found) {
      EXPECT_EQ(found->text.find('\n'), std::string::npos) << found->text;
    }
    return found ? found->text : "(no error)";
  }
  std::string file(const std::string& text) {
    std::string path = testing::TempDir() + "/sotto-" +
                       testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml";
    std::ofstream(path) << text;
    return path;
  }

  std::map<std::string, std::string> environment_;
};

TEST_F(LoadConfigTest, NothingGivenIsTheDefaults) {
  Config config = load({});
  EXPECT_EQ(config.host, "::");
  EXPECT_EQ(config.port, 8080);
  EXPECT_EQ(config.media_port, 10000);
  EXPECT_TRUE(config.ice_tcp);
  EXPECT_EQ(config.ping_timeout, std::chrono::seconds(30));
}

TEST_F(LoadConfigTest, FlagWinsOverEnvironmentOverFileOverDefault) {
  std::string path = file("port = 1\nmedia-port = 2\nmax-rooms = 3\n");
  EXPECT_EQ(load({"--config", path}).port, 1);
  environment_["SOTTO_PORT"] = "11";
  environment_["SOTTO_MEDIA_PORT"] = "12";
  Config config = load({"--port", "111", "--config", path});
  EXPECT_EQ(config.port, 111);
  EXPECT_EQ(config.media_port, 12);
  EXPECT_EQ(config.limits.rooms, 3u);
  EXPECT_EQ(config.limits.endpoints, 10000u);
}

TEST_F(LoadConfigTest, FileCanBeNamedByTheEnvironment) {
  environment_["SOTTO_CONFIG"] = file("port = 77\n");
  EXPECT_EQ(load({}).port, 77);
}

TEST_F(LoadConfigTest, ListOfAHigherSourceReplacesTheLowerOne) {
  std::string path = file("page-origin = [\"https://a.example\", \"https://b.example\"]\n");
  EXPECT_THAT(load({"--config", path}).page_origins,
              ElementsAre("https://a.example", "https://b.example"));
  environment_["SOTTO_PAGE_ORIGIN"] = "https://c.example,https://d.example";
  EXPECT_THAT(load({"--config", path}).page_origins,
              ElementsAre("https://c.example", "https://d.example"));
  EXPECT_THAT(load({"--page-origin=https://E.example:443", "--config", path}).page_origins,
              ElementsAre("https://e.example"));
}

TEST_F(LoadConfigTest, FlagTakesItsValueWithASpaceOrAnEqualsSign) {
  EXPECT_EQ(load({"--port", "1"}).port, 1);
  EXPECT_EQ(load({"--port=1"}).port, 1);
}

TEST_F(LoadConfigTest, TomlTypesAllReachTheirOptions) {
  Config config =
      load({"--config", file("ice-tcp = false\nping-interval = 2.5\nhost = \"127.0.0.1\"\n"
                             "public-address = [\"203.0.113.5\"]\n"
                             "messages-per-second = 100\n")});
  EXPECT_FALSE(config.ice_tcp);
  EXPECT_EQ(config.ping_interval, std::chrono::milliseconds(2500));
  EXPECT_EQ(config.host, "127.0.0.1");
  ASSERT_EQ(config.public_addresses.size(), 1u);
  EXPECT_EQ(config.public_addresses[0].ip_text(), "203.0.113.5");
  EXPECT_EQ(config.limits.messages_per_second, 100);
}

TEST_F(LoadConfigTest, MistypedOptionIsToldWithTheRightOne) {
  EXPECT_EQ(error({"--prot", "1"}), "unknown option --prot, did you mean --port?");
  EXPECT_THAT(error({"--config", file("web-rot = \"x\"\n")}),
              HasSubstr("did you mean 'web-root'?"));
  EXPECT_THAT(error({"--frobnicate", "1"}), HasSubstr("--help lists them"));
  EXPECT_THAT(error({"8080"}), HasSubstr("unexpected argument '8080'"));
  EXPECT_THAT(error({"--port"}), HasSubstr("--port needs a value"));
}

TEST_F(LoadConfigTest, BadValueIsToldWithItsPlaceAndWhatWouldDo) {
  EXPECT_EQ(error({"--port", "70000"}),
            "--port: '70000' will not do, it must be a number from 0 to 65535");
  environment_["SOTTO_HOST"] = "localhost";
  EXPECT_THAT(error({}), HasSubstr("SOTTO_HOST: 'localhost'"));
  environment_.clear();
  std::string path = file("ping-interval = \"soon\"\n");
  EXPECT_THAT(error({"--config", path}), HasSubstr(path + ": ping-interval"));
  for (std::vector<std::string> arguments : {std::vector<std::string>{"--port", ""},
                                             {"--port", "-1"},
                                             {"--port", "80x"},
                                             {"--port", "0x50"},
                                             {"--page-origin", "https://a.example/path"},
                                             {"--public-address", "1.2.3.4:5"},
                                             {"--ice-tcp", "yes"},
                                             {"--log-level", "loud"},
                                             {"--log-format", "xml"},
                                             {"--max-seats", "0"},
                                             {"--ping-interval", "nan"},
                                             {"--ping-interval", "inf"}}) {
    EXPECT_THAT(error(arguments), HasSubstr("will not do")) << arguments[0] << " " << arguments[1];
  }
}

TEST_F(LoadConfigTest, BrokenFileIsToldWithItsLine) {
  EXPECT_THAT(error({"--config", file("port = 1\nhost = \n")}), HasSubstr("(line 2)"));
  EXPECT_THAT(error({"--config", "/nowhere/sotto.toml"}), HasSubstr("/nowhere/sotto.toml"));
  EXPECT_THAT(error({"--config", file("port = [1, 2]\n")}), HasSubstr("takes one value"));
  EXPECT_THAT(error({"--config", file("[port]\nx = 1\n")}),
              HasSubstr("must be a string, a number"));
}

TEST_F(LoadConfigTest, ContradictionsAreTold) {
  EXPECT_THAT(error({"--tls-cert", "a.pem"}), HasSubstr("--tls-cert and --tls-key"));
  EXPECT_THAT(error({"--port", "9000", "--media-port", "9000"}), HasSubstr("both 9000"));
  EXPECT_THAT(error({"--ping-interval", "30"}), HasSubstr("--ping-timeout must be longer"));
  EXPECT_THAT(error({"--web-root", testing::TempDir() + "/nowhere"}), HasSubstr("no index.html"));
  // Rules for tokens that are never asked for would leave every room open.
  for (const char* option :
       {"--token-audience", "--token-issuer", "--token-tenant", "--open-room"}) {
    EXPECT_THAT(error({option, "lounge"}), HasSubstr("without --token-keys")) << option;
  }
  load({"--port", "9000", "--media-port", "9000", "--ice-tcp", "false"});
}

TEST_F(LoadConfigTest, RulesForTokensAreListsAndALeeway) {
  const Config config =
      load({"--token-keys", "keys.json", "--token-audience", "a", "--token-audience", "b",
            "--token-issuer", "chat", "--open-room", "lounge", "--token-leeway", "0"});
  EXPECT_EQ(config.token_keys, "keys.json");
  EXPECT_THAT(config.token_audiences, ElementsAre("a", "b"));
  EXPECT_THAT(config.token_issuers, ElementsAre("chat"));
  EXPECT_THAT(config.open_rooms, ElementsAre("lounge"));
  EXPECT_EQ(config.token_leeway, Duration(0));
  EXPECT_THAT(error({"--open-room", "a room"}), HasSubstr("must be a room"));
  EXPECT_THAT(error({"--token-issuer", ""}), HasSubstr("must not be empty"));
}

TEST_F(LoadConfigTest, HelpAndVersionComeBeforeEverythingElse) {
  EXPECT_EQ(std::get<Printout>(outcome({"--port", "1", "--help"})), Printout::kHelp);
  EXPECT_EQ(std::get<Printout>(outcome({"--version", "--nonsense"})), Printout::kVersion);
}

}  // namespace
}  // namespace sotto::bridge
