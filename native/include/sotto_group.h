// Groups for native endpoints: a room's members agree on keys by MLS (RFC 9420) over any ordered
// transport of the app's, and seal frames under them. The C interface of Sotto's core, like
// sotto_e2ee.h, whose rules all hold here.
//
// A group does no I/O and has no thread and no clock:
//
//   network    -> sotto_group_receive(), _endpoint_left(), _reconnected()
//   clock      -> sotto_group_timeout(), at sotto_group_next_timeout()
//   a person   -> sotto_group_say(), _kick() ...
//   after each -> sotto_group_poll_message() until SOTTO_E_NOT_FOUND: to be sent
//                 sotto_group_poll_event() until SOTTO_E_NOT_FOUND: to be shown
//
// The transport is trusted with the delivery and with nothing else. What it has to do:
//
//   SOTTO_GROUP_HANDSHAKE    to everybody, the sender too, in one order for all, with rising
//   numbers
//                            and no gap; kept for some minutes for those who come back
//   SOTTO_GROUP_KEY_PACKAGE  one for each connection, a new one in place of the old, none when it
//   is
//                            empty or the connection has ended; to all others, and to who comes
//                            later
//   SOTTO_GROUP_WELCOME      to the addressees that have a key package standing; kept until they
//                            take it back
//   SOTTO_GROUP_APPLICATION  to everybody, the sender too; may be lost
//
// Time: `now_us` is one clock in microseconds from 0 on, for a group and its frames; an earlier
// value than before counts as the one before. Texts are UTF-8; those that go in end with NUL.
//
// After SOTTO_E_NO_MEMORY from a function that takes a sotto_group that is not const the group is
// over: everything but sotto_group_destroy() is SOTTO_E_WRONG_STATE, and nothing is sealed any
// more.
//
// Besides frames, three things leave that are secret: an identity, made for the app to keep; the
// room's link, which people hand on; and a saved group, sealed under the app's key.
#ifndef SOTTO_GROUP_H
#define SOTTO_GROUP_H

#include "sotto_e2ee.h"

