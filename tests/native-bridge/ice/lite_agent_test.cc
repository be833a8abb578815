#include "ice/lite_agent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stun/message_writer.h"
#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

using namespace std::chrono_literals;
using sotto::test::SeededRandom;

Path path(unsigned n) {
  const std::array<std::uint8_t, 4> ip{198, 51, 100, static_cast<std::uint8_t>(n)};
  return {0, *Address::from_bytes(ip, 4000)};
}

struct Check {
  bool use_candidate = false;
  bool controlled = false;
  std::optional<std::string> ufrag{};     // the agent's own by default
  std::optional<std::string> password{};  // the agent's own by default
  bool with_username = true;
  bool with_integrity = true;
  std::optional<std::uint16_t> extra_attribute{};
};

class LiteAgentTest : public ::testing::Test {
 protected:
  std::vector<std::uint8_t> make(const Check& check) {
    stun::TransactionId transaction;
    random.fill(transaction);
    std::vector<std::uint8_t> buffer(300);
    stun::MessageWriter writer(buffer, stun::kBindingRequest, transaction);
    const IceParameters& local = agent.local();
    if (check.with_username) {
      writer.add(stun::kUsername, as_bytes(check.ufrag.value_or(local.ufrag) + ":peer"));
    }
    writer.add_u64(check.controlled ? stun::kIceControlled : stun::kIceControlling, 1);
    if (check.use_candidate) writer.add(stun::kUseCandidate, {});
    if (check.extra_attribute) writer.add(*check.extra_attribute, {});
    if (check.with_integrity) writer.add_integrity(check.password.value_or(local.pwd));
    writer.add_fingerprint();
    buffer.resize(writer.finish()->size());
    return buffer;
  }

  // The answer's type and error code; 0 for silence.
  int send(unsigned n, const std::vector<std::uint8_t>& bytes) {
    out.clear();
    agent.handle_datagram(now, path(n), bytes, out);
    if (out.empty()) return 0;
    EXPECT_EQ(out.datagrams().size(), 1u);
    EXPECT_EQ(out.datagrams()[0].path, path(n));
    const auto answer = stun::Message::parse(out.bytes(out.datagrams()[0]));
    EXPECT_TRUE(answer && answer->has_fingerprint());
    return answer->type == stun::kBindingSuccess ? 200 : *answer->error_code;
  }
  int send(unsigned n, const Check& check) { return send(n, make(check)); }

  SeededRandom random{7};
  LiteAgent agent{random};
  DatagramQueue out{10000, 10};
  Time now = from_microseconds(5'000'000);
};

TEST_F(LiteAgentTest, AnswersWithTheAddressThatItSees) {
  EXPECT_EQ(send(1, Check{}), 200);
  const auto answer = stun::Message::parse(out.bytes(out.datagrams()[0]));
  EXPECT_EQ(answer->mapped_address, path(1).remote);
  EXPECT_TRUE(answer->has_integrity(agent.local().pwd));
}

TEST_F(LiteAgentTest, CredentialsAreLongAndDifferFromAgentToAgent) {
  LiteAgent other(random);
  EXPECT_NE(agent.local().ufrag, other.local().ufrag);
  EXPECT_NE(agent.local().pwd, other.local().pwd);
  EXPECT_GE(agent.local().ufrag.size(), 8u);
  EXPECT_GE(agent.local().pwd.size(), 24u);
}

TEST_F(LiteAgentTest, RefusesAWrongPasswordOrUfragAndTakesNoPathFromIt) {
  EXPECT_EQ(send(1, Check{.use_candidate = true, .password = "wrong"}), 401);
  EXPECT_EQ(send(1, Check{.use_candidate = true, .ufrag = "wrong"}), 401);
  EXPECT_EQ(agent.selected_path(), nullptr);
  EXPECT_FALSE(agent.is_valid(path(1)));
}

TEST_F(LiteAgentTest, RefusesACheckWithoutUsernameOrIntegrity) {
  EXPECT_EQ(send(1, Check{.with_username = false}), 400);
  EXPECT_EQ(send(1, Check{.with_integrity = false}), 400);
  EXPECT_EQ(agent.selected_path(), nullptr);
}

TEST_F(LiteAgentTest, NeverAnswersWhatItCannotAuthenticateWithMoreBytes) {
  for (const Check& check : {Check{.password = "wrong"}, Check{.with_username = false},
                             Check{.with_integrity = false}, Check{.ufrag = ""}}) {
    const auto request = make(check);
    send(1, request);
    std::size_t answered = 0;
    for (const auto& datagram : out.datagrams()) answered += datagram.size;
    EXPECT_LE(answered, request.size());
  }
  // The shortest binding request there is.
  std::vector<std::uint8_t> bare(20);
  stun::MessageWriter writer(bare, stun::kBindingRequest, {});
  EXPECT_EQ(send(1, bare), 0);
}

TEST_F(LiteAgentTest, IsSilentToADamagedFingerprintAndToWhatIsNoRequest) {
  auto damaged = make({});
  damaged.back() ^= 1;
  EXPECT_EQ(send(1, damaged), 0);
  auto indication = make({});
  indication[1] = 0x11;
  EXPECT_EQ(send(1, indication), 0);
  EXPECT_EQ(send(1, std::vector<std::uint8_t>(20)), 0);
}

TEST_F(LiteAgentTest, NamesARequiredAttributeThatItDoesNotKnow) {
  EXPECT_EQ(send(1, Check{.extra_attribute = 0x0033}), 420);
  EXPECT_EQ(agent.selected_path(), nullptr);
  EXPECT_EQ(send(1, Check{.extra_attribute = 0xc057}), 200);
}

