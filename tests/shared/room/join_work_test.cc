// What it costs whoever commits when holders of the link ask to come in with KeyPackages that no
// group can add. Every commit that is tried draws randomness, so that is counted.
#include <gtest/gtest.h>

#include "shared/room/odd_key_package.h"
#include "shared/room/session_access.h"
#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::core_of;
using test::fill;
using test::Participant;
using test::RoomNetwork;
using test::sealed_with_key_of;

constexpr std::uint64_t kUnixTime = 1'800'000'010;

class CountingRandom : public RandomSource {
 public:
  explicit CountingRandom(RandomSource& source) : source_(source) {}
  void fill(MutableBytes out) override {
    ++drawn;
    source_.fill(out);
  }
  std::size_t drawn = 0;

 private:
  RandomSource& source_;
};

// Ann, alone in her room, who commits whoever comes.
class JoinWork : public ::testing::Test {
 protected:
  JoinWork() {
    ann_ = *Session::create(room_.config("Ann"), random_);
    ann_->start(now_, kUnixTime, 0);
    run(seconds(1));
  }

  SessionCore& core() { return SessionAccess::core(*ann_); }
  std::size_t run(Duration span) {
    const std::size_t before = random_.drawn;
    for (const Time end = now_ + span; now_ < end; now_ += milliseconds(10)) {
      ann_->handle_timeout(now_);
      take_messages();
    }
    return random_.drawn - before;
  }
  // As the service gives them back.
  void take_messages() {
    while (auto message = ann_->poll_message()) {
      if (message->kind != MessageKind::kHandshake) continue;
      ++commits_;
      ann_->handle_handshake(now_, ++number_, core().config.endpoint, message->bytes);
    }
  }
  void ask(const SessionConfig& who) {
    OwnKeyPackages own;
    ann_->handle_key_package(now_, who.endpoint, *own.make(who, core().keys, kUnixTime, other_));
  }
  void ask_with_anns_key() {
    const SessionConfig who = room_.config("Mallory");
    mls::KeyPackage anns;
    anns.leaf_node = *core().in->group.leaf_node(core().in->group.own_leaf());
    ann_->handle_key_package(now_, who.endpoint,
                             sealed_with_key_of(anns, who, core().keys, kUnixTime, other_));
  }

  RoomNetwork room_{1};
  sotto::test::SeededRandom source_{2}, other_{3};
  CountingRandom random_{source_};
  std::unique_ptr<Session> ann_;
  Time now_ = from_microseconds(1'000'000);
  std::uint64_t number_ = 0;
  int commits_ = 0;
};

TEST_F(JoinWork, OfThirtyTwoWhoTakeTheCommittersKeyIsThatOfNobody) {
  ask(room_.config("Ben"));
  const std::size_t for_ben = run(seconds(1));
  ASSERT_EQ(core().in->group.member_count(), 2u);
  for (int i = 0; i < 32; ++i) ask_with_anns_key();
  ask(room_.config("Cem"));
  const std::size_t for_cem = run(seconds(1));
  EXPECT_EQ(core().in->group.member_count(), 3u);
  EXPECT_EQ(commits_, 2);
  EXPECT_LE(for_cem, for_ben + 4) << "one commit was tried, the longer by one path secret";
  EXPECT_TRUE(core().queue.waiting().empty());
}

// Whatever may be found some day that a queue lets through: here by the tests' own hand.
TEST_F(JoinWork, OfOneWhoSpoilsEveryCommitIsAHandfulOfTrials) {
  ask(room_.config("Ben"));
  const std::size_t for_one = run(seconds(1));
  std::vector<SessionConfig> guests;
  for (int i = 0; i < 32; ++i) ask(guests.emplace_back(room_.config("guest " + std::to_string(i))));
  ASSERT_EQ(core().queue.waiting().size(), 32u);
  auto& spoilt = const_cast<Joiner&>(core().queue.waiting().begin()->second);
  spoilt.key_package.signature[0] ^= 1;
  // Nobody else commits, so she steps in for whoever is before her.
  const std::size_t for_all = run(seconds(20));
  EXPECT_EQ(core().in->group.member_count(), 2u + 31u);
  EXPECT_TRUE(core().queue.waiting().empty());
  EXPECT_LE(for_all, 14 * for_one + 3 * 32) << "for each of 32 it would be 32 times as much";
}

// Thirty-two of the size that the service lets through would be more than it takes as one commit.
TEST_F(JoinWork, OfLargeKeyPackagesIsSharedOutToSeveralCommits) {
  for (int i = 0; i < 32; ++i) ask(room_.config("guest " + std::to_string(i)));
  for (const auto& [endpoint, joiner] : core().queue.waiting()) {
    EXPECT_LT(joiner.bytes, 1000u) << "of honest members, all go into one";
    const_cast<Joiner&>(joiner).bytes = 8192;
  }
  run(seconds(40));
  EXPECT_EQ(core().in->group.member_count(), 33u);
  EXPECT_EQ(commits_, 8);
}

}  // namespace
}  // namespace sotto::room
