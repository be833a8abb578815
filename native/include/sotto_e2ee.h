// End-to-end encryption of WebRTC media for native endpoints: the C interface of Sotto's core.
//
// Three ways to keys:
//   - a session (sotto_session) of everybody who holds a room link, as the pages of Sotto have it;
//   - a participant (sotto_participant) for each sender of an app that hands out keys itself, in
//     the frame format that the app chose: Sotto's own, LiveKit's, Jitsi's JFrame, Discord's DAVE;
//   - a group (sotto_group, in sotto_group.h) whose members agree on keys among themselves.
//
// A frame is what the encoder gives to the packetizer: sealed before it is packetized, opened after
// it has been put together again. H.264 and H.265 frames have start codes (Annex B).
//
// Rules that hold for every function:
//   - Handles are opaque. `create` gives one, `destroy` ends it and wipes its keys; destroying NULL
//     does nothing. Every other function refuses a NULL handle.
//   - A status is SOTTO_OK (0) or negative. Nothing throws, and nothing aborts for what a peer or a
//     caller passes; memory that runs out is SOTTO_E_NO_MEMORY. Only an operating system that gives
//     no randomness at all ends the process: nothing safe could be done there.
//   - Buffers belong to the caller, are used only during the call, and input must not overlap
//     output. A pointer may be NULL where its size is 0. Sizes are bytes.
//   - After an error nothing that was written to an output buffer may be sent or played, and a
//     frame that did not open leaves keys and replay windows as they were.
//   - Keys go in and never come out: no function of this header reads one.
//
// Threads: one handle is for one thread at a time; different handles may be used by different
// threads at once, a session and its sealers as well. Functions without a handle may be called from
// any thread.
//
// Stability: within one SOTTO_E2EE_ABI_VERSION (the library's soname) no function, constant or
// field is removed, renumbered or given another meaning; functions and constants are added. Structs
// start with their size, as the caller was compiled, and grow only at their end: fields that a
// caller does not know count as zero. Enumerations cross as uint32_t.
#ifndef SOTTO_E2EE_H
#define SOTTO_E2EE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SOTTO_API __attribute__((visibility("default")))
#else
#define SOTTO_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

// The version of this interface that the caller is compiled with.
#define SOTTO_E2EE_ABI_VERSION 1

// The version of the interface that the library has: refuse to go on when it is not yours.
SOTTO_API uint32_t sotto_abi_version(void);

// The release of the library, e.g. "0.1.0". Never NULL, never freed.
SOTTO_API const char* sotto_version(void);

// SOTTO_OK or one of SOTTO_E_*.
typedef int32_t sotto_status;

// What a call came to. The numbers are those of the browser's module too.
enum {
  SOTTO_OK = 0,              // done
  SOTTO_E_TRUNCATED = -1,    // the bytes end before their structure does
  SOTTO_E_MALFORMED = -2,    // the bytes contradict their format
  SOTTO_E_UNSUPPORTED = -3,  // well-formed, but a codec, format or suite that is not implemented
  SOTTO_E_TOO_LARGE = -4,    // over SOTTO_MAX_FRAME_SIZE
  SOTTO_E_BUFFER_TOO_SMALL = -5,  // give an output buffer of the size that the function asks for
  SOTTO_E_INVALID_ARGUMENT = -6,  // a caller's mistake: NULL, a size, an overlap, an unknown number
  SOTTO_E_UNAUTHENTICATED = -7,   // does not open: other key, or altered; which one nobody can tell
  SOTTO_E_UNKNOWN_KEY = -8,       // no key for this (yet)
  SOTTO_E_REPLAYED = -9,          // this frame has been opened before
  SOTTO_E_EXHAUSTED = -10,        // a counter or a store has reached its end: take a new key
  SOTTO_E_WRONG_STATE = -11,      // not now; or authentic, but of another codec than was asked for
  SOTTO_E_NOT_FOUND = -12,        // nothing of this name
  SOTTO_E_ALREADY_EXISTS = -13,   // this key index has a key, and the format forbids replacing it
  SOTTO_E_EXPIRED = -14,          // its key has been retired
  SOTTO_E_TOO_OLD = -15,          // behind the replay window: late, or a replay
  SOTTO_E_NO_MEMORY = -100,       // memory ran out; nothing was sealed or opened
  SOTTO_E_INTERNAL = -101         // a mistake in this library: please report it
};