#ifdef __cplusplus
extern "C" {
#endif

// One member of one room.
typedef struct sotto_group sotto_group;

// The frames of a group: what seals and opens them. Its own handle, so that media may have its own
// thread.
typedef struct sotto_group_frames sotto_group_frames;

#define SOTTO_GROUP_ENDPOINT_SIZE 16   // a connection's name: random, another for each connection
#define SOTTO_GROUP_IDENTITY_SIZE 32   // secret: who somebody is, from call to call
#define SOTTO_GROUP_KEY_SIZE 32        // of sotto_group_save()
#define SOTTO_GROUP_AGREEMENT_SIZE 16  // of sotto_group_agreement()
#define SOTTO_GROUP_CODE_SIZE 7        // of sotto_group_confirm_code()

// What travels, by the numbers of Sotto's own bridge.
enum {
  SOTTO_GROUP_HANDSHAKE = 1,
  SOTTO_GROUP_KEY_PACKAGE = 2,
  SOTTO_GROUP_WELCOME = 3,
  SOTTO_GROUP_APPLICATION = 4
};

// Whom a room lets in.
enum {
  SOTTO_GROUP_OPEN = 0,   // whoever holds the link
  SOTTO_GROUP_KNOCK = 1,  // whom a moderator admits
  SOTTO_GROUP_LOCKED = 2  // nobody new
};

// What a group is to be. Set struct_size to sizeof(sotto_group_options), and the rest to zero
// first.
typedef struct sotto_group_options {
  uint32_t struct_size;     // sizeof(sotto_group_options), the caller's
  uint32_t mls_suite;       // of RFC 9420: 0 or 3 (ChaCha20-Poly1305), 1 (AES-128-GCM)
  const char* room;         // 1 to 64 bytes
  const char* link;         // the fragment of the room's link, without "#": 0.<43 characters>
  const char* name;         // as the others see it
  const uint8_t* endpoint;  // mine: SOTTO_GROUP_ENDPOINT_SIZE bytes
  const uint8_t* identity;  // what sotto_group_identity() gave; wipe yours after the call
  const char* lock_path;    // a file to be locked while the group lives, or NULL: it is never saved
  uint32_t publishes;       // 0 or 1: whether I send media
  // Of a room that I found, being the first:
  uint32_t join_policy;         // SOTTO_GROUP_OPEN, ...
  uint32_t media_in_clear;      // 1: frames are not encrypted
  uint32_t encrypted_for_good;  // 1: and nobody can ever switch encryption off
  uint32_t frame_suite;  // SOTTO_SUITE_*, which all frames are sealed with; a room whose tags
                         // are short lets in who names the same
  uint32_t reserved;     // 0
} sotto_group_options;

// Makes an identity: SOTTO_GROUP_IDENTITY_SIZE bytes for the app to keep in a safe place.
SOTTO_API sotto_status sotto_group_identity(uint8_t* identity, size_t identity_size);

// Makes a group that has not started. SOTTO_E_INVALID_ARGUMENT for a name or a room that cannot be,
// SOTTO_E_MALFORMED for a link that is none, SOTTO_E_UNSUPPORTED for a suite; SOTTO_E_NOT_FOUND
// when lock_path cannot be opened, SOTTO_E_WRONG_STATE when another group has it locked. *group is
// NULL after an error.
SOTTO_API sotto_status sotto_group_create(const sotto_group_options* options, sotto_group** group);

// Ends the group here at once, without good-bye (sotto_group_leave() says it), wipes its keys and
// unlocks its file. Its frames may live on, and open and seal nothing. Once: a second time is as
// bad as with free().
SOTTO_API void sotto_group_destroy(sotto_group* group);

// The transport delivers from now on. `others` is how many other connections it knows of: with none
// I found the room. `unix_seconds` is the time of day.
SOTTO_API sotto_status sotto_group_start(sotto_group* group, size_t others, int64_t now_us,
                                         uint64_t unix_seconds);

// A message has come, in the order of the transport. `sender` is SOTTO_GROUP_ENDPOINT_SIZE bytes,
// as the transport claims; `number` that of a handshake, else 0. Whatever the bytes are, it is
// SOTTO_OK: what cannot be believed changes nothing.
SOTTO_API sotto_status sotto_group_receive(sotto_group* group, uint32_t kind, const uint8_t* sender,
                                           uint64_t number, const uint8_t* bytes, size_t size,
                                           int64_t now_us);

// The transport says that another connection has ended.
SOTTO_API sotto_status sotto_group_endpoint_left(sotto_group* group, const uint8_t* endpoint,
                                                 int64_t now_us);

// The connection was lost and is back, as `endpoint` (NULL: the same as before). `same_log` 1: the
// transport still counts as before, and what it has after sotto_group_last_handshake() follows.
SOTTO_API sotto_status sotto_group_reconnected(sotto_group* group, const uint8_t* endpoint,
                                               uint32_t same_log, int64_t now_us);

// What is due by now. Also after the first frame of a stream has been sealed, so that the others
// hear of it at once: they play nothing that was not announced.
SOTTO_API sotto_status sotto_group_timeout(sotto_group* group, int64_t now_us);

// When to call sotto_group_timeout() at the latest. SOTTO_E_NOT_FOUND: never.
SOTTO_API sotto_status sotto_group_next_timeout(const sotto_group* group, int64_t* at_us);

// To be sent. What it points to is the group's, until the next call of sotto_group_poll_message().
typedef struct sotto_group_message {
  uint32_t struct_size;       // sizeof(sotto_group_message), the caller's
  uint32_t kind;              // SOTTO_GROUP_HANDSHAKE, ...
  const uint8_t* addressees;  // of a Welcome: their endpoints, one behind the other
  size_t addressee_count;     // 0 otherwise: for everybody
  const uint8_t* bytes;       // the message
  size_t size;                // its bytes; 0 takes a key package back
} sotto_group_message;

// The next message. SOTTO_E_NOT_FOUND: there is none.
SOTTO_API sotto_status sotto_group_poll_message(sotto_group* group, sotto_group_message* message);

// How a group stands.
enum {
  SOTTO_GROUP_NEW = 0,
  SOTTO_GROUP_JOINING = 1,    // waits to be let in
  SOTTO_GROUP_IN = 2,         // a member, perhaps alone
  SOTTO_GROUP_REJOINING = 3,  // was locked out or taken for gone
  SOTTO_GROUP_LEAVING = 4,
  SOTTO_GROUP_OVER = 5,
  SOTTO_GROUP_RESTORING = 6  // restored: waits for its own Update
};

// What is set in sotto_group_member.marks and sotto_group_set_marks().
enum {
  SOTTO_GROUP_PUBLISHES = 1,
  SOTTO_GROUP_MICROPHONE_MUTED = 2,
  SOTTO_GROUP_CAMERA_OFF = 4,
  SOTTO_GROUP_HAND_RAISED = 8
};

// Whether a member is there, as I can tell.
enum {
  SOTTO_GROUP_UNCONFIRMED = 0,  // not heard since I came: its frames do not open
  SOTTO_GROUP_PRESENT = 1,
  SOTTO_GROUP_UNREACHABLE = 2  // silent for 30 s
};

// How I have met somebody before.
enum {
  SOTTO_GROUP_UNMET = 0,
  SOTTO_GROUP_PINNED = 1,    // under this name
  SOTTO_GROUP_VERIFIED = 2,  // and compared codes or fingerprints
  SOTTO_GROUP_CHANGED = 3    // the name is known as somebody else: to be shown
};

// A member. Set struct_size to sizeof(sotto_group_member).
typedef struct sotto_group_member {
  uint32_t struct_size;      // sizeof(sotto_group_member), the caller's
  uint32_t leaf;             // its number in the group; somebody else may have it later
  uint32_t self;             // 1: that is me
  uint32_t moderator;        // 1: decides about the room
  uint32_t caught_up;        // 0: others hear me, this one does not
  uint32_t reachability;     // SOTTO_GROUP_UNCONFIRMED, ...
  uint32_t standing;         // SOTTO_GROUP_UNMET, ...
  uint32_t marks;            // SOTTO_GROUP_PUBLISHES | ...
  uint8_t identity_key[32];  // public
  const char* name;  // ends with NUL; the group's, until the next event or member is asked for
  size_t name_size;  // its bytes
  const uint8_t*
      endpoint;  // its connection, as the transport claims, or NULL; like name the group's
} sotto_group_member;

// Why nobody lets me in, as a moderator's endpoint says. It is sealed under the link and answers
// the key package that stands: the transport can keep it back, and nothing else. Where none comes
// for ten seconds, the link may be wrong or old, or nobody who has it can be reached.
enum {
  SOTTO_GROUP_NO_ANSWER = 0,        // not any more
  SOTTO_GROUP_MODERATOR_ASKED = 1,  // a moderator decides
  SOTTO_GROUP_ROOM_LOCKED = 2       // nobody new is let in
};

// What sotto_group_event.type is, and which fields it has; all others are zero.
enum {
  SOTTO_GROUP_STATE_CHANGED = 1,     // value: SOTTO_GROUP_IN, ...
  SOTTO_GROUP_ENDED = 2,             // value: 0 I left, 1 was kicked, 2 have joined anew elsewhere
  SOTTO_GROUP_MEMBER_CHANGED = 3,    // member: somebody has come, or something about it is new
  SOTTO_GROUP_MEMBER_GONE = 4,       // leaf, name, by: who asked for it; value: 0 left, 1 removed,
                                     // 2 kicked, 3 has come anew
  SOTTO_GROUP_REMOVALS_PENDING = 5,  // text: the names of who is to be removed, a line each
  SOTTO_GROUP_CHAT = 6,              // leaf, name, text, number; value: messages missing before it;
                                     // flags 1: refers to something that I have not seen
  SOTTO_GROUP_CHAT_DELIVERED = 7,    // number: of my own
  SOTTO_GROUP_REACTION = 8,          // leaf, text
  SOTTO_GROUP_DIRECT_CALL = 9,       // leaf, bytes: of sotto_group_send_direct_call()
  SOTTO_GROUP_LINK_CHANGED = 10,     // number: its generation; text: the fragment, without "#"
  SOTTO_GROUP_ROOM_CHANGED = 11,     // value: SOTTO_GROUP_OPEN, ...; flags 1 media encrypted, 2 for
                                     // good, 4 I am a moderator, 8 somebody has changed it: by; not so
                                     // where it was found so
  SOTTO_GROUP_JOIN_REQUESTED = 12,   // endpoint, identity_key, name; value: SOTTO_GROUP_UNMET, ...
  SOTTO_GROUP_JOIN_WITHDRAWN = 13,   // endpoint
  SOTTO_GROUP_CODE_SHOWN = 14,       // text: 7 lines of "emoji word"; leaves: who takes part;
                                     // bytes: the code, for sotto_group_confirm_code()
  SOTTO_GROUP_HEARD = 15,            // value: 0 nobody hears me, so nothing is sealed; 1 somebody
  SOTTO_GROUP_ERROR = 16,            // text: "locked-out", "missed-commits", "welcome-refused",
                                     // "commit-refused", "not-moderator", "commit-failed",
                                     // "code-spoilt", "message-refused", "not-let-back"
  SOTTO_GROUP_CHAT_HELD_BACK = 17,   // leaf, name; value: so many of its messages have not come, as
                                     // it says itself, for some seconds; 0: they have
  SOTTO_GROUP_APART = 18,            // value: 1 others seem to have a group of their own in this
                                     // room (the transport's word), 0 not any more; flags: 1 mine
                                     // stays, they are asked to come over; otherwise the app may
                                     // ask to
  SOTTO_GROUP_ANSWERED = 19          // while I wait to be let in: value: SOTTO_GROUP_NO_ANSWER, ...
};

// Something has happened. What it points to is the group's, until the next call of
// sotto_group_poll_event() or sotto_group_find_member().
typedef struct sotto_group_event {
  uint32_t struct_size;              // sizeof(sotto_group_event), the caller's
  uint32_t type;                     // SOTTO_GROUP_STATE_CHANGED, ...
  uint32_t leaf;                     // whose it is
  uint32_t by;                       // who asked for it: a leaf
  uint32_t value;                    // by type
  uint32_t number;                   // by type
  uint32_t flags;                    // by type
  uint32_t leaf_count;               // of leaves
  const uint32_t* leaves;            // several members
  const sotto_group_member* member;  // a member
  const char* name;                  // a member's; ends with NUL
  size_t name_size;                  // its bytes
  const char* text;                  // ends with NUL
  size_t text_size;                  // its bytes
  const uint8_t* bytes;              // any bytes
  size_t bytes_size;                 // how many
  const uint8_t* endpoint;           // SOTTO_GROUP_ENDPOINT_SIZE bytes
  const uint8_t* identity_key;       // 32 bytes
} sotto_group_event;

// The next event. SOTTO_E_NOT_FOUND: there is none.
SOTTO_API sotto_status sotto_group_poll_event(sotto_group* group, sotto_group_event* event);

// -----------------------------------------------------------------------------------------------
// What a person wants. SOTTO_E_WRONG_STATE while I am not in, and of what only moderators may.

// Says `text` to everybody; *number comes again in SOTTO_GROUP_CHAT_DELIVERED.
SOTTO_API sotto_status sotto_group_say(sotto_group* group, const char* text, int64_t now_us,
                                       uint32_t* number);

// A reaction, such as an emoji.
SOTTO_API sotto_status sotto_group_react(sotto_group* group, const char* reaction, int64_t now_us);

// Bytes of the app's for everybody in the group, sealed: signalling of a direct call, say.
SOTTO_API sotto_status sotto_group_send_direct_call(sotto_group* group, const uint8_t* bytes,
                                                    size_t size, int64_t now_us);

// My marks: SOTTO_GROUP_PUBLISHES | ...
SOTTO_API sotto_status sotto_group_set_marks(sotto_group* group, uint32_t marks, int64_t now_us);

// Asks to be removed. SOTTO_GROUP_ENDED follows, after 5 s at most.
SOTTO_API sotto_status sotto_group_leave(sotto_group* group, int64_t now_us);

// Fresh keys for the whole group, 30 s after the last commit at the earliest: until then it waits.
// (They come by themselves every two minutes.)
SOTTO_API sotto_status sotto_group_update(sotto_group* group, int64_t now_us);

// Removes a person, wherever they sit by then, and changes the link, so that they do not come back
// by it. `ban` 1: nor by any other. `identity_key` is the 32 bytes of the member that was shown:
// SOTTO_E_NOT_FOUND when they are not here. This and what follows, up to sotto_group_turn_away():
// moderators.
SOTTO_API sotto_status sotto_group_kick(sotto_group* group, const uint8_t* identity_key,
                                        uint32_t ban, int64_t now_us);

// SOTTO_GROUP_OPEN, SOTTO_GROUP_KNOCK or SOTTO_GROUP_LOCKED.
SOTTO_API sotto_status sotto_group_set_join_policy(sotto_group* group, uint32_t join_policy,
                                                   int64_t now_us);

// 0: frames of all members go in the clear. SOTTO_E_INVALID_ARGUMENT where they are encrypted for
// good.
SOTTO_API sotto_status sotto_group_encrypt_media(sotto_group* group, uint32_t encrypted,
                                                 int64_t now_us);

// Encrypted, and for good.
SOTTO_API sotto_status sotto_group_make_permanent(sotto_group* group, int64_t now_us);

// One moderator more; `identity_key` as in sotto_group_kick().
SOTTO_API sotto_status sotto_group_make_moderator(sotto_group* group, const uint8_t* identity_key,
                                                  int64_t now_us);

// Lets somebody in who was named in SOTTO_GROUP_JOIN_REQUESTED.
SOTTO_API sotto_status sotto_group_admit(sotto_group* group, const uint8_t* endpoint,
                                         int64_t now_us);

// Or does not.
SOTTO_API sotto_status sotto_group_turn_away(sotto_group* group, const uint8_t* endpoint,
                                             int64_t now_us);

// Starts a group code among the confirmed members: seven emoji that people read to each other.
SOTTO_API sotto_status sotto_group_start_code(sotto_group* group, int64_t now_us);

// A person says that all see this code: those who took part are verified. `code` is the
// SOTTO_GROUP_CODE_SIZE bytes that came with what the person was shown: SOTTO_E_NOT_FOUND when
// there is another one by now.
SOTTO_API sotto_status sotto_group_confirm_code(sotto_group* group, const uint8_t* code,
                                                int64_t now_us);

// A person has compared this member's fingerprint. `identity_key` is the 32 bytes that the person
// was shown in this leaf: SOTTO_E_NOT_FOUND when somebody else has it by now.
SOTTO_API sotto_status sotto_group_confirm_fingerprint(sotto_group* group, uint32_t leaf,
                                                       const uint8_t* identity_key, int64_t now_us);

// A person knows why this member's key is another one; `identity_key` likewise.
SOTTO_API sotto_status sotto_group_accept_change(sotto_group* group, uint32_t leaf,
                                                 const uint8_t* identity_key, int64_t now_us);

// -----------------------------------------------------------------------------------------------
// How it stands

// SOTTO_GROUP_IN, ...; SOTTO_GROUP_OVER for NULL, and after memory ran out.
SOTTO_API uint32_t sotto_group_state(const sotto_group* group);

// The last handshake that has come: after a lost connection ask the transport for those after it.
SOTTO_API uint64_t sotto_group_last_handshake(const sotto_group* group);

// My epoch and my leaf. SOTTO_E_WRONG_STATE when I am in no group.
SOTTO_API sotto_status sotto_group_epoch(const sotto_group* group, uint64_t* epoch, uint32_t* leaf);

// The members' leaves, in rising order, into `leaves` of `capacity` numbers; *count is how many
// there are, after SOTTO_E_BUFFER_TOO_SMALL as well.
SOTTO_API sotto_status sotto_group_members(const sotto_group* group, uint32_t* leaves,
                                           size_t capacity, size_t* count);

// One of them. SOTTO_E_NOT_FOUND for a leaf that nobody has.
SOTTO_API sotto_status sotto_group_find_member(sotto_group* group, uint32_t leaf, int64_t now_us,
                                               sotto_group_member* member);

// The 30 digits by which two people tell whether they have each other's keys, in six groups, NUL
// included: `out` of 64 bytes is enough. *written is without the NUL.
SOTTO_API sotto_status sotto_group_fingerprint(const sotto_group* group, uint32_t leaf, char* out,
                                               size_t out_size, size_t* written);

// SOTTO_GROUP_AGREEMENT_SIZE bytes that are the same for all who are in one group, in one epoch,
// with one history. SOTTO_E_WRONG_STATE when I am in none.
SOTTO_API sotto_status sotto_group_agreement(const sotto_group* group, uint8_t* out,
                                             size_t out_size);

// Whom this device has met: public keys and names, for the app to keep for its next group. *written
// is the size, after SOTTO_E_BUFFER_TOO_SMALL as well.
SOTTO_API sotto_status sotto_group_save_pins(const sotto_group* group, uint8_t* out,
                                             size_t out_size, size_t* written);

// Before sotto_group_start(). SOTTO_E_MALFORMED and SOTTO_E_TRUNCATED for what
// was not saved.
SOTTO_API sotto_status sotto_group_restore_pins(sotto_group* group, const uint8_t* saved,
                                                size_t saved_size);

// -----------------------------------------------------------------------------------------------
// Going on after a restart. Without it an endpoint joins anew, which link and identity are enough
// for.

// Everything that it takes to go on as this member, sealed under the app's key of
// SOTTO_GROUP_KEY_SIZE bytes (XChaCha20-Poly1305): identity, link and pins included. Save again
// when the epoch has moved, and after sotto_group_say(): the others see the numbers of what was
// said after it was saved as missing. *written is the size, after SOTTO_E_BUFFER_TOO_SMALL as well.
// SOTTO_E_WRONG_STATE while I am not in, and for a group without lock_path.
SOTTO_API sotto_status sotto_group_save(const sotto_group* group, const uint8_t* key,
                                        size_t key_size, uint8_t* out, size_t out_size,
                                        size_t* written);

// The group that was saved, as `endpoint`. Then connect the transport after
// sotto_group_last_handshake(), and sotto_group_start(). Nothing is sealed, opened or said until an
// Update of its own has come back: what was saved may have been used since, by the run that saved
// it or by another copy, and no key and counter may be used twice. If it does not come back, or
// another copy was first, it joins anew. lock_path must be the one that it was saved with, on a
// local file system: while another group has it locked it is SOTTO_E_WRONG_STATE, and
// SOTTO_E_NOT_FOUND when it cannot be opened. SOTTO_E_UNAUTHENTICATED for another key, or bytes
// that were altered.
SOTTO_API sotto_status sotto_group_restore(const uint8_t* key, size_t key_size,
                                           const uint8_t* saved, size_t saved_size,
                                           const uint8_t* endpoint, const char* lock_path,
                                           sotto_group** group);

// -----------------------------------------------------------------------------------------------
// Frames under the group's keys

// A frame that was opened. Set struct_size to sizeof(sotto_group_frame) before the call.
typedef struct sotto_group_frame {
  uint32_t struct_size;  // sizeof(sotto_group_frame), the caller's
  uint32_t key_frame;    // 1: a key frame: what was authenticated says so, not the server
  uint32_t leaf;         // whose: by its key, whatever the server says
  uint32_t context;      // 0 microphone, 1 camera, 2 screen, 3 screen audio, 4 to 15 announced
  uint64_t epoch;        // in which that leaf was its sender's
  uint64_t counter;      // the frame's number in its stream
  uint64_t stream;       // the caller's, of the call that brought it
  const uint8_t* frame;  // the encoder's frame: a view into the caller's output buffer
  size_t frame_size;     // its bytes; 0 for an empty frame
  uint32_t lags;         // 1: over 2 s behind what its sender says to have sent: not live, mark it
  uint32_t reserved;     // 0
} sotto_group_frame;

// The frames of a group. Several handles of one group share keys, counters and waiting frames, and
// may be used by different threads at once, beside the group. *frames is NULL after an error.
SOTTO_API sotto_status sotto_group_frames_create(sotto_group* group, sotto_group_frames** frames);

// Ends the handle; keys go with the group, or as their time comes.
SOTTO_API void sotto_group_frames_destroy(sotto_group_frames* frames);

// 1: frames are to be sealed; 0: a verified commit says that the room's media goes in the clear.
// 1 for NULL, before the first epoch, and when all is over.
SOTTO_API uint32_t sotto_group_frames_encrypted(const sotto_group_frames* frames);

// An output buffer of this size is enough for every frame of `plain_size` bytes; 0 while nothing
// can be sealed, for an unknown codec, or a size over SOTTO_MAX_FRAME_SIZE.
SOTTO_API size_t sotto_group_frames_max_sealed_size(const sotto_group_frames* frames,
                                                    uint32_t context, uint32_t codec,
                                                    size_t plain_size);

// Seals an encoder's frame of one of my streams. All simulcast and SVC layers of a stream have its
// context. SOTTO_E_WRONG_STATE while nothing may be sealed: before I am in, while nobody hears me
// (SOTTO_GROUP_HEARD), when it is over. Otherwise as sotto_sealer_seal().
SOTTO_API sotto_status sotto_group_frames_seal(sotto_group_frames* frames, uint32_t context,
                                               uint32_t codec, uint32_t key_frame,
                                               const uint8_t* frame, size_t frame_size,
                                               uint8_t* out, size_t out_size, size_t* written);

// Opens a frame off the wire into `out`, which must hold `wire_size` bytes. `stream` is any number
// of the caller's for the receiving stream. SOTTO_E_UNKNOWN_KEY and SOTTO_E_NOT_FOUND: its epoch,
// or its sender's word that it sends this stream, may be on the way. The frame then waits, for 500
// ms at most and among 512 others: ask sotto_group_frames_poll(). Drop it after any other error:
// SOTTO_E_EXPIRED of an epoch or a member that is gone, SOTTO_E_TOO_OLD, SOTTO_E_REPLAYED,
// SOTTO_E_UNAUTHENTICATED and the others of sotto_session_open().
SOTTO_API sotto_status sotto_group_frames_open(sotto_group_frames* frames, uint64_t stream,
                                               uint32_t codec, const uint8_t* wire,
                                               size_t wire_size, uint8_t* out, size_t out_size,
                                               int64_t now_us, sotto_group_frame* opened);

// A frame that waited and opens now, in the order of arrival; until SOTTO_E_NOT_FOUND, after the
// group has received something. After SOTTO_E_BUFFER_TOO_SMALL it is still there, and *needed is
// the size that `out` must have.
SOTTO_API sotto_status sotto_group_frames_poll(sotto_group_frames* frames, uint8_t* out,
                                               size_t out_size, int64_t now_us, size_t* needed,
                                               sotto_group_frame* opened);

// Wipes the keys whose time is over; call it about twice a second.
SOTTO_API sotto_status sotto_group_frames_expire(sotto_group_frames* frames, int64_t now_us);

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // SOTTO_GROUP_H
