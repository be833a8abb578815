// Calls through the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <boost/json.hpp>

#include "process/bridge_process.h"
#include "process/live_client.h"

namespace sotto::test {
namespace {

using namespace std::chrono_literals;
using bridge::Source;
using testing::HasSubstr;
using testing::Not;
using Kind = MediaLeg::Kind;

class CallTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(process_.listening()) << process_.log(); }

  LiveClient& join(Kind kind = Kind::kUdp, std::string room = "quiet-otter") {
    auto number = static_cast<std::uint32_t>(clients_.size() + 1);
    clients_.push_back(std::make_unique<LiveClient>(
        io_, LiveClient::Server{process_.port(), process_.media_port()}, number,
        std::vector{Source::kMicrophone, Source::kCamera}, kind, std::move(room)));
    EXPECT_TRUE(clients_.back()->connect());
    return *clients_.back();
  }
  // Whether `to` has got `count` packets of each track of `from`.
  static bool heard(LiveClient& to, LiveClient& from, std::size_t count) {
    for (Source source : {Source::kMicrophone, Source::kCamera}) {
      const auto* reception = to.participant().from(from.participant(), source);
      if (!reception || reception->counters.size() < count) return false;
    }
    return true;
  }
  void expect_call(LiveClient& a, LiveClient& b) {
    EXPECT_TRUE(run_until(io_, 60s, [&] { return heard(a, b, 100) && heard(b, a, 100); }))
        << process_.log() << process_.health();
    EXPECT_EQ(a.participant().corrupted() + b.participant().corrupted(), 0u);
    EXPECT_EQ(a.participant().claims_broken + b.participant().claims_broken, 0u);
  }
  std::int64_t health(const char* group, const char* name) {
    return boost::json::parse(process_.health()).at(group).at(name).as_int64();
  }

  BridgeProcess process_;
  boost::asio::io_context io_;
  std::vector<std::unique_ptr<LiveClient>> clients_;
};

TEST_F(CallTest, TwoClientsHearAndSeeEachOtherOverUdp) {
  auto& a = join();
  auto& b = join();
  expect_call(a, b);
  EXPECT_EQ(health("tcp", "received"), 0);
}

TEST_F(CallTest, CallGoesOverTcpAloneWhereUdpIsBlocked) {
  auto& a = join(Kind::kTcp);
  auto& b = join(Kind::kTcp);
  expect_call(a, b);
  EXPECT_EQ(health("udp", "received"), 0);
  EXPECT_EQ(health("udp", "sent"), 0);
}

TEST_F(CallTest, ClientOverTcpAndClientOverUdpMeet) {
  auto& a = join(Kind::kTcp);
  auto& b = join(Kind::kUdp);
  expect_call(a, b);
}

TEST_F(CallTest, EndOfTheBridgeIsSaidToEverybodyInTime) {
  auto& a = join();
  auto& b = join();
  ASSERT_TRUE(
      run_until(io_, 30s, [&] { return a.participant().joined && b.participant().joined; }));
  process_.signal(SIGTERM);
  EXPECT_TRUE(run_until(io_, 30s, [&] { return !a.open() && !b.open(); }));
  for (LiveClient* client : {&a, &b}) {
    EXPECT_EQ(client->participant().heard["bye"], 1);
    EXPECT_EQ(client->close_code(), 1001u);
  }
  EXPECT_EQ(process_.wait(10s), 0);
}

TEST_F(CallTest, ClientThatDoesNotAnswerTheGoodbyeHoldsNobodyUp) {
  auto& a = join();
  ASSERT_TRUE(run_until(io_, 30s, [&] { return a.participant().joined; }));
  process_.signal(SIGTERM);
  EXPECT_EQ(process_.wait(10s), 0);  // nothing of `a` runs meanwhile
}

TEST_F(CallTest, OversizedMessageIsAnsweredAndClosed) {
  auto& a = join();
  ASSERT_TRUE(run_until(io_, 30s, [&] { return a.participant().joined; }));
  a.say_text("{\"type\":\"state\",\"state\":\"" + std::string(262144, 'A') + "\"}");
  EXPECT_TRUE(run_until(io_, 30s, [&] { return !a.open(); }));
  EXPECT_EQ(a.close_code(), 1009u);
  EXPECT_EQ(a.participant().heard["error"], 1);
  EXPECT_EQ(a.participant().inbox.back().at("code").as_string(), "too-large");
}

TEST_F(CallTest, LogTellsNoSecretAndNoAddress) {
  auto& a = join();
  auto& b = join();
  expect_call(a, b);
  process_.signal(SIGTERM);
  EXPECT_TRUE(run_until(io_, 30s, [&] { return !a.open(); }));
  EXPECT_EQ(process_.wait(10s), 0);
  std::string log = process_.log();
  auto listening_line = log.find('\n');
  log = log.substr(listening_line);  // the operator's own choice of host
  EXPECT_THAT(log, Not(HasSubstr("127.0.0.1")));
  EXPECT_THAT(log, Not(HasSubstr(*a.participant().resume_token)));
  EXPECT_THAT(log, Not(HasSubstr("c3RhdGU")));
  EXPECT_THAT(log, Not(HasSubstr(a.participant().publisher->local_ice().pwd)));
  EXPECT_THAT(log, Not(HasSubstr("v=0")));
}

}  // namespace
}  // namespace sotto::test
