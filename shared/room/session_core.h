// What a Session is made of. One class in several files, by what they are about:
//
//   session_start       the life of a session: begin, timers, what was lost with a log
//   session_joining     KeyPackages and Welcomes; founding a group; leaving a lone one for another
//   session_answers     what those who wait outside are told of why
//   session_handshakes  the log: which commit counts, and being locked out
//   session_epoch       what a new epoch changes
//   session_commits     what I commit, and when
//   session_wishes      what a person asks for
//   session_messages    application messages, in both directions
//   session_views       how members look on a page
//   session_restoring   going on after a restart; saved_session: what that takes, as bytes
#pragma once

#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mls/group/group.h"
#include "room/chat.h"
#include "room/chat_on_its_way.h"
#include "room/commit_duty.h"
#include "room/commit_order.h"
#include "room/commit_rules.h"
#include "room/early_messages.h"
#include "room/group_code.h"
#include "room/identity_policy.h"
#include "room/join_queue.h"
#include "room/message_type.h"
#include "room/own_key_packages.h"
#include "room/pin_store.h"
#include "room/presence_schedule.h"
#include "room/presence_tracker.h"
#include "room/roster.h"
#include "room/session.h"
#include "room/session_timing.h"
#include "room/used_key_packages.h"
#include "room/welcome_rules.h"

namespace sotto::room {

// What a person has asked for and is not in the group's state yet.
struct Wishes {
  // Persons, wherever they sit by then. The link ends with each, though they have gone before.
  std::set<IdentityKey> kicks;
  std::set<IdentityKey> bans;
  std::set<IdentityKey> moderators;
  std::map<Endpoint, LeafIdentity> admitted;  // as whom they were shown
  std::optional<JoinPolicy> join_policy;
  std::optional<bool> media_encrypted;
  bool permanent = false;
  bool update = false;

  bool change_the_room() const {
    return !kicks.empty() || !bans.empty() || !moderators.empty() || join_policy ||
           media_encrypted || permanent;
  }
  // Those of a commit that did not win.
  void take_back(Wishes others);
  // Those that nothing holds up: an Update waits for its time.
  bool at_once() const { return change_the_room() || !admitted.empty(); }
};

// A commit of mine that is on its way through the log. Never replaced: should it come back as the
// first valid one, it counts.
struct CommitOnItsWay {
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> welcome;
  std::vector<Endpoint> welcomed;
  Wishes granted;  // back among the wishes if another commit wins
};

// What others are known by, beside the roster.
struct Trace {
  // Claimed by the service when it was last heard; before that, of its KeyPackage, if I had it.
  std::optional<Endpoint> endpoint;
  Time heard{};                // or added
  std::optional<Time> absent;  // since when the service claims that the endpoint has gone
};

// Another group in this room, as messages that come by have it.
struct OtherGroup {
  mls::Bytes id;
  Endpoint first{};      // who sends in it
  bool several = false;  // and somebody else
  bool told = false;
  Time since{};
  Time heard{};
};

// Chat that somebody says to have said.
struct ChatGap {
  Time since{};
  std::uint32_t told = 0;
};

// Me in a group.
struct Membership {
  Membership(mls::Group joined, RoomContext of_room, Roster members, const SessionConfig& config,
             Time now);

  mls::Group group;
  RoomContext context;
  Roster roster;
  PresenceTracker presence;
  PresenceSchedule schedule;
  CommitDuty duty;
  CommitOrder order;
  Chat chat;
  std::uint32_t chat_sent = 0;  // the number of the last message that has gone out
  GroupCode code;
  std::optional<mls::LeafIndex> changed_by;  // the context, until it has been told
  Time since{};
  std::uint64_t first_epoch = 0;
  std::map<mls::LeafIndex, Trace> traces;
  // Somebody else has been heard here: then I stay, whatever other groups there are.
  bool heard_anybody = false;
  Time heard_last{};       // anybody
  Time listening_since{};  // without a gap
  bool removed = false;    // I am; while rejoining
  // Of this epoch.
  Time epoch_since{};
  std::optional<Time> heard_in_epoch;
  std::optional<CommitOnItsWay> commit;
  std::vector<std::uint8_t> own_removal;  // proposed, since I am leaving
  Time own_removal_sent{};
  // Past epochs whose late messages still open, and until when.
  std::map<std::uint64_t, Time> past;
};

// What a commit of mine is to hold.
struct CommitPlan {
  std::vector<mls::LeafIndex> removed;
  std::vector<Endpoint> joiners;
  std::optional<RoomContext> context;

