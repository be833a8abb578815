// What members and newcomers send to the log of a simulated group.
#include "sim/mls/joining.h"
#include "sim/mls/simulation.h"

namespace sotto::mls::sim {

std::optional<Proposal> Simulation::add_somebody(const Group& group) {
  const std::size_t client = below(clients_.size());
  if (is_inside(clients_[client], group)) return {};
  // Now and then with the signature key that it had before.
  if (chance(2)) clients_[client].signature_key = SignatureKeyPair::generate(keys_);
  return invite(client);
}

std::optional<Proposal> Simulation::invite(std::size_t client) {
  auto package = key_package_of(clients_[client], keys_);
  if (!package) {
    fail("no KeyPackage");
    return {};
  }
  Proposal add{Add{package->key_package}};
  invited_[package->reference()] = invitations_.size();
  invitations_.push_back(std::make_unique<Invitation>(Invitation{client, *std::move(package)}));
  return add;
}

std::optional<Proposal> Simulation::remove_somebody(const Group& group) {
  auto all = group.members();
  const LeafIndex leaf = all[below(all.size())].leaf;
  if (leaf == group.own_leaf()) return {};
  return Proposal{Remove{leaf}};
}

Proposal Simulation::external_psk() {
  PreSharedKey psk;
  psk.psk.psk_id = to_bytes(as_bytes("psk " + std::to_string(below(4))));
  return {psk};
}

// Of the epoch before, if everybody was there.
std::optional<Proposal> Simulation::resumption_psk(const Group& group) {
  if (group.epoch() < 2 || agreement_.has_newcomers(group.epoch())) return {};
  PreSharedKey psk;
  psk.psk.psktype = PskType::kResumption;
  psk.psk.usage = ResumptionPskUsage::kApplication;
  psk.psk.psk_group_id = group.group_id();
  psk.psk.psk_epoch = group.epoch() - 1;
  return Proposal{psk};
}

Proposal Simulation::new_extensions() {
  Extension extension{kSimulatedExtension, Bytes(1 + below(20))};
  random_.fill(extension.extension_data);
  return {GroupContextExtensions{{std::move(extension)}}};
}

void Simulation::add_proposals(Member& member, CommitOptions& options) {
  const Group& group = member.group;
  auto put = [&](std::optional<Proposal> proposal) {
    if (proposal) options.proposals.push_back(*std::move(proposal));
  };
  if (chance(3)) return;
  const bool few = group.member_count() < options_.members;
  if (few || chance(4)) put(add_somebody(group));
  if (few && chance(2)) put(add_somebody(group));
  if ((!few && chance(2)) || chance(5)) put(remove_somebody(group));
  if (chance(6)) put(external_psk());
  if (chance(12)) put(new_extensions());
  if (options.proposals.empty() && chance(2)) {
    put(resumption_psk(group));
    options.stored_proposals = options.proposals.empty();
    if (!options.proposals.empty()) count("resumption PSKs");
  }
}

void Simulation::commit(Member& member, bool may_be_lost) {
  // As long as it does not know whether its commit has won, it makes no other.
  if (member.own_commit || !member.group.active()) return;
  CommitOptions options;
  options.psks = &psks_;
  options.now = kNow;
  options.path = !chance(4);
  options.welcome_each = chance(2);
  add_proposals(member, options);
  const bool stored = options.stored_proposals && !member.group.stored_proposals().empty();
  if (chance(8)) {
    options.leaf_node.signature_key = SignatureKeyPair::generate(keys_);
    options.path = true;
    member.joined_with.reset();
  }
  std::string list;
  for (const Proposal& proposal : options.proposals) {
    list += " " + std::to_string(static_cast<int>(proposal.proposal_type()));
  }
  auto messages = member.group.commit(std::move(options), keys_);
  note(std::to_string(member.number) + " commits in epoch " + std::to_string(member.group.epoch()) +
       ", proposals" + list + (stored ? " and stored" : ""));
  // Two Adds of one client in one list, which came from this simulation's dice.
  if (!messages && messages.error() == Error::kMalformed) return count("lists refused");
  if (!messages) return fail(std::string("no commit: ") + std::string(name(messages.error())));
  if (stored) count("commits with stored proposals");
  member.welcomes = std::move(messages->welcomes);
  if (may_be_lost && chance(20)) {
    note("... which is lost on its way");
    return count("commits lost");
  }
  const std::uint64_t epoch = member.group.epoch();
  const std::size_t number =
      log_->append({EntryKind::kCommit, epoch, member.number, std::move(messages->commit)});
  member.own_commit = number;
  count(log_->wins(number) ? "commits that won" : "commits that lost");
}

void Simulation::propose(Member& member) {
  if (!member.group.active()) return;
  const std::uint64_t roll = random_.below(10);
  Result<Bytes> message = sotto::fail(Error::kNotFound);
  ProposeOptions options;
  options.now = kNow;
  if (roll < 4) {
    message = member.group.propose_update({}, options, keys_);
  } else {
    std::optional<Proposal> proposal;
    if (roll < 6) proposal = add_somebody(member.group);
    if (roll == 6) proposal = remove_somebody(member.group);
    if (roll == 7) proposal = external_psk();
    if (roll == 8) proposal = new_extensions();
    if (roll == 9) proposal = Proposal{Remove{member.group.own_leaf()}};  // it leaves
    if (!proposal) return;
    message = member.group.propose(*std::move(proposal), options, keys_);
  }
  // A restored member keeps quiet until the epoch has moved on; and to remove the same one again is
  // the same proposal.
  const bool in_order = !message && (message.error() == Error::kWrongState ||
                                     message.error() == Error::kAlreadyExists);
  if (in_order) return count("proposals not sent");
  if (!message) return fail(std::string("no proposal: ") + std::string(name(message.error())));
  note(std::to_string(member.number) + " proposes, kind " + std::to_string(roll));
  if (chance(10)) {
    const Bytes reference = member.group.stored_proposals().back()->reference;
    if (!member.group.drop_proposal(reference)) fail("a proposal that cannot be dropped");
    return count("proposals lost");
  }
  log_->append({EntryKind::kProposal, member.group.epoch(), member.number, *std::move(message)});
  count("proposals");
}

// Somebody new, or a member who has lost everything but its credential and so takes its own place.
void Simulation::join_externally() {
  Member& informant = somebody();
  if (!informant.group.active()) return;
  GroupInfoOptions info_options;
  info_options.external_pub = true;
  auto info = informant.group.group_info(info_options, keys_);
  if (!info) return fail("no GroupInfo");
  ExternalJoinOptions options;
  options.psks = &psks_;
  options.now = kNow;
  if (chance(3)) options.psk_ids.push_back(external_psk().as<PreSharedKey>()->psk);

  Member* former = nullptr;
  std::size_t client = below(clients_.size());
  if (chance(2) || is_inside(clients_[client], informant.group)) {
    former = &somebody();
    if (former == &informant || former->group.epoch() != informant.group.epoch()) return;
    if (former->own_commit) return;
    client = former->client;
    options.resync = former->group.own_leaf();
  }
  options.leaf_node = leaf_of(clients_[client]);
  const std::uint64_t epoch = informant.group.epoch();
  auto joined =
      Group::join_externally(*info, std::move(options), SignatureKeyPair::generate(keys_), keys_);
  if (!joined) return fail(std::string("no external commit: ") + std::string(name(joined.error())));
  const std::size_t sender = next_number_++;
  note(std::to_string(sender) + (former ? " returns" : " joins") + " by an external commit in " +
       std::to_string(epoch));
  const std::size_t number =
      log_->append({EntryKind::kCommit, epoch, sender, std::move(joined->commit)});
  if (!log_->wins(number)) {
    count("external commits that lost");
    return keep_outside(std::move(joined->group), 0, "its external commit came too late");
  }
  count(former ? "members who returned" : "external commits that won");
  agreement_.note_newcomers(epoch + 1);
  auto member = std::make_unique<Member>(sender, client, std::move(joined->group), number + 1);
  std::string difference = agreement_.check(member->group);
  if (!difference.empty()) return fail("an external joiner: " + difference);
  members_.push_back(std::move(member));
}

// A native endpoint stores its group and takes it up again.
void Simulation::reload(Member& member) {
  if (member.own_commit || !awake(member)) return;
  auto restored = Group::restore(member.group.save(), {});
  if (!restored) return fail("not restored");
  member.group = *std::move(restored);
  if (member.group.protect(as_bytes("too early"), {}, keys_)) {
    return fail("a restored member spoke with keys that may have been used");
  }
  note(std::to_string(member.number) + " is restored");
  count("restored");
}

// The KeyPackage of a member does not come in a second time.
void Simulation::reuse_key_package(Member& member) {
  Member& other = somebody();
  if (!other.joined_with || member.own_commit) return;
  bool inside = false;
  for (const auto& one : member.group.members()) {
    inside = inside || one.leaf_node->signature_key == other.joined_with->leaf_node.signature_key;
  }
  if (!inside) return;
  CommitOptions options;
  options.stored_proposals = false;
  options.proposals.push_back({Add{*other.joined_with}});
  const Bytes before = member.group.save();
  if (member.group.commit(std::move(options), keys_)) fail("a KeyPackage was added twice");
  if (member.group.save() != before) fail("a commit that was none has changed the group");
  count("KeyPackages refused");
}

}  // namespace sotto::mls::sim
