#include "sim/mls/simulation.h"

#include <cstdlib>

#include "crypto/init.h"
#include "sim/mls/joining.h"

namespace sotto::mls::sim {
namespace {

constexpr std::size_t kStepsShown = 40;
constexpr std::size_t kExternalPsks = 4;

}  // namespace

std::uint64_t seed_or(std::uint64_t usual) {
  const char* given = std::getenv("SOTTO_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
}

std::uint64_t Counts::operator[](std::string_view what) const {
  auto found = of.find(what);
  return found == of.end() ? 0 : found->second;
}

Simulation::Simulation(const SimulationOptions& options)
    : options_(options), random_(options.seed), keys_(options.seed ^ 0x6b657973) {
  if (!initialize_crypto()) {
    fail("no crypto");
    return;
  }
  for (std::size_t i = 0; i < options.clients; ++i) {
    clients_.push_back({"client " + std::to_string(i), SignatureKeyPair::generate(keys_)});
  }
  for (std::size_t i = 0; i < kExternalPsks; ++i) {
    Bytes psk(32);
    keys_.fill(psk);
    psks_.add_external(as_bytes("psk " + std::to_string(i)), std::move(psk));
  }
  found();
}

// One creates the group and adds as many as are wanted by one commit.
void Simulation::found() {
  auto group = create_group(clients_[0], keys_);
  if (!group) return fail("create");
  CommitOptions options;
  options.now = kNow;
  for (std::size_t i = 1; i < options_.members; ++i) {
    if (auto add = invite(i)) options.proposals.push_back(*std::move(add));
  }
  auto messages = group->commit(std::move(options), keys_);
  if (!messages || !group->merge_pending_commit()) return fail("the first commit");
  log_ = std::make_unique<DeliveryService>(1);
  agreement_.note_newcomers(1);
  members_.push_back(std::make_unique<Member>(next_number_++, 0, *std::move(group), 0));
  for (const WelcomeMessage& welcome : messages->welcomes) {
    for (const Bytes& reference : welcome.references) {
      join(invited_.at(reference), welcome.message, 0, false);
    }
  }
  check_all();
}

bool Simulation::run(std::uint64_t steps) {
  for (std::uint64_t i = 0; i < steps && failure_.empty(); ++i) {
    ++steps_;
    step();
    let_go();
    check_all();
    if (failure_.empty() && steps_ % options_.settle_every == 0) settle();
  }
  if (failure_.empty()) settle();
  return failure_.empty();
}

void Simulation::step() {
  Member& member = somebody();
  const std::size_t roll = below(100);
  if (roll < 13) {
    if (awake(member)) commit(member);
  } else if (roll < 25) {
    if (awake(member)) propose(member);
  } else if (roll < 50) {
    if (awake(member)) say(member);
  } else if (roll < 53) {
    join_externally();
  } else if (roll < 56) {
    reload(member);
  } else if (roll < 59) {
    reuse_key_package(member);
  } else if (roll < 61) {
    member.asleep_until = steps_ + below(150);
    note(std::to_string(member.number) + " hears nothing for a while");
  } else if (roll < 75) {
    if (!outsiders_.empty()) forge(outsiders_[below(outsiders_.size())]);
  }
  for (std::size_t i = 0; i < options_.deliveries && failure_.empty(); ++i) deliver();
  for (int i = 0; i < 4 && failure_.empty(); ++i) hear();
  if (failure_.empty()) try_old_keys();
  if (failure_.empty()) probe(somebody(), false);
}

// Where the log says that one has to be, one is, with the others who are there.
void Simulation::check_all() {
  for (auto& member : members_) {
    if (!failure_.empty()) return;
    const std::uint64_t epoch = log_->epoch_at(member->position);
    if (member->group.epoch() != epoch) {
      return fail(std::to_string(member->number) + " is in epoch " +
                  std::to_string(member->group.epoch()) + " instead of " + std::to_string(epoch));
    }
    std::string difference = agreement_.check_again(member->group);
    if (!difference.empty()) {
      return fail(std::to_string(member->number) + " in epoch " + std::to_string(epoch) + ": " +
                  difference);
    }
  }
  for (const Outsider& outsider : outsiders_) {
    if (outsider.group.epoch() < outsider.outside_from) continue;
    if (agreement_.is_shared(outsider.group.epoch_authenticator())) {
      return fail("an outsider has a members' epoch authenticator: " + outsider.why);
    }
  }
}

void Simulation::settle() {
  for (auto& member : members_) member->asleep_until = 0;
  for (std::size_t i = 0; i < members_.size(); ++i) catch_up(*members_[i]);
  let_go();
  if (!failure_.empty()) return;
  // A commit of somebody's, which clears away the proposals that keep messages waiting.
  commit(somebody(), false);
  for (std::size_t i = 0; i < members_.size(); ++i) catch_up(*members_[i]);
  let_go();
  for (auto& member : members_) {
    if (!failure_.empty()) return;
    std::string difference = agreement_.check(member->group);
    if (!difference.empty()) fail(difference);
  }
  check_all();
  if (failure_.empty()) probe(somebody(), true);
  note("everybody has caught up");
}

// Those who were removed stay in the list until a step ends.
Member& Simulation::somebody() {
  while (true) {
    Member& member = *members_[below(members_.size())];
    if (!member.gone) return member;
  }
}

void Simulation::let_go() {
  std::erase_if(members_, [](const auto& member) { return member->gone; });
}

HandleOptions Simulation::handling() const {
  HandleOptions options;
  options.psks = &psks_;
  options.now = kNow;
  return options;
}

void Simulation::note(std::string what) {
  last_.push_back(std::to_string(steps_) + ": " + std::move(what));
  if (last_.size() > kStepsShown) last_.pop_front();
}

void Simulation::fail(const std::string& what) {
  if (!failure_.empty()) return;
  failure_ = what + "\nSOTTO_SEED=" + std::to_string(options_.seed) + ", step " +
             std::to_string(steps_) + "; the last steps:\n";
  for (const std::string& line : last_) failure_ += "  " + line + "\n";
}

std::string Simulation::summary() const {
  std::string text = std::to_string(steps_) + " steps, " + std::to_string(members_.size()) +
                     " members, epoch " + std::to_string(log_ ? log_->epoch_at(log_->size()) : 0);
  for (const auto& [what, times] : counts_.of) text += "; " + what + ": " + std::to_string(times);
  return text;
}

}  // namespace sotto::mls::sim
