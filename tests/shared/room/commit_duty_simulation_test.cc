// Joins, leaves and crashes in virtual time, over a server that loses and delays commits on their
// way to it, but hands on what it has in one order.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "room/commit_duty.h"
#include "support/seeded_random.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Time kStart = from_microseconds(1'000'000'000);

class Simulation {
 public:
  Simulation(std::uint64_t seed, std::uint32_t members, unsigned loss_percent)
      : random_(seed), loss_percent_(loss_percent) {
    for (std::uint32_t i = 0; i < members; ++i) {
      group_.insert(i);
      seats_.emplace(i, CommitDuty(mls::LeafIndex{i}));
    }
    for (auto& [leaf, duty] : seats_) duty.begin_epoch(0, true, now_);
    next_leaf_ = members;
  }

  void join() { waiting_[next_leaf_++] = now_; }
  void crash(std::uint32_t leaf) {
    seats_.erase(leaf);
    silent_[leaf] = now_ + seconds(30);
  }
  std::uint32_t some_member() {
    auto it = seats_.begin();
    std::advance(it, static_cast<std::ptrdiff_t>(random_.below(seats_.size())));
    return it->first;
  }

  void run(Duration span) {
    for (const Time end = now_ + span; now_ < end; now_ += milliseconds(50)) step();
  }

  std::size_t waiting() const { return waiting_.size(); }
  std::size_t ghosts() const {
    return static_cast<std::size_t>(std::count_if(
        group_.begin(), group_.end(), [&](auto leaf) { return seats_.count(leaf) == 0; }));
  }
  std::uint64_t epoch() const { return epoch_; }
  std::size_t sent() const { return sent_; }
  Duration longest_wait() const { return longest_wait_; }

 private:
  struct Commit {
    Time arrives{};
    std::uint64_t epoch = 0;
    std::set<std::uint32_t> adds, removes;
  };

  std::set<std::uint32_t> dead(Time now) const {
    std::set<std::uint32_t> leaves;
    for (const auto& [leaf, at] : silent_) {
      if (at <= now && group_.count(leaf) != 0) leaves.insert(leaf);
    }
    return leaves;
  }

  void step() {
    const auto gone = dead(now_);
    std::vector<mls::LeafIndex> candidates;
    for (const std::uint32_t leaf : group_) {
      if (gone.count(leaf) == 0) candidates.push_back({leaf});
    }
    for (auto& [leaf, duty] : seats_) {
      duty.set_candidates(candidates, candidates);
      duty.set_joins(!waiting_.empty(), now_);
      duty.set_leaves(!gone.empty(), now_);
      if (duty.must_commit(now_)) {
        duty.committed(now_);
        send(gone);
      } else if (duty.must_resend(now_)) {
        duty.resent(now_);
        send(gone);
      }
    }
    deliver();
  }

  void send(const std::set<std::uint32_t>& removes) {
    ++sent_;
    if (random_.below(100) < loss_percent_) return;
    Commit commit{now_ + milliseconds(10 + random_.below(200)), epoch_, {}, removes};
    for (const auto& [leaf, since] : waiting_) commit.adds.insert(leaf);
    on_the_way_.push_back(commit);
  }

  void deliver() {
    for (auto it = on_the_way_.begin(); it != on_the_way_.end();) {
      if (it->arrives > now_) {
        ++it;
        continue;
      }
      const Commit commit = *it;
      it = on_the_way_.erase(it);
      if (commit.epoch == epoch_) apply(commit);
    }
  }

  void apply(const Commit& commit) {
    ++epoch_;
    for (const std::uint32_t leaf : commit.removes) group_.erase(leaf);
    for (const std::uint32_t leaf : commit.adds) {
      longest_wait_ = std::max(longest_wait_, now_ - waiting_[leaf]);
      waiting_.erase(leaf);
      group_.insert(leaf);
      seats_.emplace(leaf, CommitDuty(mls::LeafIndex{leaf}));
    }
    for (auto& [leaf, duty] : seats_) duty.begin_epoch(epoch_, true, now_);
  }

  test::SeededRandom random_;
  unsigned loss_percent_;
  Time now_ = kStart;
  std::uint64_t epoch_ = 0;
  std::uint32_t next_leaf_ = 0;
  std::set<std::uint32_t> group_;              // the leaves of the group
  std::map<std::uint32_t, CommitDuty> seats_;  // those who are really there
  std::map<std::uint32_t, Time> waiting_;      // joiners, since when
  std::map<std::uint32_t, Time> silent_;       // crashed: seen as unreachable from then on
  std::vector<Commit> on_the_way_;
  std::size_t sent_ = 0;
  Duration longest_wait_{0};
};

TEST(CommitDutySimulation, LetsThoseWhoComeTogetherInTogether) {
  Simulation room(1, 20, 0);
  for (int i = 0; i < 30; ++i) room.join();
  room.run(seconds(2));
  EXPECT_EQ(room.waiting(), 0u);
  EXPECT_EQ(room.sent(), 1u);
  EXPECT_LE(room.longest_wait(), milliseconds(400));
}

TEST(CommitDutySimulation, LeavesNobodyOutsideWhateverIsLost) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    Simulation room(seed, 10, 30);
    std::size_t joins = 0;
    for (int round = 0; round < 30; ++round) {
      room.join();
      ++joins;
      room.run(milliseconds(700));
    }
    room.run(seconds(10));
    EXPECT_EQ(room.waiting(), 0u);
    EXPECT_LE(room.longest_wait(), seconds(8));
    EXPECT_LE(room.sent(), 3 * joins) << "no storm of commits";
  }
}

TEST(CommitDutySimulation, GoesOnWhenTheCommitterIsGone) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    Simulation room(seed, 12, 10);
    for (int i = 0; i < 4; ++i) {
      room.crash(room.some_member());
      room.join();
      room.run(seconds(8));
    }
    EXPECT_EQ(room.waiting(), 0u);
    room.run(seconds(60));
    EXPECT_EQ(room.ghosts(), 0u) << "who is silent is removed";
  }
}

TEST(CommitDutySimulation, KeepsQuietWhenNothingHappens) {
  Simulation room(3, 20, 0);
  room.run(seconds(600));
  EXPECT_LE(room.epoch(), 5u) << "an update every two minutes";
  EXPECT_EQ(room.sent(), room.epoch());
}

}  // namespace
}  // namespace sotto::room
