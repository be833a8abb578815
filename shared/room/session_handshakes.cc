#include <algorithm>

#include "room/message_header.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

bool judged_valid(const CommitFacts& facts, const SessionCore& core) {
  const Secret<32> mac_key = core.keys.key_package_mac_key();
  const RoomView room{core.in->context, core.in->roster, mac_key};
  return !judge_commit(facts, room, core.config.policy);
}

// An authentic proposal. Nobody refers to it in a commit if the rules are against it; still it
// goes, or it would hold up messages.
void take_proposal(SessionCore& core, const mls::StoredProposal& stored) {
  if (judge_proposal(stored.sender, *stored.proposal, core.config.policy)) {
    core.in->group.drop_proposal(stored.reference);
  }
  core.views_outdated = core.commits_outdated = true;
}

void apply_commit(SessionCore& core, mls::StagedCommit staged, Time now) {
  const std::vector<mls::CommittedProposal> proposals = staged.proposals();
  const mls::Extensions extensions_after = staged.after().extensions;
  const bool with_path = staged.has_path();
  auto effects = core.in->group.apply(std::move(staged));
  if (!effects) return;
  if (effects->self_removed) {
    core.removed_me(proposals, *effects, extensions_after, now);
  } else {
    core.begin_epoch(*effects, proposals, with_path, now);
  }
}

void take_commit(SessionCore& core, mls::StagedCommit staged, Time now) {
  const bool valid = judged_valid(CommitFacts::of(staged), core);
  if (!valid) core.tell_error(SessionError::kCommitRefused);
  const CommitFate fate =
      core.in->order.after_handling(valid ? CommitOutcome::kValid : CommitOutcome::kRefused);
  if (fate == CommitFate::kApply) apply_commit(core, std::move(staged), now);
}

void take_unopened(SessionCore& core, const mls::UnopenedPath& unopened, Time now) {
  const CommitFacts facts{unopened.committer, unopened.external, unopened.proposals,
                          unopened.effects, unopened.extensions_after};
  const bool valid = judged_valid(facts, core);
  const CommitFate fate =
      core.in->order.after_handling(valid ? CommitOutcome::kPathUnopened : CommitOutcome::kRefused);
  if (fate != CommitFate::kRejoin) return;
  core.tell_error(SessionError::kLockedOut);
  core.rejoin(now);
}

void take_current(SessionCore& core, ByteView message, Time now) {
  std::optional<mls::UnopenedPath> unopened;
  mls::HandleOptions options;
  options.psks = &core.psk;
  options.unopened_path = &unopened;
  auto handled = core.in->group.handle(message, options);
  if (!handled) {
    if (unopened) return take_unopened(core, *unopened, now);
    core.tend_unreadable(message, now);
    return;
  }
  if (const auto* stored = std::get_if<mls::StoredProposal>(&*handled)) {
    take_proposal(core, *stored);
  } else if (auto* staged = std::get_if<mls::StagedCommit>(&*handled)) {
    take_commit(core, std::move(*staged), now);
  } else if (std::holds_alternative<mls::OwnCommit>(*handled)) {
    core.commit_won(now);
  }
}

}  // namespace

void SessionCore::take_handshake(const Endpoint& sender, ByteView message, Time now) {
  if (judge_handshake(message, config.policy)) return;
  const auto header = read_message_header(message);
  if (!header || header->application || state == SessionState::kOver) return;
  const bool mine = inside() && equal(header->group_id, in->group.group_id());
  if (!mine) {
    note_other_group(sender, header->group_id, now);
    // Of a group that I am being welcomed into, perhaps.
    note_group_at_work(now);
    if (outside() || alone()) early_handshakes.keep(sender, message, now);
    return;
  }
  const auto fate = in->order.before_handling(header->epoch, now);
  if (fate == CommitFate::kKeep) early_handshakes.keep(sender, message, now);
  if (fate) return;
  take_current(*this, message, now);
  take_waiting(now);
}

// Whatever came before its epoch, in the order of the log.
void SessionCore::take_waiting(Time now) {
  const auto current = [&](ByteView message) {
    const auto header = read_message_header(message);
    return header && equal(header->group_id, in->group.group_id()) &&
           header->epoch == in->group.epoch();
  };
  while (inside()) {
    const auto next = early_handshakes.take_first(current);
    if (!next) break;
    take_current(*this, next->bytes, now);
  }
  if (!inside()) return;
  early_handshakes.erase_if([&](ByteView message) {
    const auto header = read_message_header(message);
    const bool other = !header || !equal(header->group_id, in->group.group_id());
    return other ? !alone() : header->epoch < in->group.epoch();
  });
  early_messages.expire(now);
  for (const EarlyMessage& waiting : early_messages.take_all()) {
    take_application(waiting.sender, waiting.bytes, now);
  }
}

// A later epoch has been spoken of, and its commit does not come. Anybody can write a number on a
// message, so what counts is that nobody is heard in my epoch any more.
void SessionCore::tend_order(Time now) {
  if (!in->order.gave_up(now) || state != SessionState::kIn) return;
  const Time heard = in->heard_in_epoch.value_or(in->epoch_since);
  if (heard + kMissedSilence > now) return;
  if (in->group.member_count() == 1) return;
  tell_error(SessionError::kMissedCommits);
  rejoin(now);
}

}  // namespace sotto::room
