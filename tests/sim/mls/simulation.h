// A group of MLS, its delivery service, and everything that goes wrong in between, all from one
// seed. What members do is checked as they do it; the first thing that should not be ends the run.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/mls/agreement.h"
#include "sim/mls/delivery_service.h"
#include "sim/mls/people.h"
#include "support/seeded_random.h"

namespace sotto::mls::sim {

struct SimulationOptions {
  std::uint64_t seed = 1;
  std::size_t members = 32;         // about so many at any time
  std::size_t clients = 48;         // who may come
  std::size_t deliveries = 14;      // in a step
  std::size_t settle_every = 500;   // steps until everybody has caught up and is asked
  bool some_take_the_last = false;  // broken members, for the test of this very simulation
};

// How often things happened that a run is worth nothing without.
struct Counts {
  std::map<std::string, std::uint64_t, std::less<>> of;
  std::uint64_t operator[](std::string_view what) const;
};

class Simulation {
 public:
  explicit Simulation(const SimulationOptions& options);

  // False, and failure() says why, when something was not as it has to be.
  bool run(std::uint64_t steps);
  const std::string& failure() const { return failure_; }  // with the seed and the last steps
  const Counts& counts() const { return counts_; }
  std::string summary() const;
  std::vector<std::unique_ptr<Member>>& members() { return members_; }

  // Everybody reads to the end, and one message is opened by all and by nobody else.
  void settle();

 private:
  // simulation.cc
  void found();
  void step();
  void check_all();
  void fail(const std::string& what);
  void note(std::string what);
  void count(std::string_view what) { ++counts_.of[std::string(what)]; }
  bool chance(std::uint64_t one_in) { return random_.below(one_in) == 0; }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_.below(limit)); }
  Member& somebody();
  bool awake(const Member& member) const { return member.asleep_until <= steps_; }
  HandleOptions handling() const;

  // changing.cc: what members and newcomers send to the log.
  void commit(Member& member, bool may_be_lost = true);
  void propose(Member& member);
  void join_externally();
  void reload(Member& member);
  void reuse_key_package(Member& member);
  void add_proposals(Member& member, CommitOptions& options);
  std::optional<Proposal> add_somebody(const Group& group);
  std::optional<Proposal> invite(std::size_t client);
  std::optional<Proposal> remove_somebody(const Group& group);
  std::optional<Proposal> resumption_psk(const Group& group);
  Proposal external_psk();
  Proposal new_extensions();

  // reading.cc: what they get from it.
  void deliver();
  void read_next(Member& member);
  void read_commit(Member& member, std::size_t number);
  void read_early(Member& member);
  void read_again(Member& member);
  void read_damaged(Member& member);
  void catch_up(Member& member);
  void move_on(Member& member, const CommitEffects& effects);
  void release_welcomes(Member& member, bool won);
  void join(std::size_t invitation, ByteView welcome, std::size_t position, bool stray);
  void must_refuse(Member& member, ByteView message, std::string_view why);
  void let_go();

  // talking.cc: application messages.
  void say(Member& member);
  void hear();
  void probe(Member& from, bool to_all);
  void expect_opened(Member& member, Said& said);

  // outsiders.cc
  void keep_outside(Group group, std::uint64_t outside_from, std::string why);
  void try_old_keys();
  void outsider_must_fail(Outsider& outsider, ByteView message, std::string_view what);
  void forge(Outsider& outsider);
  std::optional<Bytes> make_up(Group& group, LeafIndex victim);

  SimulationOptions options_;
  sotto::test::SeededRandom random_;  // decides
  sotto::test::SeededRandom keys_;    // makes keys
  std::unique_ptr<DeliveryService> log_;
  Agreement agreement_;
  MemoryPskStore psks_;
  std::vector<Client> clients_;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<Outsider> outsiders_;
  std::map<Bytes, std::size_t> invited_;  // by KeyPackageRef
  std::vector<std::unique_ptr<Invitation>> invitations_;
  std::deque<Said> said_;
  std::size_t next_number_ = 0;
  std::uint64_t steps_ = 0;
  std::string failure_;
  std::deque<std::string> last_;
  Counts counts_;
};

// What SOTTO_SEED says, or this one.
std::uint64_t seed_or(std::uint64_t usual);

}  // namespace sotto::mls::sim