// A short stable name for logs, e.g. "unauthenticated"; "unknown status" for other numbers.
SOTTO_API const char* sotto_status_name(sotto_status status);

// A sentence for a person that says what to do about it. Never NULL.
SOTTO_API const char* sotto_status_text(sotto_status status);

// Codecs, as `codec` everywhere.
enum {
  SOTTO_CODEC_OPUS = 1,  // also when it travels as RED (RFC 2198)
  SOTTO_CODEC_VP8 = 2,
  SOTTO_CODEC_VP9 = 3,
  SOTTO_CODEC_AV1 = 4,
  SOTTO_CODEC_H264 = 5,
  SOTTO_CODEC_H265 = 6
};

// Writes the codec of a mime type ("video/VP8"; upper and lower case are the same) to *codec.
// SOTTO_E_UNSUPPORTED for every other type.
SOTTO_API sotto_status sotto_codec_from_mime(const char* mime, uint32_t* codec);

// Larger frames are refused before anything is computed.
#define SOTTO_MAX_FRAME_SIZE ((size_t)16777216)

// A frame that was opened. Set struct_size to sizeof(sotto_opened_frame) before the call.
typedef struct sotto_opened_frame {
  uint32_t struct_size;  // sizeof(sotto_opened_frame), the caller's
  uint32_t key_frame;    // 1: a key frame: what was authenticated says so, not the server
  const uint8_t* frame;  // the encoder's frame: a view into the caller's output buffer
  size_t frame_size;     // its bytes; 0 for an empty frame
  uint64_t kid;          // whose stream (session), or the index of the key (participant)
  uint64_t counter;      // the frame's number under that key, where the format has one, else 0
  uint32_t ratcheted;    // 1: the sender had ratcheted its key, which this frame proved
  uint32_t reserved;     // 0
} sotto_opened_frame;

// -----------------------------------------------------------------------------------------------
// Sessions: everybody who holds a room link https://HOST/r/<room>#<generation>.<secret>

// Who may be heard, and the keys of one link. Docs: sframe-profile.md.
typedef struct sotto_session sotto_session;

// Bytes of a link's secret, as decoded from base64url.
#define SOTTO_LINK_SECRET_SIZE 32

// Bytes that sealing adds to a message.
#define SOTTO_MESSAGE_OVERHEAD 40

// Makes a session from the parts of a link. `secret_size` must be SOTTO_LINK_SECRET_SIZE; `room` is
// of 1 to 64 bytes and ends with NUL. The secret is not kept: wipe yours. SOTTO_E_INVALID_ARGUMENT
// for anything else; SOTTO_E_WRONG_STATE when the machine's cryptography does not work. *session is
// NULL after an error.
SOTTO_API sotto_status sotto_session_create(const uint8_t* secret, size_t secret_size,
                                            const char* room, uint32_t generation,
                                            sotto_session** session);

// Ends the session and wipes its keys. Its sealers may live on.
SOTTO_API void sotto_session_destroy(sotto_session* session);

// From now on frames under `kid` open: a member has named it in a sealed message. Again is fine.
// SOTTO_E_EXHAUSTED at 4,096 of them: withdraw those of members who have left.
SOTTO_API sotto_status sotto_session_announce(sotto_session* session, uint64_t kid);

// Frames under `kid` no longer open. SOTTO_E_NOT_FOUND when it was not announced. What has been
// opened stays known as replayed if it is announced again.
SOTTO_API sotto_status sotto_session_withdraw(sotto_session* session, uint64_t kid);

