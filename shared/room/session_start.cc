#include <algorithm>

#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

LinkPsk psk_of(const SessionConfig& config, const LinkKeys& keys) {
  return LinkPsk(config.room_id, config.link.gen, keys.psk());
}

}  // namespace

Membership::Membership(mls::Group joined, RoomContext of_room, Roster members,
                       const SessionConfig& config, Time now)
    : group(std::move(joined)),
      context(std::move(of_room)),
      roster(std::move(members)),
      presence(group.own_leaf(), config.policy),
      schedule(now),
      duty(group.own_leaf(), config.update_every),
      order(group.epoch(), config.policy),
      chat(group.own_leaf(), config.policy),
      code(group.own_leaf(), config.policy),
      since(now),
      first_epoch(group.epoch()),
      heard_last(now),
      listening_since(now),
      epoch_since(now) {
  for (const auto& [leaf, member] : roster.members()) {
    if (leaf == group.own_leaf()) continue;
    presence.add(leaf, now);
    traces[leaf].heard = now;
  }
}

SessionCore::SessionCore(SessionConfig of_session, LinkKeys link_keys, RandomSource& source)
    : config(std::move(of_session)),
      random(source),
      identity_policy(config.room_id, config.policy),
      keys(std::move(link_keys)),
      psk(psk_of(config, keys)),
      queue(config.room_id, config.mls_suite, config.policy),
      used(config.policy),
      pins(config.policy),
      early_handshakes(kEarlyHandshakeLife),
      early_messages(kEarlyMessageLife) {
  queue.set_link(keys);
  marks.publishes = config.publishes;
}

std::uint64_t SessionCore::unix_seconds(Time now) const {
  const auto passed = std::chrono::duration_cast<std::chrono::seconds>(now - started).count();
  return unix_at_start + static_cast<std::uint64_t>(std::max<std::int64_t>(passed, 0));
}

void SessionCore::set_state(SessionState next) {
  if (state == next) return;
  state = next;
  tell(StateChanged{state});
}

void SessionCore::start(Time now, std::uint64_t unix_now, std::size_t others) {
  if (state != SessionState::kNew) return;
  started = now;
  unix_at_start = unix_now;
  if (restored) return resume(now);
  set_state(SessionState::kJoining);
  publish_key_package(now);
  found_at = others == 0 ? now : now + kFoundAfter;
  found_latest = now + kFoundLatest;
}

// What was on its way may be lost. Commits that come twice are of an epoch that is over, and chat
// is shown once.
void SessionCore::log_followed(Time now, bool same_log) {
  if (!same_log) last_handshake = 0;
  if (key_package_stands || outside()) publish_key_package(now);
  if (in) in->listening_since = now;
  if (!inside()) return;
  if (in->commit) {
    in->duty.resent(now);
    messages.push_back({MessageKind::kHandshake, {}, in->commit->bytes});
  }
  if (!in->own_removal.empty()) {
    messages.push_back({MessageKind::kHandshake, {}, in->own_removal});
  }
  resend_chat();
  in->schedule.changed(now);
}

void SessionCore::over(EndReason reason) {
  if (state == SessionState::kOver) return;
  if (key_package_stands) withdraw_key_package();
  in.reset();
  own_key_packages.clear();
  (void)early_handshakes.take_all();
  (void)early_messages.take_all();
  outbox.clear();
  set_state(SessionState::kOver);
  tell(Ended{reason});
  frame_operations.push_back(AllGone{});
}

// After everything that comes in or is wished for: what is due by now.
void SessionCore::settle(Time now) {
  if (in && last_now + kAsleep <= now) in->listening_since = now;
  last_now = now;
  if (state == SessionState::kNew || state == SessionState::kOver) return;
  early_handshakes.expire(now);
  early_messages.expire(now);
  tend_joining(now);
  tend_rejoining(now);
  tend_other_group(now);
  if (!inside()) return;
  tend_restoring(now);
  tend_order(now);
  tend_leaving(now);
  if (!inside()) return;
  tend_commits(now);
  tend_messages(now);
  tend_views(now);
}

std::optional<Time> SessionCore::next_timeout() const {
  if (state == SessionState::kNew || state == SessionState::kOver) return std::nullopt;
  std::optional<Time> next;
  const auto consider = [&](std::optional<Time> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(found_at);
  consider(key_package_at);
  consider(choose_at);
  if (answered != Answer::kNone) consider(answer_heard + kAnswerLife);
  if (other_group) consider(other_group->heard + kApartForgotten);
  consider(early_messages.next_expiry());
  consider(early_handshakes.next_expiry());
  if (inside()) {
    consider(in->duty.next_due());
    consider(look_at);
    if (in->order.next_due() && in->group.member_count() > 1) {
      const Time heard = in->heard_in_epoch.value_or(in->epoch_since);
      consider(std::max(*in->order.next_due(), heard + kMissedSilence));
    }
    consider(views_at);
    if (can_send()) consider(in->schedule.next_due());
    if (state == SessionState::kRestoring) {
      const bool sent = wishes.update || in->commit;
      consider(restoring_since + (sent ? kRestoreGivesUp : kRestoreListens));
    }
    if (leaving_since) consider(*leaving_since + kLeaveWait);
    for (const auto& [epoch, end] : in->past) consider(end);
    for (const auto& [leaf, trace] : in->traces) {
      const Time gone = gone_at(leaf, trace);
      if (trace.absent && gone > last_now) consider(gone);
    }
    if (in->code.in_progress(last_now)) consider(last_now + kCodeLook);
    if (!queue.waiting().empty()) consider(last_now + kQueueLook);
  }
  // What cannot be done yet does not keep the caller from waiting.
  if (next && *next < last_now + kShortestWait) next = last_now + kShortestWait;
  return next;
}

}  // namespace sotto::room
