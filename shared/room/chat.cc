#include "room/chat.h"

#include <algorithm>

namespace sotto::room {

void Chat::add(mls::LeafIndex leaf) {
  senders_[leaf] = Sender{};
  senders_[leaf].next = 1;
}

void Chat::remove(mls::LeafIndex leaf) {
  senders_.erase(leaf);
  if (last_seen_ && last_seen_->leaf == leaf) last_seen_.reset();
}

Result<std::vector<std::uint8_t>> Chat::say(std::string text, std::optional<ChatHash> again) {
  if (pending_.size() >= kMaxPending) return fail(Error::kExhausted);
  TRY(std::vector<std::uint8_t> && bytes,
      encode(ChatMessage{seq_ + 1, last_seen_, std::move(text), again}));
  ++seq_;
  remember(senders_[own_leaf_], seq_, chat_hash(own_leaf_, bytes));
  pending_.push_back({seq_, bytes});
  return bytes;
}

void Chat::delivered(std::uint32_t seq) {
  pending_.remove_if([&](const Pending& pending) { return pending.seq == seq; });
}

std::vector<std::vector<std::uint8_t>> Chat::resend() const {
  std::vector<std::vector<std::uint8_t>> messages;
  for (const Pending& pending : pending_) messages.push_back(pending.bytes);
  return messages;
}

void Chat::remember(Sender& sender, std::uint32_t seq, const ChatHash& hash) {
  sender.hashes.emplace_back(seq, hash);
  if (sender.hashes.size() > kRemembered) sender.hashes.pop_front();
}

Result<ChatEntry> Chat::received(mls::LeafIndex leaf, ByteView bytes, const IdentityKey& who) {
  TRY(ChatMessage && message, decode_chat_message(bytes));
  if (leaf == own_leaf_) return fail(Error::kReplayed);
  Sender& sender = senders_[leaf];
  if (sender.next == 0) {
    sender.next = message.seq;
    if (sender.before != 0) sender.next = std::min(message.seq, sender.before + 1);
  }
  if (message.seq < sender.next || message.seq == UINT32_MAX) {
    const bool late = sender.missing.erase(message.seq) != 0;
    if (!late && policy_.has(Rule::kChatOnce)) return fail(Error::kReplayed);
  }
  // Numbers far ahead cost nothing: of a long gap only the end is waited for.
  const std::uint32_t gap = message.seq > sender.next ? message.seq - sender.next : 0;
  const std::uint32_t wait = std::min(gap, static_cast<std::uint32_t>(kMaxMissing));
  for (std::uint32_t i = wait; i > 0; --i) sender.missing.insert(message.seq - i);
  while (sender.missing.size() > kMaxMissing) sender.missing.erase(sender.missing.begin());
  if (message.seq >= sender.next) sender.next = message.seq + 1;

  ChatEntry entry{leaf, message.seq, std::move(message.text), 0, false};
  entry.missing = static_cast<std::uint32_t>(
      std::distance(sender.missing.begin(), sender.missing.lower_bound(message.seq)));
  entry.refers_to_unseen = message.seen && is_unseen(*message.seen);
  const ChatHash hash = chat_hash(leaf, bytes);
  remember(sender, message.seq, hash);
  last_seen_ = ChatSeen{leaf, message.seq, hash};
  // Each one's own: nobody else can say what is taken for it.
  const std::pair shown(who, message.again.value_or(hash));
  const bool known = std::find(shown_.begin(), shown_.end(), shown) != shown_.end();
  if (known && message.again && policy_.has(Rule::kChatOnce)) return fail(Error::kReplayed);
  if (!known) shown_.push_back(shown);
  if (shown_.size() > kMaxShown) shown_.pop_front();
  return entry;
}

void Chat::announced(mls::LeafIndex leaf, std::uint32_t seq) {
  if (seq == 0 || seq == UINT32_MAX || leaf == own_leaf_) return;
  Sender& sender = senders_[leaf];
  if (sender.next == 0 && sender.before == 0) sender.before = seq;
  sender.announced = std::max(sender.announced, seq);
}

std::uint32_t Chat::held_back(mls::LeafIndex leaf) const {
  const auto found = senders_.find(leaf);
  if (found == senders_.end()) return 0;
  const Sender& sender = found->second;
  const std::uint32_t last = sender.next != 0 ? sender.next - 1 : sender.before;
  const std::uint32_t ahead = sender.announced > last ? sender.announced - last : 0;
  const auto missing = static_cast<std::uint32_t>(sender.missing.size());
  return std::min<std::uint32_t>(ahead, kMaxMissing) + missing;
}

// Unknown is not unseen: what was said before I came, or long ago.
bool Chat::is_unseen(const ChatSeen& seen) const {
  const auto found = senders_.find(seen.leaf);
  if (found == senders_.end()) return false;
  const Sender& sender = found->second;
  for (const auto& [seq, hash] : sender.hashes) {
    if (seq == seen.seq) return hash != seen.hash;
  }
  if (seen.leaf == own_leaf_) return seen.seq > seq_;
  if (sender.next == 0) return false;
  return seen.seq >= sender.next || sender.missing.count(seen.seq) != 0;
}

}  // namespace sotto::room
