// One participant of a room: the security profile over an MLS group, without I/O and without a
// clock. It takes what the delivery service hands it, and what a person wants; what it makes of
// that is drained from it until nothing is left:
//
//   start, handle_*, say, kick ... (now)  ->  poll_message()          to the delivery service
//                                             poll_event()            to the page
//                                             poll_frame_operation()  to whoever seals frames
//                                             next_timeout()          call handle_timeout then
//
// The delivery service (docs/protocol.md, "Delivery of group messages") is believed in nothing:
// endpoints, numbers, and who is there are its claims, and hints at most. Who is in the room, what
// they are called and what they said comes from the group alone.
//
// Nothing that comes in can make it fail: bytes that are refused leave it as it was.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "mls/bytes.h"
#include "room/frame_operation.h"
#include "room/session_config.h"
#include "room/session_event.h"

namespace sotto::room {

// The kinds of the delivery service, by its numbers.
enum class MessageKind : std::uint8_t {
  kHandshake = 1,
  kKeyPackage = 2,  // empty: takes the one that stands back
  kWelcome = 3,
  kApplication = 4,
};

struct OutgoingMessage {
  MessageKind kind{};
  std::vector<Endpoint> addressees;  // of a Welcome
  std::vector<std::uint8_t> bytes;
};

// What a restored session does not have from what was saved.
struct RestoreOptions {
  Endpoint endpoint{};  // mine, from now on
  bool publishes = false;
  Duration update_every = std::chrono::minutes(2);
  Policy policy;
};

class SessionCore;

class Session {
 public:
  // `random` must outlive it. kInvalidArgument for a room id of other than 1 to 64 bytes or no
  // identity; a bad name's error.
  static Result<std::unique_ptr<Session>> create(SessionConfig config, RandomSource& random);
  ~Session();

  // Following the log by now. `unix_seconds` is the time of day (KeyPackages have lifetimes).
  // `others` is how many other endpoints the service claims: with none there is nobody to wait for.
  void start(Time now, std::uint64_t unix_seconds, std::size_t others);

  void handle_key_package(Time now, const Endpoint& sender, ByteView sealed);
  void handle_handshake(Time now, std::uint64_t number, const Endpoint& sender, ByteView message);
  void handle_welcome(Time now, const Endpoint& sender, ByteView welcome);
  void handle_application(Time now, const Endpoint& sender, ByteView message);
  void handle_endpoint_left(Time now, const Endpoint& endpoint);
  // Following anew, after a lost connection or another bridge: what has not been confirmed is sent
  // again. What is missing shows in what comes, whatever the service says of it.
  void handle_log(Time now, bool same_log);
  // The delivery service knows me by another name from now on: call it before handle_log.
  void set_endpoint(const Endpoint& endpoint);
  void handle_timeout(Time now);

  // What a person wants. kWrongState when not (or no longer) in the room, and for whom it is not.
  Result<std::uint32_t> say(Time now, std::string text);  // the message's number
  Result<void> react(Time now, std::string_view reaction);
  Result<void> send_direct_call(Time now, ByteView message);  // security profile, section 11
  void set_marks(Time now, const PresenceMarks& marks);       // `publishes` included
  // The frame layer's counters. Announcing a new stream says so at once.
  void set_streams(Time now, std::vector<PresenceStream> streams);
  void leave(Time now);
  // Fresh keys of mine. Put off until 30 s after the last commit of anybody's that brought some
  // (security profile, section 9: one Update in 30 s and group), or until I commit something else.
  Result<void> update(Time now);
  // Moderators. They hold until they have been committed, or refused (ErrorOccurred). `shown` is
  // whom a person has seen in this leaf; kNotFound once somebody else has it.
  Result<void> kick(Time now, mls::LeafIndex leaf, bool ban, const IdentityKey* shown = nullptr);
  Result<void> set_join_policy(Time now, JoinPolicy join_policy);
  Result<void> set_media_encrypted(Time now, bool encrypted);
  Result<void> make_permanent(Time now);
  Result<void> make_moderator(Time now, mls::LeafIndex leaf, const IdentityKey* shown = nullptr);
  Result<void> admit(Time now, const Endpoint& endpoint);
  void turn_away(Time now, const Endpoint& endpoint);

  // The group code, among the confirmed members; and a person's "they match", of the code that they
  // were shown (kNotFound once there is another), or two fingerprints compared.
  Result<void> start_code(Time now);
  Result<void> confirm_code(Time now, ByteView shown);
  // Of whom a person has seen in this leaf; kNotFound once somebody else has it.
  Result<void> confirm_fingerprint(Time now, mls::LeafIndex leaf, const IdentityKey& shown);
  Result<void> accept_change(Time now, mls::LeafIndex leaf, const IdentityKey& shown);
  // Whom this device has met; to be kept by the caller.
  std::vector<std::uint8_t> save_pins() const;
  Result<void> restore_pins(ByteView saved);

#ifndef __EMSCRIPTEN__
  // For native endpoints: all that it takes to go on as this member, with every secret, to be
  // sealed by the caller (saved_session.cc). kWrongState while there is nothing to go on with: then
  // link and identity are enough. Whoever is restored asks for handshakes after last_handshake(),
  // and sends nothing until its own Update has come back as the first valid commit, since a copy of
  // it may have gone on (security profile, section 7). If it never does, it joins anew.
  Result<mls::Bytes> save() const;
  // Of what is no saved session: kMalformed, kTruncated, kUnsupported. Then start().
  static Result<std::unique_ptr<Session>> restore(ByteView saved, RestoreOptions options,
                                                  RandomSource& random);
#endif

  // Until they give nothing.
  std::optional<OutgoingMessage> poll_message();
  std::optional<SessionEvent> poll_event();
  std::optional<FrameOperation> poll_frame_operation();
  // When to call handle_timeout at the latest; never is nothing.
  std::optional<Time> next_timeout() const;

  SessionState state() const;
  // The log number up to which handshakes have come: `after` when following anew.
  std::uint64_t last_handshake() const;
  std::vector<MemberView> members(Time now) const;
  // Of me or a member, for comparing (short_code.h); empty for a leaf that nobody has.
  std::string fingerprint_of(mls::LeafIndex leaf) const;
  // Nothing before I am in.
  std::optional<std::uint64_t> epoch() const;
  std::optional<mls::LeafIndex> own_leaf() const;
  // Equal for those who are in one group, in one epoch, with one history; says nothing else.
  std::vector<std::uint8_t> agreement() const;

 private:
  friend struct SessionAccess;  // defined by tests only
  explicit Session(std::unique_ptr<SessionCore> core);
  std::unique_ptr<SessionCore> core_;
};

}  // namespace sotto::room