// Opens a frame off the wire. `codec` is what the receiving stream decodes; `out` must hold
// `wire_size` bytes; *opened then tells where in it the frame lies, and which KID it was sealed
// under: whose that is, is for the caller to know. Drop the frame after any error:
//   SOTTO_E_TRUNCATED, SOTTO_E_MALFORMED  not a sealed frame of this codec
//   SOTTO_E_UNSUPPORTED                   authentic, of a codec that this build does not know
//   SOTTO_E_UNKNOWN_KEY                   nobody has announced its KID
//   SOTTO_E_REPLAYED, SOTTO_E_TOO_OLD     opened before, or so old that nobody can tell
//   SOTTO_E_UNAUTHENTICATED               every failure to decrypt
//   SOTTO_E_WRONG_STATE                   authentic, but of another codec: a swapped stream
SOTTO_API sotto_status sotto_session_open(sotto_session* session, uint32_t codec,
                                          const uint8_t* wire, size_t wire_size, uint8_t* out,
                                          size_t out_size, sotto_opened_frame* opened);

// Writes the KID that a frame claims to *kid without opening it, to know whose announcement to wait
// for. Not authentic. `out` is room to work in, of `wire_size` bytes.
SOTTO_API sotto_status sotto_session_peek_kid(const sotto_session* session, uint32_t codec,
                                              const uint8_t* wire, size_t wire_size, uint8_t* out,
                                              size_t out_size, uint64_t* kid);

// Seals a message, such as the list of one's KIDs, for everybody with the link. `endpoint` (0 to
// 255 bytes) says whose message it is and is authenticated. `out` must hold plain_size +
// SOTTO_MESSAGE_OVERHEAD bytes; *written is that size, after SOTTO_E_BUFFER_TOO_SMALL as well.
SOTTO_API sotto_status sotto_session_seal_message(sotto_session* session, const uint8_t* endpoint,
                                                  size_t endpoint_size, const uint8_t* plain,
                                                  size_t plain_size, uint8_t* out, size_t out_size,
                                                  size_t* written);

// Opens a message of `endpoint` into `out`, which must hold sealed_size - SOTTO_MESSAGE_OVERHEAD
// bytes; *written is that size. SOTTO_E_TRUNCATED below SOTTO_MESSAGE_OVERHEAD;
// SOTTO_E_UNAUTHENTICATED when it was not sealed by a holder of the link for this endpoint. A
// server can repeat an older one: who minds puts a number inside.
SOTTO_API sotto_status sotto_session_open_message(sotto_session* session, const uint8_t* endpoint,
                                                  size_t endpoint_size, const uint8_t* sealed,
                                                  size_t sealed_size, uint8_t* out, size_t out_size,
                                                  size_t* written);

// -----------------------------------------------------------------------------------------------
// Sealers: one outgoing stream of a session, all its simulcast and SVC layers included

// Seals the frames of one stream under a KID of its own.
typedef struct sotto_sealer sotto_sealer;

// Makes a sealer with a random KID; tell it to the others in a sealed message. *sealer is NULL
// after an error.
SOTTO_API sotto_status sotto_sealer_create(sotto_session* session, sotto_sealer** sealer);

// Ends the sealer and wipes its key.
SOTTO_API void sotto_sealer_destroy(sotto_sealer* sealer);

// The KID to announce; 0 for a NULL sealer.
SOTTO_API uint64_t sotto_sealer_kid(const sotto_sealer* sealer);

// An output buffer of this size is enough for every frame of `plain_size` bytes; 0 for a NULL
// sealer, an unknown codec, or a size over SOTTO_MAX_FRAME_SIZE.
SOTTO_API size_t sotto_sealer_max_sealed_size(const sotto_sealer* sealer, uint32_t codec,
                                              size_t plain_size);

// How H.264 frames will be packetized (RFC 6184): 0 single NAL units (the default, always safe),
// 1 non-interleaved, where a few bytes a frame are saved. SOTTO_E_INVALID_ARGUMENT for another
// mode.
SOTTO_API sotto_status sotto_sealer_set_packetization_mode(sotto_sealer* sealer, uint32_t mode);

// Seals an encoder's frame for the wire. `key_frame` is 0 or 1 (audio: 0). `out` must hold
// sotto_sealer_max_sealed_size() bytes; *written is what of it goes on the wire, or, after
// SOTTO_E_BUFFER_TOO_SMALL, the size that `out` must have. SOTTO_E_MALFORMED for a frame of H.264
// that cannot be read; SOTTO_E_EXHAUSTED when the counter has reached its end: make a new sealer.
SOTTO_API sotto_status sotto_sealer_seal(sotto_sealer* sealer, uint32_t codec, uint32_t key_frame,
                                         const uint8_t* frame, size_t frame_size, uint8_t* out,
                                         size_t out_size, size_t* written);

