#include <algorithm>

#include "room/message_header.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

// What another run of me may have said since it was saved, at most: numbers that come again would
// be taken for replays. Of chat, others see the numbers that are left out as missing.
constexpr std::uint64_t kPresencePerSecond = 16;
constexpr std::uint64_t kPresenceAtOnce = 1024;
constexpr std::uint64_t kLongestChat = 64;

std::uint32_t later(std::uint32_t seq, std::uint64_t numbers) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(seq + numbers, UINT32_MAX - 1));
}

}  // namespace

// As a member, in the group as it was saved. The keys of that epoch seal nothing and open nothing
// here: a copy of me may have sealed with them, and what I opened I would open again.
void SessionCore::resume(Time now) {
  Restored back = *std::move(restored);
  restored.reset();
  auto context = room_context_of(back.group.context().extensions);
  auto roster = Roster::of(back.group.members(), back.group.epoch());
  if (!context || !roster) return over(EndReason::kLeft);  // Session::restore has looked
  for (const std::uint64_t epoch : back.group.past_epochs()) back.group.forget_epoch(epoch);
  in.emplace(std::move(back.group), *std::move(context), *std::move(roster), config, now);
  in->heard_anybody = back.heard_anybody;
  in->duty.begin_epoch(in->group.epoch(), true, now);
  const std::uint64_t today = unix_seconds(now);
  const std::uint64_t since = today > back.saved_at ? today - back.saved_at : 0;
  in->schedule.go_on_after(
      later(back.presence_seq,
            kPresenceAtOnce + std::min<std::uint64_t>(since, UINT32_MAX) * kPresencePerSecond));
  in->chat.go_on_after(later(back.chat_seq, std::clamp<std::uint64_t>(since, 1, kLongestChat)));
  in->schedule.set_publishes(marks.publishes, now);
  restoring_since = now;
  const bool waits = config.policy.has(Rule::kRestoreUpdates);
  set_state(waits ? SessionState::kRestoring : SessionState::kIn);
  tell(LinkChanged{config.link.gen, format_link(config.link)});
  announce_epoch(false, {});
  views_outdated = true;
}

void SessionCore::tend_restoring(Time now) {
  if (state != SessionState::kRestoring) return;
  if (restoring_since + kRestoreListens <= now && !in->commit) {
    wishes.update = commits_outdated = true;
  }
  if (restoring_since + kRestoreGivesUp > now) return;
  tell_error(SessionError::kLockedOut);
  rejoin(now);
}

// A commit that another run of me made cannot be read here, since its key has been used up, or was
// never this run's: the group may have gone on with it, and my own would lead nowhere. Whoever
// makes such bytes up has me join anew, at worst.
void SessionCore::tend_unreadable(ByteView handshake, Time now) {
  if (state != SessionState::kRestoring) return;
  const auto header = read_message_header(handshake);
  if (!header || !header->commit) return;
  tell_error(SessionError::kLockedOut);
  rejoin(now);
}

// Nobody else can be in the epoch that begins now with my leaf: its keys come from a path that this
// run of me has made. An Update by anybody else would leave two runs of me under the same keys.
void SessionCore::restored_by_own_update() {
  if (state != SessionState::kRestoring) return;
  set_state(SessionState::kIn);
  for (const std::uint64_t epoch : in->group.past_epochs()) in->group.forget_epoch(epoch);
}

}  // namespace sotto::room
