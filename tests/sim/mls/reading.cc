// What members of a simulated group get from its log: in turn, too early, twice, and damaged.
#include <algorithm>

#include "sim/mls/joining.h"
#include "sim/mls/simulation.h"

namespace sotto::mls::sim {

void Simulation::deliver() {
  Member& member = somebody();
  if (!awake(member) || member.position == log_->size()) {
    if (chance(20)) read_again(member);
    return;
  }
  const std::uint64_t roll = random_.below(20);
  if (roll < 2) return count("deliveries lost");  // it will be asked for again
  if (roll < 3) return read_again(member);
  if (roll < 6) return read_early(member);
  if (roll < 7) return read_damaged(member);
  read_next(member);
  if (member.position + 40 < log_->size()) catch_up(member);
}

void Simulation::read_next(Member& member) {
  const std::size_t number = member.position++;
  if (member.early.erase(number) != 0) return;
  const Entry& entry = log_->at(number);
  const bool current = entry.epoch == member.group.epoch();
  if (!current) return must_refuse(member, entry.message, "of a past epoch");
  if (entry.kind == EntryKind::kCommit) return read_commit(member, number);
  auto handled = member.group.handle(entry.message, handling());
  if (entry.sender == member.number) {
    if (handled || handled.error() != Error::kAlreadyExists) fail("its own proposal is news to it");
    return;
  }
  if (!handled || !std::holds_alternative<StoredProposal>(*handled)) {
    fail(std::to_string(member.number) + " refuses proposal " + std::to_string(number) + ": " +
         std::string(handled ? "another thing" : name(handled.error())));
  }
}

// The first of its epoch: later ones find the epoch over.
void Simulation::read_commit(Member& member, std::size_t number) {
  const Entry& entry = log_->at(number);
  auto handled = member.group.handle(entry.message, handling());
  if (!handled) {
    return fail(std::to_string(member.number) + " refuses commit " + std::to_string(number) +
                " of " + std::to_string(entry.sender) + ": " + std::string(name(handled.error())));
  }
  if (std::holds_alternative<OwnCommit>(*handled)) {
    auto effects = member.group.merge_pending_commit();
    if (entry.sender != member.number || !effects) return fail("somebody else's commit as its own");
    release_welcomes(member, true);
    return move_on(member, *effects);
  }
  auto* staged = std::get_if<StagedCommit>(&*handled);
  if (staged == nullptr) return fail("a commit that is none");
  if (staged->effects().self_removed && chance(2)) {
    auto frozen = Group::restore(member.group.save(), {});
    if (!frozen) return fail("not restored");
    keep_outside(*std::move(frozen), entry.epoch + 1, "does not go when it is removed");
  }
  if (options_.some_take_the_last && member.number % 4 == 1 && !staged->effects().self_removed) {
    // A broken member: it prefers the last commit of the epoch to the first.
    for (std::size_t i = log_->size(); i-- > number + 1;) {
      const Entry& other = log_->at(i);
      if (other.kind != EntryKind::kCommit || other.epoch != entry.epoch) continue;
      auto last = member.group.handle(other.message, handling());
      if (!last || !std::holds_alternative<StagedCommit>(*last)) continue;
      (void)member.group.apply(std::get<StagedCommit>(*std::move(last)));
      return;
    }
  }
  auto effects = member.group.apply(std::move(*staged));
  if (!effects) return fail("not applied: " + std::string(name(effects.error())));
  release_welcomes(member, false);
  move_on(member, *effects);
}

void Simulation::move_on(Member& member, const CommitEffects& effects) {
  for (const UpdatedMember& updated : effects.updated) {
    if (updated.leaf == member.group.own_leaf() &&
        updated.before->signature_key != updated.after->signature_key) {
      member.joined_with.reset();
    }
  }
  if (!effects.added.empty() || member.group.epoch() == 0) {
    agreement_.note_newcomers(member.group.epoch());
  }
  if (effects.self_removed) {
    note(std::to_string(member.number) + " is removed");
    count("removed");
    if (member.group.active()) fail("a removed member is active");
    member.gone = true;
    const std::uint64_t epoch = member.group.epoch();
    return keep_outside(std::move(member.group), epoch + 1, "was removed");
  }
  std::string difference = agreement_.check(member.group);
  if (!difference.empty()) fail(std::to_string(member.number) + ": " + difference);
}

void Simulation::release_welcomes(Member& member, bool won) {
  const std::size_t position = member.own_commit ? *member.own_commit + 1 : 0;
  std::vector<WelcomeMessage> welcomes = std::move(member.welcomes);
  member.welcomes.clear();
  const bool own = won || member.own_commit.has_value();
  member.own_commit.reset();
  for (const WelcomeMessage& welcome : welcomes) {
    for (const Bytes& reference : welcome.references) {
      auto invited = invited_.find(reference);
      if (invited == invited_.end()) return fail("a Welcome for nobody");
      if (won) join(invited->second, welcome.message, position, false);
      // A delivery service that gives out what the committer has not released.
      if (!won && own && chance(3)) join(invited->second, welcome.message, position, true);
    }
  }
}

void Simulation::join(std::size_t invitation, ByteView welcome, std::size_t position, bool stray) {
  Invitation& invited = *invitations_[invitation];
  JoinOptions options;
  options.psks = &psks_;
  options.now = kNow;
  KeyPackage key_package = invited.package.key_package;
  auto group = Group::join(welcome, invited.package, options);
  if (invited.used) {
    if (group) fail("a KeyPackage was used twice");
    return;
  }
  if (!group) return fail(std::string("no joining: ") + std::string(name(group.error())));
  invited.used = true;
  if (Group::join(welcome, invited.package, options)) fail("one Welcome, two joiners");
  if (stray) return keep_outside(*std::move(group), 0, "joined by a commit that lost");
  std::string difference = agreement_.check(*group);
  if (!difference.empty()) return fail("a joiner: " + difference);
  auto member =
      std::make_unique<Member>(next_number_++, invited.client, *std::move(group), position);
  member->joined_with = std::move(key_package);
  note(std::to_string(member->number) + " joins by Welcome");
  count("joins by Welcome");
  members_.push_back(std::move(member));
}

// What comes before its turn changes nothing, but for a proposal of the current epoch.
void Simulation::read_early(Member& member) {
  const std::size_t number = member.position + 1 + below(4);
  if (number >= log_->size() || member.early.contains(number)) return;
  const Entry& entry = log_->at(number);
  const Bytes before = chance(4) ? member.group.save() : Bytes();
  auto handled = member.group.handle(entry.message, handling());
  count("deliveries out of order");
  if (handled && entry.epoch != member.group.epoch()) return fail("a message of another epoch");
  if (handled && std::holds_alternative<StoredProposal>(*handled)) {
    member.early.insert(number);
    return;
  }
  if (!before.empty() && member.group.save() != before) fail("looked at, and something changed");
}

void Simulation::read_again(Member& member) {
  if (member.position == 0) return;
  const std::size_t back = 1 + below(std::min<std::size_t>(6, member.position));
  const std::size_t number = member.position - back;
  count("deliveries repeated");
  must_refuse(member, log_->at(number).message, "a second time");
}

void Simulation::read_damaged(Member& member) {
  const std::size_t number = member.position + below(log_->size() - member.position);
  Bytes message = log_->at(number).message;
  message[below(message.size())] ^= static_cast<std::uint8_t>(1 + below(255));
  count("deliveries damaged");
  must_refuse(member, message, "damaged");
}

void Simulation::must_refuse(Member& member, ByteView message, std::string_view why) {
  const Bytes before = chance(8) ? member.group.save() : Bytes();
  if (member.group.handle(message, handling())) {
    return fail(std::to_string(member.number) + " takes a message " + std::string(why));
  }
  if (!before.empty() && member.group.save() != before) {
    fail("refused, and something changed: " + std::string(why));
  }
}

void Simulation::catch_up(Member& member) {
  while (failure_.empty() && !member.gone && member.position < log_->size()) {
    read_next(member);
  }
}

}  // namespace sotto::mls::sim
