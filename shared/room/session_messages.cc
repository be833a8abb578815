#include <algorithm>

#include "room/message_header.h"
#include "room/session_core.h"
#include "room/session_timing.h"

namespace sotto::room {
namespace {

bool is_code(MessageType type) {
  return type == MessageType::kCodeStart || type == MessageType::kCodeCommitment ||
         type == MessageType::kCodeReveal;
}

struct Heard {
  mls::LeafIndex leaf;
  std::uint64_t epoch = 0;
  ByteView content;
  Time now{};
};

void take_presence(SessionCore& core, const Heard& heard) {
  const auto presence = decode_presence(heard.content);
  if (!presence) return core.tell_error(SessionError::kMessageRefused);
  Membership& in = *core.in;
  const Presence* former = in.presence.presence(heard.leaf);
  const bool changed = former == nullptr || former->marks != presence->marks ||
                       in.presence.reachability(heard.leaf, heard.now) != Reachability::kPresent;
  if (!in.presence.heard(heard.leaf, *presence, heard.epoch, heard.now)) return;
  in.chat.announced(heard.leaf, presence->chat);
  core.look_for_chat(heard.leaf, heard.now);
  core.views_outdated |= changed;
  core.frame_operations.push_back(PresenceHeard{heard.leaf, heard.epoch, *presence});
}

void take_chat(SessionCore& core, const Heard& heard) {
  const LeafIdentity& who = core.in->roster.find(heard.leaf)->identity;
  auto entry = core.in->chat.received(heard.leaf, heard.content, who.identity_key);
  if (!entry) {
    if (entry.error() != Error::kReplayed) core.tell_error(SessionError::kMessageRefused);
    return;
  }
  core.tell(ChatReceived{*std::move(entry), who.name});
  core.look_for_chat(heard.leaf, heard.now);
}

void take_code(SessionCore& core, const Heard& heard) {
  Membership& in = *core.in;
  if (heard.epoch != in.group.epoch()) return;
  const auto message = decode_code_message(heard.content);
  if (!message) return core.tell_error(SessionError::kMessageRefused);
  if (const auto* start = std::get_if<CodeStart>(&*message)) {
    if (judge_code_start(*start, in.group.own_leaf(), in.presence, heard.now, core.config.policy)) {
      return;
    }
  }
  (void)in.code.handle(heard.leaf, *message, in.group.epoch_authenticator(), core.random, heard.now)
      .has_value();
  // A start that was refused, or does not name me, has begun nothing that is to be shown.
  core.code_shown = core.code_shown && in.code.code();
  core.spoilt_shown = core.spoilt_shown && in.code.spoilt_by();
  core.send_code_messages();
}

void take_content(SessionCore& core, const Heard& heard) {
  if (heard.content.empty()) return core.tell_error(SessionError::kMessageRefused);
  switch (static_cast<MessageType>(heard.content[0])) {
    case MessageType::kPresence:
      return take_presence(core, heard);
    case MessageType::kChat:
      return take_chat(core, heard);
    case MessageType::kReaction:
      if (auto reaction = decode_reaction(heard.content)) {
        core.tell(ReactionReceived{heard.leaf, *std::move(reaction)});
      }
      return;
    case MessageType::kCodeStart:
    case MessageType::kCodeCommitment:
    case MessageType::kCodeReveal:
      return take_code(core, heard);
    case MessageType::kDirectCall:
      core.tell(DirectCallReceived{heard.leaf, {heard.content.begin() + 1, heard.content.end()}});
      return;
  }
  core.tell_error(SessionError::kMessageRefused);
}

// Somebody is there: what was only claimed about the leaf is over.
void note_heard(SessionCore& core, const Endpoint& sender, const Heard& heard) {
  Membership& in = *core.in;
  in.traces[heard.leaf] = Trace{sender, heard.now, std::nullopt};
  in.heard_last = heard.now;
  if (heard.epoch == in.group.epoch()) in.heard_in_epoch = heard.now;
  if (in.heard_anybody) return;
  in.heard_anybody = true;
  core.key_package_at.reset();
  if (core.key_package_stands) {
    core.withdraw_key_package();
    in.schedule.changed(heard.now);  // whoever has it hears that I am in
  }
  if (core.config.policy.has(Rule::kLeaveOnlyAlone)) core.own_key_packages.clear();
}

}  // namespace

void SessionCore::take_application(const Endpoint& sender, ByteView message, Time now) {
  const auto header = read_message_header(message);
  if (!header || !header->application || state == SessionState::kOver) return;
  // In whichever of the epochs it was sent, and also while I am locked out.
  if (const auto own = chat_on_its_way.came_back(message)) {
    const auto seq = chat_numbers.find(*own);
    if (seq == chat_numbers.end()) return;
    if (in) in->chat.delivered(seq->second);
    chat_numbers.erase(seq);
    return tell(ChatDelivered{*own});
  }
  const bool mine = inside() && equal(header->group_id, in->group.group_id());
  const bool early = mine ? header->epoch > in->group.epoch() : outside();
  if (early) {
    note_group_at_work(now);
    if (mine) (void)in->order.before_handling(header->epoch, now).has_value();
    return early_messages.keep(sender, message, now);
  }
  if (!mine) note_other_group(sender, header->group_id, now);
  // What was opened before it was saved may have come again: only what is sent in an epoch that
  // nobody else has seen with my eyes is new.
  if (!mine || state == SessionState::kRestoring) return;
  auto handled = in->group.handle(message);
  if (!handled) return;
  const auto* application = std::get_if<mls::ApplicationMessage>(&*handled);
  if (application == nullptr || application->sender == in->group.own_leaf()) return;
  // Of who sat in the leaf before, or has gone.
  const RosterMember* member = in->roster.find(application->sender);
  if (member == nullptr) return;
  const bool anothers = member->since_epoch > application->epoch;
  if (anothers && config.policy.has(Rule::kAttribution)) return;
  const Heard heard{application->sender, application->epoch, application->content, now};
  note_heard(*this, sender, heard);
  take_content(*this, heard);
}

Result<std::uint32_t> SessionCore::say(std::string text) {
  TRY(std::vector<std::uint8_t> content, in->chat.say(std::move(text)));
  TRY(const ChatMessage message, decode_chat_message(content));
  chat_numbers[++chat_said] = message.seq;
  send({MessageType::kChat, std::move(content), chat_said});
  return chat_said;
}

std::map<std::uint32_t, ChatMessage> SessionCore::undelivered_chat() const {
  std::map<std::uint32_t, ChatMessage> messages_said;
  for (const std::vector<std::uint8_t>& content : in->chat.resend()) {
    auto message = decode_chat_message(content);
    if (!message) continue;
    if (!message->again) message->again = chat_hash(in->group.own_leaf(), content);
    for (const auto& [number, seq] : chat_numbers) {
      if (seq == message->seq) messages_said[number] = *message;
    }
  }
  return messages_said;
}

// From my new leaf, where I count from 1: new messages to the others, but for those who have them.
void SessionCore::say_again(const std::map<std::uint32_t, ChatMessage>& undelivered) {
  chat_numbers.clear();
  for (const auto& [number, before] : undelivered) {
    auto content = in->chat.say(before.text, before.again);
    const auto message = content ? decode_chat_message(*content) : fail(content.error());
    if (!message) continue;
    chat_numbers[number] = message->seq;
    send({MessageType::kChat, *std::move(content), number});
  }
}

// Messages wait while a Remove waits for its commit (RFC 9420 section 12.4), and while I am out.
bool SessionCore::can_send() const {
  return state == SessionState::kIn && in->group.stored_proposals().empty();
}

void SessionCore::send(Outgoing outgoing) {
  outbox.push_back(std::move(outgoing));
}

void SessionCore::send_code_messages() {
  for (const CodeMessage& message : in->code.take_messages()) {
    std::vector<std::uint8_t> bytes = encode(message);
    const auto type = static_cast<MessageType>(bytes[0]);
    send({type, std::move(bytes), 0});
  }
}

// They are of one epoch.
void SessionCore::drop_code_messages() {
  outbox.remove_if([](const Outgoing& outgoing) { return is_code(outgoing.type); });
}

// What has not come back may be lost with the epoch that it was sent in.
void SessionCore::resend_chat() {
  outbox.remove_if([](const Outgoing& other) { return other.type == MessageType::kChat; });
  for (const std::vector<std::uint8_t>& content : in->chat.resend()) {
    const auto message = decode_chat_message(content);
    if (!message) continue;
    for (const auto& [number, seq] : chat_numbers) {
      if (seq == message->seq) send({MessageType::kChat, content, number});
    }
  }
}

// Some seconds are granted to what overtakes, or is said again in a new epoch.
void SessionCore::look_for_chat(mls::LeafIndex leaf, Time now) {
  const std::uint32_t missing = in->chat.held_back(leaf);
  if (missing == 0 && chat_gaps.count(leaf) == 0) return;
  ChatGap& gap = chat_gaps.emplace(leaf, ChatGap{now, 0}).first->second;
  const bool late = gap.since + kChatLate <= now;
  if (missing != gap.told && (late || missing == 0)) {
    gap.told = missing;
    tell(ChatHeldBack{leaf, in->roster.find(leaf)->identity.name, missing});
  }
  if (missing == 0) chat_gaps.erase(leaf);
}

void SessionCore::tend_messages(Time now) {
  for (auto it = in->past.begin(); it != in->past.end();) {
    if (it->second > now) {
      ++it;
      continue;
    }
    in->group.forget_epoch(it->first);
    it = in->past.erase(it);
  }
  if (in->code.code() && !code_shown) {
    code_shown = true;
    code_epoch = in->group.epoch();
    tell(CodeShown{*in->code.code(), in->code.participants()});
  }
  if (in->code.spoilt_by() && !spoilt_shown) {
    spoilt_shown = true;
    tell_error(SessionError::kCodeSpoilt);
  }
  if (!can_send()) return;
  if (in->schedule.is_due(now)) {
    const auto capture_ms = static_cast<std::uint64_t>(microseconds(now) / 1000);
    Presence presence = in->schedule.make(marks, streams, capture_ms, in->presence.publishers(),
                                          in->group.member_count(), in->group.own_leaf(), now);
    in->presence.sent(presence.seq, presence.marks.publishes, now);
    presence.chat = in->chat_sent;
    send({MessageType::kPresence, encode(presence), 0});
  }
  // To whom nobody answers, somebody may have been removed who still has this epoch's keys.
  const bool heard = in->presence.may_send(now);
  for (auto it = outbox.begin(); it != outbox.end();) {
    const Outgoing& outgoing = *it;
    if (!heard && outgoing.type != MessageType::kPresence) {
      ++it;
      continue;
    }
    mls::ProtectOptions options;
    options.padding = kMessagePadding;
    auto sealed = in->group.protect(outgoing.content, options, random);
    if (!sealed) return;
    if (outgoing.chat_number != 0) {
      chat_on_its_way.sent(outgoing.chat_number, *sealed);
      const auto seq = chat_numbers.find(outgoing.chat_number);
      if (seq != chat_numbers.end()) in->chat_sent = std::max(in->chat_sent, seq->second);
    }
    messages.push_back({MessageKind::kApplication, {}, {sealed->begin(), sealed->end()}});
    it = outbox.erase(it);
  }
}

}  // namespace sotto::room