// -----------------------------------------------------------------------------------------------
// Participants: one sender each, with keys from the app. Seal with one's own, open with the
// others'.

// Keys, ratchet and replay windows of one sender in one frame format.
typedef struct sotto_participant sotto_participant;

// Frame formats.
enum {
  SOTTO_FORMAT_SOTTO = 0,    // SFrame (RFC 9605) of the whole frame in a constant shell
  SOTTO_FORMAT_LIVEKIT = 1,  // LiveKit's E2EE frames
  SOTTO_FORMAT_JFRAME = 2,   // Jitsi's JFrame
  SOTTO_FORMAT_DAVE = 3      // Discord's DAVE 1
};

// What a key is made of.
enum {
  // Random bytes, of this sender alone.
  SOTTO_KEY_RAW = 0,
  // UTF-8 that senders may share: it can be replaced, but never ratcheted. Each call hashes it
  // slowly (0.3 s): not on the thread that carries media.
  SOTTO_KEY_PASSPHRASE = 1,
  // What the format's slow hash made of a passphrase elsewhere (32 bytes); in Sotto's format also
  // 16 to 64 random bytes that senders share. Otherwise as a passphrase.
  SOTTO_KEY_STRETCHED = 2
};

// Cipher suites of SOTTO_FORMAT_SOTTO, by their numbers in RFC 9605; everyone in a call uses the
// same. 6 to 8 are from the working group's vectors, 0xF001 from the range for private use.
enum {
  SOTTO_SUITE_DEFAULT = 0,  // SOTTO_SUITE_CHACHA20_POLY1305_SHA256
  SOTTO_SUITE_AES_128_CTR_HMAC_SHA256_80 = 0x0001,
  SOTTO_SUITE_AES_128_CTR_HMAC_SHA256_64 = 0x0002,
  SOTTO_SUITE_AES_128_CTR_HMAC_SHA256_32 = 0x0003,
  SOTTO_SUITE_AES_128_GCM_SHA256_128 = 0x0004,
  SOTTO_SUITE_AES_256_GCM_SHA512_128 = 0x0005,
  SOTTO_SUITE_AES_256_CTR_HMAC_SHA512_80 = 0x0006,
  SOTTO_SUITE_AES_256_CTR_HMAC_SHA512_64 = 0x0007,
  SOTTO_SUITE_AES_256_CTR_HMAC_SHA512_32 = 0x0008,
  SOTTO_SUITE_CHACHA20_POLY1305_SHA256 = 0xF001
};

// How a participant seals and opens. Set struct_size to sizeof(sotto_participant_options).
typedef struct sotto_participant_options {
  uint32_t struct_size;  // sizeof(sotto_participant_options), the caller's
  uint32_t format;       // SOTTO_FORMAT_*
  uint32_t suite;        // of SOTTO_FORMAT_SOTTO: SOTTO_SUITE_*; of the others 0
  uint32_t key_256;      // of SOTTO_FORMAT_LIVEKIT: 1 for AES-256 instead of AES-128; else 0
} sotto_participant_options;

// What travels beside a frame in RTP. Set struct_size to sizeof(sotto_frame_facts).
typedef struct sotto_frame_facts {
  uint32_t struct_size;    // sizeof(sotto_frame_facts), the caller's
  uint32_t codec;          // SOTTO_CODEC_*
  uint32_t key_frame;      // 0 or 1
  uint32_t context;        // 0 microphone, 1 camera, 2 screen, 3 screen audio, 4 to 15 the app's
  uint32_t ssrc;           // of the stream; JFrame and LiveKit make nonces of it
  uint32_t rtp_timestamp;  // of the frame; JFrame and LiveKit make nonces of it
} sotto_frame_facts;