  bool empty() const { return removed.empty() && joiners.empty() && !context; }
};

// What a saved session brings back.
struct Restored {
  mls::Group group;
  bool heard_anybody = false;
  std::uint32_t presence_seq = 0;
  std::uint32_t chat_seq = 0;
  std::uint64_t saved_at = 0;  // seconds since 1970
};

mls::GroupOptions group_options(const IdentityPolicy& policy);

struct Outgoing {
  MessageType type{};
  std::vector<std::uint8_t> content;
  std::uint32_t chat_number = 0;  // the page's
};

class SessionCore {
 public:
  SessionCore(SessionConfig config, LinkKeys keys, RandomSource& random);

  // session_start.cc
  void start(Time now, std::uint64_t unix_seconds, std::size_t others);
  void log_followed(Time now, bool same_log);
  void settle(Time now);
  std::optional<Time> next_timeout() const;
  void over(EndReason reason);

  // session_joining.cc
  void take_key_package(const Endpoint& sender, ByteView sealed, Time now);
  void take_welcome(ByteView welcome, Time now);
  bool leads_away(const mls::Group& group) const;
  void publish_key_package(Time now);
  void withdraw_key_package();
  void found(Time now);
  bool founds_beside_others() const;
  void note_group_at_work(Time now);
  void choose_group(Time now);
  void enter(mls::Group group, Time now);
  void rejoin(Time now);
  void await_return(Time now);
  void tend_joining(Time now);
  void note_other_group(const Endpoint& sender, ByteView group_id, Time now);
  void tend_other_group(Time now);
  void tend_rejoining(Time now);

  // session_answers.cc
  void answer_waiting(Time now);
  void take_answer(ByteView sealed, Time now);
  void set_answer(Answer next);

  // session_handshakes.cc
  void take_handshake(const Endpoint& sender, ByteView message, Time now);
  void take_waiting(Time now);
  void tend_order(Time now);

  // session_epoch.cc
  void begin_epoch(const mls::CommitEffects& effects,
                   const std::vector<mls::CommittedProposal>& proposals, bool with_path, Time now);
  void removed_me(const std::vector<mls::CommittedProposal>& proposals,
                  const mls::CommitEffects& effects, const mls::Extensions& extensions_after,
                  Time now);
  void announce_epoch(bool members_added, std::vector<mls::LeafIndex> removed);

  // session_commits.cc
  void tend_commits(Time now);
  void commit_won(Time now);
  Time gone_at(mls::LeafIndex leaf, const Trace& trace) const;
  std::vector<mls::LeafIndex> to_be_removed(Time now) const;
  bool may_admit(const Endpoint& endpoint, const Joiner& joiner, Time now) const;

  // session_wishes.cc
  Result<void> wish(Time now);
  // Whom a person means: they looked at this leaf when this identity had it (if they say so).
  Result<const RosterMember*> member_shown(mls::LeafIndex leaf, const IdentityKey* shown) const;
  void drop_wishes(SessionError error);
  void leave(Time now);
  void left();
  bool still_changes_the_room() const;
  void tend_leaving(Time now);
  RoomContext context_wished_for() const;

