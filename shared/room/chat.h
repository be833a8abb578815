// The chat of a room, as one member sees it (security profile, section 12): each message once, with
// what the bridge has left out shown as missing. Nothing is kept for those who come later.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "room/chat_message.h"
#include "room/identity.h"
#include "room/policy.h"

namespace sotto::room {

struct ChatEntry {
  mls::LeafIndex sender;
  std::uint32_t seq = 0;
  std::string text;
  // Messages of this sender that should have come before and have not (they may still).
  std::uint32_t missing = 0;
  // The sender had seen something of somebody else's that I have not, or have seen otherwise.
  bool refers_to_unseen = false;
};

class Chat {
 public:
  // Of each sender, whose hash is still known; and of a sender, how many may be missing.
  static constexpr std::size_t kRemembered = 64;
  static constexpr std::size_t kMaxMissing = 256;
  static constexpr std::size_t kMaxPending = 256;
  // Of all, what is known when it is said again from another leaf.
  static constexpr std::size_t kMaxShown = 1024;

  explicit Chat(mls::LeafIndex own_leaf, Policy policy = {})
      : own_leaf_(own_leaf), policy_(policy) {}

  // A leaf that came while I was there: its first message is number 1.
  void add(mls::LeafIndex leaf);
  void remove(mls::LeafIndex leaf);

  // My next message, to be sent now; `again` if I have said it from another leaf, and it may have
  // been lost. kInvalidArgument for text that is none, kExhausted while too many have not come
  // back.
  Result<std::vector<std::uint8_t>> say(std::string text, std::optional<ChatHash> again = {});
  // My message has come back from the server, so everybody else gets it too. What comes back late,
  // or not at all, goes out again when the epoch moves.
  void delivered(std::uint32_t seq);
  // Another epoch has begun: what may have been lost with the old one, to be sent again. Whoever
  // has it shows it once.
  std::vector<std::vector<std::uint8_t>> resend() const;

  // A sender's signed word that this is the number of its last message; and how many of those that
  // it has said since I came have not come, as far as it has told.
  void announced(mls::LeafIndex sender, std::uint32_t seq);
  std::uint32_t held_back(mls::LeafIndex sender) const;

  // My messages' numbers, for who goes on where another run of me stopped.
  std::uint32_t last_seq() const { return seq_; }
  void go_on_after(std::uint32_t seq) { seq_ = seq; }

  // A verified message of somebody else's, `who` says it. kReplayed for one that I have.
  Result<ChatEntry> received(mls::LeafIndex sender, ByteView message, const IdentityKey& who = {});

 private:
  struct Sender {
    std::uint32_t next = 0;       // 0: not heard yet, and was there before me
    std::uint32_t before = 0;     // then: the last that it had said when I came
    std::uint32_t announced = 0;  // the last that it has said
    std::set<std::uint32_t> missing;
    std::list<std::pair<std::uint32_t, ChatHash>> hashes;
  };
  struct Pending {
    std::uint32_t seq = 0;
    std::vector<std::uint8_t> bytes;
  };

  bool is_unseen(const ChatSeen& seen) const;
  static void remember(Sender& sender, std::uint32_t seq, const ChatHash& hash);

  mls::LeafIndex own_leaf_;
  Policy policy_;
  std::uint32_t seq_ = 0;
  std::map<mls::LeafIndex, Sender> senders_;
  std::optional<ChatSeen> last_seen_;
  std::list<Pending> pending_;
  std::list<std::pair<IdentityKey, ChatHash>> shown_;
};

}  // namespace sotto::room
