// Starting and ending: what an operator sees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "net/bound_socket.h"
#include "process/bridge_process.h"

namespace sotto::test {
namespace {

using namespace std::chrono_literals;
using bridge::Address;
using bridge::BoundSocket;
using bridge::Protocol;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Start, HelpAndVersionGoToStandardOutput) {
  auto help = BridgeProcess::exactly({"--help"});
  EXPECT_EQ(help.wait(20s), 0);
  EXPECT_THAT(help.output(), HasSubstr("--media-port"));
  auto version = BridgeProcess::exactly({"--version"});
  EXPECT_EQ(version.wait(20s), 0);
  EXPECT_THAT(version.output(), StartsWith("sotto-bridge 0."));
}

TEST(Start, WrongOptionEndsWithOneSentence) {
  auto process = BridgeProcess::exactly({"--prot", "80"});
  EXPECT_EQ(process.wait(20s), 2);
  EXPECT_EQ(process.log(), "sotto-bridge: unknown option --prot, did you mean --port?\n");
}

TEST(Start, TakenPortIsToldInOneLineWithWhatToDo) {
  for (auto [protocol, option, word] : {std::tuple(Protocol::kUdp, "--media-port", "UDP port "),
                                        std::tuple(Protocol::kTcp, "--media-port", "TCP port "),
                                        std::tuple(Protocol::kTcp, "--port", "TCP port ")}) {
    auto taken = bridge::bind_socket(protocol, *Address::from_text("127.0.0.1", 0));
    std::string port = std::to_string(std::get<BoundSocket>(taken).port());
    BridgeProcess process({option, port});
    EXPECT_EQ(process.wait(20s), 2);
    EXPECT_EQ(process.log(), "sotto-bridge: " + std::string(word) + port +
                                 " is taken by another program: end that one, or choose another "
                                 "port with " +
                                 option + "\n");
  }
}

TEST(Start, UnreadableCertificateIsTold) {
  BridgeProcess process({"--tls-cert", "/nowhere/cert.pem", "--tls-key", "/nowhere/key.pem"});
  EXPECT_EQ(process.wait(20s), 2);
  EXPECT_THAT(process.log(), HasSubstr("--tls-cert: cannot use '/nowhere/cert.pem'"));
}

TEST(Start, SignalsEndAnIdleBridgeAtOnceWithStatusZero) {
  for (int number : {SIGTERM, SIGINT}) {
    BridgeProcess process;
    ASSERT_TRUE(process.listening()) << process.log();
    EXPECT_THAT(process.health(), HasSubstr("\"status\":\"ok\""));
    process.signal(number);
    EXPECT_EQ(process.wait(10s), 0);
  }
}

TEST(Start, HangupKeepsItRunning) {
  BridgeProcess process;
  ASSERT_TRUE(process.listening()) << process.log();
  process.signal(SIGHUP);
  for (int i = 0; i < 1000 && process.log().find("reloaded") == std::string::npos; ++i) {
    EXPECT_FALSE(process.wait(10ms));
  }
  EXPECT_THAT(process.log(), HasSubstr("reloaded"));
  EXPECT_THAT(process.health(), HasSubstr("\"status\":\"ok\""));
}

}  // namespace
}  // namespace sotto::test