TEST_F(LiteAgentTest, UsesTheFirstValidPathUntilOneIsNominated) {
  send(1, Check{});
  send(2, Check{});
  EXPECT_EQ(*agent.selected_path(), path(1));
  send(2, Check{.use_candidate = true});
  EXPECT_EQ(*agent.selected_path(), path(2));
  send(1, Check{});
  EXPECT_EQ(*agent.selected_path(), path(2));
  send(3, Check{.use_candidate = true});
  EXPECT_EQ(*agent.selected_path(), path(3));
}

TEST_F(LiteAgentTest, APeerThatClaimsToBeControlledIsAnsweredButNominatesNothing) {
  send(1, Check{});
  EXPECT_EQ(send(2, Check{.use_candidate = true, .controlled = true}), 200);
  EXPECT_EQ(*agent.selected_path(), path(1));
}

TEST_F(LiteAgentTest, ALateDuplicateDoesNotTakeMediaBack) {
  const auto first = make({.use_candidate = true});
  send(1, first);
  send(2, Check{.use_candidate = true});
  EXPECT_EQ(send(1, first), 200);
  EXPECT_EQ(*agent.selected_path(), path(2));
}

TEST_F(LiteAgentTest, ARecordedCheckFromElsewhereDoesNotMoveMediaThere) {
  const auto recorded = make({.use_candidate = true});
  send(1, recorded);
  send(66, recorded);
  EXPECT_EQ(*agent.selected_path(), path(1));
  EXPECT_FALSE(agent.is_valid(path(66)));
}

TEST_F(LiteAgentTest, ARecordedCheckDoesNotProlongConsent) {
  const auto recorded = make({.use_candidate = true});
  send(1, recorded);
  now += 29s;
  send(1, recorded);
  now += 1s;
  agent.handle_timeout(now);
  EXPECT_EQ(agent.selected_path(), nullptr);
}

TEST_F(LiteAgentTest, ConsentEndsThirtySecondsAfterTheLastCheck) {
  send(1, Check{.use_candidate = true});
  EXPECT_EQ(agent.next_timeout(), now + 30s);
  now += 20s;
  send(1, Check{});
  now += 29s;
  agent.handle_timeout(now);
  EXPECT_NE(agent.selected_path(), nullptr);
  now += 1s;
  agent.handle_timeout(now);
  EXPECT_EQ(agent.selected_path(), nullptr);
  EXPECT_EQ(agent.next_timeout(), Time::max());
  send(1, Check{});
  EXPECT_EQ(*agent.selected_path(), path(1));
}

TEST_F(LiteAgentTest, WhenTheNominatedPathFallsSilentAFresherOneTakesOver) {
  send(1, Check{.use_candidate = true});
  now += 20s;
  send(2, Check{});
  now += 10s;
  agent.handle_timeout(now);
  ASSERT_NE(agent.selected_path(), nullptr);
  EXPECT_EQ(*agent.selected_path(), path(2));
  EXPECT_EQ(agent.next_timeout(), now + 20s);
}

TEST_F(LiteAgentTest, PathsAreBoundedAndTheSelectedOneStays) {
  send(200, Check{.use_candidate = true});
  for (unsigned n = 0; n < 100; ++n) {
    now += 1ms;
    send(n, Check{});
  }
  unsigned valid = 0;
  for (unsigned n = 0; n < 256; ++n) valid += agent.is_valid(path(n));
  EXPECT_EQ(valid, LiteAgent::kMaxPaths);
  EXPECT_EQ(*agent.selected_path(), path(200));
  EXPECT_TRUE(agent.is_valid(path(200)));
}

TEST_F(LiteAgentTest, AfterARestartTheOldPairStaysUntilACheckOnTheNewCredentials) {
  send(1, Check{.use_candidate = true});
  const IceParameters old = agent.local();
  agent.prepare_restart();
  EXPECT_NE(agent.local().ufrag, old.ufrag);
  EXPECT_EQ(send(1, Check{.ufrag = old.ufrag, .password = old.pwd}), 200);
  EXPECT_EQ(*agent.selected_path(), path(1));
  EXPECT_EQ(send(2, Check{.password = old.pwd}), 401);  // new name, old password

  EXPECT_EQ(send(2, Check{}), 200);
  EXPECT_EQ(*agent.selected_path(), path(2));
  EXPECT_FALSE(agent.is_valid(path(1)));
  EXPECT_EQ(send(1, Check{.use_candidate = true, .ufrag = old.ufrag, .password = old.pwd}), 401);
  EXPECT_EQ(*agent.selected_path(), path(2));
}

TEST_F(LiteAgentTest, ARestartThatWasNeverAnsweredIsReplacedByTheNext) {
  send(1, Check{.use_candidate = true});
  const IceParameters old = agent.local();
  agent.prepare_restart();
  const IceParameters unanswered = agent.local();
  agent.prepare_restart();
  EXPECT_TRUE(agent.answers_to(old.ufrag));
  EXPECT_FALSE(agent.answers_to(unanswered.ufrag));
  EXPECT_EQ(send(2, Check{}), 200);
  EXPECT_EQ(*agent.selected_path(), path(2));
}

TEST_F(LiteAgentTest, AForgottenPathIsNoLongerUsed) {
  send(1, Check{});
  send(2, Check{.use_candidate = true});
  agent.forget(path(2));
  EXPECT_EQ(*agent.selected_path(), path(1));
  agent.forget(path(1));
  EXPECT_EQ(agent.selected_path(), nullptr);
}

}  // namespace
}  // namespace sotto::bridge