  // session_messages.cc
  void take_application(const Endpoint& sender, ByteView message, Time now);
  Result<std::uint32_t> say(std::string text);
  void say_again(const std::map<std::uint32_t, ChatMessage>& undelivered);
  std::map<std::uint32_t, ChatMessage> undelivered_chat() const;
  void send(Outgoing outgoing);
  void send_code_messages();
  void drop_code_messages();
  void resend_chat();
  void look_for_chat(mls::LeafIndex leaf, Time now);
  void tend_messages(Time now);
  bool can_send() const;

  // session_restoring.cc
  void resume(Time now);
  void tend_restoring(Time now);
  void restored_by_own_update();
  void tend_unreadable(ByteView handshake, Time now);

  // session_views.cc
  std::vector<MemberView> views(Time now) const;
  void tend_views(Time now);

  void tell(SessionEvent event) { events.push_back(std::move(event)); }
  void tell_heard(bool heard);
  void tell_error(SessionError error) { tell(ErrorOccurred{error}); }
  void set_state(SessionState next);
  std::uint64_t unix_seconds(Time now) const;
  bool outside() const {
    return state == SessionState::kJoining || state == SessionState::kRejoining;
  }
  bool inside() const {
    return in.has_value() && (state == SessionState::kIn || state == SessionState::kLeaving ||
                              state == SessionState::kRestoring);
  }
  // In a group where nobody else has ever been heard.
  bool alone() const { return inside() && !in->heard_anybody; }

  SessionConfig config;
  RandomSource& random;
  IdentityPolicy identity_policy;
  LinkKeys keys;  // of config.link
  LinkPsk psk;
  JoinQueue queue;
  UsedKeyPackages used;
  OwnKeyPackages own_key_packages;
  PinStore pins;

  SessionState state = SessionState::kNew;
  std::optional<Membership> in;      // while rejoining, the group that I was in
  std::optional<Restored> restored;  // until start
  Time restoring_since{};
  Wishes wishes;
  PresenceMarks marks;
  std::vector<PresenceStream> streams;

  Time last_now{};
  Time started{};
  std::uint64_t unix_at_start = 0;
  std::optional<Time> found_at;
  Time found_latest{};
  std::optional<Time> key_package_at;  // when to publish a fresh one
  bool key_package_stands = false;
  std::vector<mls::Group> offers;  // other groups that have welcomed me while I am alone in mine
  std::optional<Time> choose_at;
  std::optional<OtherGroup> other_group;
  Answer answered = Answer::kNone;  // what I have been told, outside
  Time answer_heard{};
  Time answer_next{};  // when I may answer others again
  std::optional<Time> leaving_since;
  std::uint64_t last_handshake = 0;

  EarlyMessages early_handshakes;
  EarlyMessages early_messages;

  std::list<Outgoing> outbox;
  // What I say is numbered for the page; who comes back into the group begins at 1 again there.
  std::uint32_t chat_said = 0;
  std::map<std::uint32_t, std::uint32_t> chat_numbers;  // the page's: in->chat's
  ChatOnItsWay chat_on_its_way;                         // by the page's
  std::map<mls::LeafIndex, ChatGap> chat_gaps;

  std::map<mls::LeafIndex, MemberView> shown;
  std::map<mls::LeafIndex, Standing> standings;
  std::vector<std::string> removals_shown;
  std::map<Endpoint, LeafIdentity> requests_shown;
  bool views_outdated = false;
  bool requests_outdated = false;
  std::size_t joiners_at_once = kMaxJoinersAtOnce;  // fewer while their commits fail
  // Something has come that may have to be committed; when it was last looked at, and when next.
  bool commits_outdated = false;
  Time looked{};
  std::optional<Time> look_at;
  std::optional<Time> views_at;
  bool heard_by_others = true;
  bool code_shown = false;
  std::uint64_t code_epoch = 0;  // in which it was compared
  bool spoilt_shown = false;
  std::optional<RoomChanged> room_shown;

  std::list<OutgoingMessage> messages;
  std::list<SessionEvent> events;
  std::list<FrameOperation> frame_operations;
};

}  // namespace sotto::room
