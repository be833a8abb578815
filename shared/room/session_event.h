// What a Session tells a page, or an app.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mls/wire/indices.h"
#include "room/chat.h"
#include "room/pin_store.h"
#include "room/presence.h"
#include "room/presence_tracker.h"
#include "room/room_link.h"
#include "room/session_config.h"
#include "room/short_code.h"

namespace sotto::room {

enum class SessionState : std::uint8_t {
  kNew,        // not started
  kJoining,    // waits for a Welcome
  kIn,         // is a member (perhaps alone)
  kRejoining,  // was locked out or removed as unreachable; waits for a Welcome
  kLeaving,    // has asked to be removed
  kOver,
  kRestoring,  // a native endpoint: waits for its own Update, and sends nothing under older keys
};

enum class EndReason : std::uint8_t {
  kLeft,
  kKicked,    // by a moderator; the link has changed
  kReplaced,  // the same identity has joined anew elsewhere
};

// Numbers and codes are stable; see code_of.
enum class SessionError : std::uint8_t {
  kLockedOut,       // the first valid commit does not open here: joining anew
  kMissedCommits,   // the group went on without me: joining anew
  kWelcomeRefused,  // into a group that breaks the room's rules: not joined
  kCommitRefused,   // a commit that breaks a rule has come, and changed nothing
  kNotModerator,    // what was asked for is a moderator's to do
  kCommitFailed,    // what was asked for could not be committed
  kCodeSpoilt,      // somebody showed another nonce than it had committed to
  kMessageRefused,  // an authentic message that makes no sense
  kNotLetBack,      // nobody let me back in, so I am alone: all have gone, or the link has ended
};
std::string_view code_of(SessionError error);

struct MemberView {
  mls::LeafIndex leaf;
  IdentityKey identity_key{};
  std::string name;
  bool self = false;
  bool moderator = false;
  Reachability reachability = Reachability::kUnconfirmed;
  Standing standing = Standing::kNew;  // as I have met it before
  bool caught_up = true;               // false: others hear me, this one does not
  PresenceMarks marks;                 // nothing while unconfirmed
  // Its connection, as the service claims: a hint where to look for its media, which its keys
  // prove.
  std::optional<Endpoint> endpoint;

  friend bool operator==(const MemberView&, const MemberView&) = default;
};

struct StateChanged {
  SessionState state{};
};
struct Ended {
  EndReason reason{};
};
// Somebody has come, or something about a member has changed.
struct MemberChanged {
  MemberView member;
};
enum class GoneReason : std::uint8_t { kLeft, kRemoved, kKicked, kRejoined };
struct MemberGone {
  mls::LeafIndex leaf;
  std::string name;
  GoneReason reason{};
  mls::LeafIndex by;  // the member who asked for it
};
// Nobody is waiting to be removed any more, or these are: asked for, and not confirmed yet.
struct RemovalsPending {
  std::vector<std::string> names;
};
struct ChatReceived {
  ChatEntry entry;
  std::string name;  // the sender's
};
// By its own signed word this member has said so many messages that have not come, for some seconds
// now; 0: they have come.
struct ChatHeldBack {
  mls::LeafIndex leaf;
  std::string name;
  std::uint32_t missing = 0;
};
// Several others seem to have a group of their own in this room, by the same link or an older one:
// the server's word, for anybody can write a group's name on a message. Nobody is moved who is not
// alone; a person may come in anew, where `mine_stays` is false for all of them.
struct OthersApart {
  bool apart = false;  // false: nothing is heard of them any more
  bool mine_stays = false;
};
struct ChatDelivered {
  std::uint32_t seq = 0;
};
struct ReactionReceived {
  mls::LeafIndex leaf;
  std::string reaction;
};
struct DirectCallReceived {
  mls::LeafIndex leaf;
  std::vector<std::uint8_t> message;
};
// The room's link, when I come in and after every kick.
struct LinkChanged {
  std::uint32_t gen = 0;
  LinkText fragment;
};
// From a verified commit. `by` is whose proposal it was; nobody's when I find it so on coming in.
struct RoomChanged {
  JoinPolicy join_policy{};
  bool media_encrypted = true;
  bool e2ee_permanent = false;
  bool i_am_moderator = false;
  std::optional<mls::LeafIndex> by;
};
// Somebody who holds the link waits outside, and a moderator decides (admit).
struct JoinRequested {
  Endpoint endpoint{};
  IdentityKey identity_key{};
  std::string name;
  Standing standing = Standing::kNew;
};
struct JoinWithdrawn {
  Endpoint endpoint{};
};
// Why nobody lets me in, as a moderator's device says. Who holds the link can make it up, and
// nobody else; that there is no answer, the server can bring about.
enum class Answer : std::uint8_t {
  kNone,    // not, or not any more: nobody is there who has this link, or nobody is heard
  kAsked,   // a moderator decides, and is asked
  kLocked,  // nobody new is let in
};
struct Answered {
  Answer answer{};
};
struct CodeShown {
  ShortCode code{};
  std::vector<mls::LeafIndex> participants;
};
// Nobody has heard me for too long (false), or somebody does (true): the page says so.
struct HeardByOthers {
  bool heard = true;
};
struct ErrorOccurred {
  SessionError error{};
};

using SessionEvent =
    std::variant<StateChanged, Ended, MemberChanged, MemberGone, RemovalsPending, ChatReceived,
                 ChatDelivered, ReactionReceived, DirectCallReceived, LinkChanged, RoomChanged,
                 JoinRequested, JoinWithdrawn, CodeShown, HeardByOthers, ErrorOccurred,
                 ChatHeldBack, OthersApart, Answered>;

}  // namespace sotto::room