// Makes a participant without keys. SOTTO_E_UNSUPPORTED for a format or suite that this build does
// not have; SOTTO_E_INVALID_ARGUMENT for an option of another format; SOTTO_E_WRONG_STATE when the
// machine's cryptography does not work. *participant is NULL after an error.
SOTTO_API sotto_status sotto_participant_create(const sotto_participant_options* options,
                                                sotto_participant** participant);

// Ends the participant and wipes its keys.
SOTTO_API void sotto_participant_destroy(sotto_participant* participant);

// Adds a key. `index` is the app's number for it: 255 at most, 15 for LiveKit and JFrame, and for
// DAVE the epoch, which only goes up. What `material` is differs by format:
//   SOTTO_FORMAT_SOTTO    16 to 64 random bytes, or a passphrase of 1 to 1,024 bytes (the slow
//                         hash of a passphrase takes a good part of a second)
//   SOTTO_FORMAT_LIVEKIT  16 to 256 random bytes, or a passphrase
//   SOTTO_FORMAT_JFRAME   32 random bytes
//   SOTTO_FORMAT_DAVE     the sender's 16 bytes from the MLS exporter
// A key that is set again is fine; LiveKit and JFrame replace the index by another one. `now_us` is
// any clock in microseconds from 0 on; an earlier value than before counts as the one before.
// SOTTO_E_INVALID_ARGUMENT for an index, a kind or a size that the format does not have;
// SOTTO_E_ALREADY_EXISTS where the format forbids replacing that index.
SOTTO_API sotto_status sotto_participant_set_key(sotto_participant* participant, uint32_t index,
                                                 uint32_t kind, const uint8_t* material,
                                                 size_t material_size, int64_t now_us);

// The key of this index seals from now on. SOTTO_E_UNKNOWN_KEY when there is none.
SOTTO_API sotto_status sotto_participant_use_key(sotto_participant* participant, uint32_t index,
                                                 int64_t now_us);

// One step of the format's ratchet; the old key can then no longer be computed. SOTTO_E_UNKNOWN_KEY
// without a key of this index; SOTTO_E_WRONG_STATE for a passphrase, where that would help nobody;
// SOTTO_E_UNSUPPORTED where the format has no ratchet.
SOTTO_API sotto_status sotto_participant_ratchet(sotto_participant* participant, uint32_t index,
                                                 int64_t now_us);

// Frames under this index no longer open. SOTTO_E_NOT_FOUND when there was none.
SOTTO_API sotto_status sotto_participant_erase_key(sotto_participant* participant, uint32_t index);

// Wipes the keys whose retention is over; call it about once a second.
SOTTO_API sotto_status sotto_participant_expire(sotto_participant* participant, int64_t now_us);

// An output buffer of this size is enough for every frame of `plain_size` bytes; 0 for a NULL
// participant, an unknown codec, or a size over SOTTO_MAX_FRAME_SIZE.
SOTTO_API size_t sotto_participant_max_sealed_size(const sotto_participant* participant,
                                                   uint32_t codec, size_t plain_size);

// Seals an encoder's frame for the wire. `out` must hold sotto_participant_max_sealed_size() bytes;
// *written is what of it goes on the wire, or, after SOTTO_E_BUFFER_TOO_SMALL, the size that `out`
// must have. SOTTO_E_UNKNOWN_KEY without a key to use; SOTTO_E_UNSUPPORTED for a codec that the
// format does not carry; SOTTO_E_MALFORMED for a frame that cannot be read as far as the format
// needs; SOTTO_E_EXHAUSTED at a counter's end: set and use a new key.
SOTTO_API sotto_status sotto_participant_seal(sotto_participant* participant,
                                              const sotto_frame_facts* facts, const uint8_t* frame,
                                              size_t frame_size, uint8_t* out, size_t out_size,
                                              size_t* written);

// Opens a frame off the wire into `out`, which must hold `wire_size` bytes. Errors as
// sotto_session_open(), and SOTTO_E_EXPIRED when its key has been retired.
SOTTO_API sotto_status sotto_participant_open(sotto_participant* participant,
                                              const sotto_frame_facts* facts, const uint8_t* wire,
                                              size_t wire_size, uint8_t* out, size_t out_size,
                                              int64_t now_us, sotto_opened_frame* opened);

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // SOTTO_E2EE_H
