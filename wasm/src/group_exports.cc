// The C face of a group (room/session.h) for the worker that keeps it: one group a module. `now` is
// in milliseconds and never goes back. Bytes go in by the input buffer and come out by the output
// buffer (exchange.h); each call that gives bytes returns their number. No export gives a key: what
// seals frames leaves sealed for the module that does (room/frame_channel.h), and the room's link
// is given because people pass it on.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "browser_random.h"
#include "crypto/init.h"
#include "exchange.h"
#include "group_config.h"
#include "group_events.h"
#include "mls/wire/reader.h"
#include "room/frame_feed.h"
#include "room/session.h"

namespace sotto {
namespace {

BrowserRandom randomness;
std::unique_ptr<room::Session> session;
room::FrameFeed feed;
std::size_t output_used = 0;

Time at(double now) {
  return from_microseconds(static_cast<std::int64_t>(now * 1000));
}

// What was there before is wiped: it may have been a link.
int give(ByteView bytes) {
  if (output_used > 0) wipe(output.first(std::min(output_used, output.size())));
  output_used = 0;
  if (!output.reserve(bytes.size())) return failure(Error::kTooLarge);
  std::copy(bytes.begin(), bytes.end(), output.data());
  output_used = bytes.size();
  return static_cast<int>(bytes.size());
}

room::Endpoint endpoint_in(ByteView bytes) {
  room::Endpoint endpoint{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), endpoint.size()), endpoint.begin());
  return endpoint;
}

// The numbers of a person's wishes, by the worker's side of it (group/worker/module.ts).
enum class Wish : std::uint32_t {
  kSay = 1,  // input: the text. Returns the message's number
  kReact = 2,
  kDirectCall = 3,
  kMarks = 4,  // argument: bits of group_events.h
  kLeave = 5,
  kUpdate = 6,
  kKick = 7,  // argument: the leaf
  kBan = 8,
  kJoinPolicy = 9,
  kEncryptMedia = 10,
  kMakePermanent = 11,
  kMakeModerator = 12,
  kAdmit = 13,     // input: the endpoint
  kTurnAway = 14,  // likewise
  kStartCode = 15,
  kConfirmCode = 16,         // input: the code that was shown
  kConfirmFingerprint = 17,  // argument: the leaf; input: the identity key that was shown there
  kAcceptChange = 18,        // likewise
  kRestorePins = 19,         // input: what sotto_group_pins gave
};

Result<void> set_join_policy(std::uint32_t number, Time now) {
  if (number > static_cast<std::uint32_t>(room::JoinPolicy::kLocked)) {
    return fail(Error::kInvalidArgument);
  }
  return session->set_join_policy(now, static_cast<room::JoinPolicy>(number));
}

room::PresenceMarks marks_of(std::uint32_t bits) {
  return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
}

// Whom a person was shown in a leaf, if it is said.
std::optional<room::IdentityKey> identity_in(ByteView given) {
  room::IdentityKey shown{};
  if (given.size() != shown.size()) return std::nullopt;
  std::copy(given.begin(), given.end(), shown.begin());
  return shown;
}

Result<void> wish(Wish what, std::uint32_t argument, ByteView given, Time now) {
  const mls::LeafIndex leaf{argument};
  const auto shown = identity_in(given);
  const bool is_endpoint = given.size() == sizeof(room::Endpoint);
  switch (what) {
    case Wish::kReact:
      return session->react(now, as_text(given));
    case Wish::kDirectCall:
      return session->send_direct_call(now, given);
    case Wish::kMarks:
      session->set_marks(now, marks_of(argument));
      return {};
    case Wish::kLeave:
      session->leave(now);
      return {};
    case Wish::kUpdate:
      return session->update(now);
    case Wish::kKick:
    case Wish::kBan:
      return session->kick(now, leaf, what == Wish::kBan, shown ? &*shown : nullptr);
    case Wish::kJoinPolicy:
      return set_join_policy(argument, now);
    case Wish::kEncryptMedia:
      return session->set_media_encrypted(now, argument != 0);
    case Wish::kMakePermanent:
      return session->make_permanent(now);
    case Wish::kMakeModerator:
      return session->make_moderator(now, leaf, shown ? &*shown : nullptr);
    case Wish::kAdmit:
      if (!is_endpoint) return fail(Error::kInvalidArgument);
      return session->admit(now, endpoint_in(given));
    case Wish::kTurnAway:
      if (!is_endpoint) return fail(Error::kInvalidArgument);
      session->turn_away(now, endpoint_in(given));
      return {};
    case Wish::kStartCode:
      return session->start_code(now);
    case Wish::kConfirmCode:
      return session->confirm_code(now, given);
    case Wish::kConfirmFingerprint:
    case Wish::kAcceptChange:
      if (!shown) return fail(Error::kInvalidArgument);
      return what == Wish::kAcceptChange ? session->accept_change(now, leaf, *shown)
                                         : session->confirm_fingerprint(now, leaf, *shown);
    case Wish::kRestorePins:
      return session->restore_pins(given);
    case Wish::kSay:
      break;
  }
  return fail(Error::kInvalidArgument);
}

int no_session() {
  return failure(Error::kWrongState);
}

void collect_frame_operations() {
  while (auto operation = session->poll_frame_operation()) feed.add(*std::move(operation));
}

}  // namespace

SOTTO_EXPORT int sotto_initialize() {
  return initialize_crypto() ? 0 : failure(Error::kWrongState);
}

// At least `size` bytes to write arguments to; null over the limit.
SOTTO_EXPORT std::uint8_t* sotto_input(std::uint32_t size) {
  return input.reserve(size) ? input.data() : nullptr;
}

SOTTO_EXPORT const std::uint8_t* sotto_output() {
  return output.data();
}

// Input: group_config.h; wiped. Once.
SOTTO_EXPORT int sotto_group_create(std::uint32_t size) {
  if (size > input.size()) return failure(Error::kInvalidArgument);
  if (session) return failure(Error::kAlreadyExists);
  auto config = read_group_config(input.first(size), randomness);
  wipe(input.first(size));
  if (!config) return failure(config.error());
  auto made = room::Session::create(*std::move(config), randomness);
  if (!made) return failure(made.error());
  session = *std::move(made);
  return 0;
}

SOTTO_EXPORT int sotto_group_start(std::uint32_t others, double now, double unix_seconds) {
  if (!session) return no_session();
  session->start(at(now), static_cast<std::uint64_t>(unix_seconds), others);
  return 0;
}

// Input: the sender's endpoint, then the message. `kind` as in the delivery service.
SOTTO_EXPORT int sotto_group_handle(std::uint32_t kind, std::uint32_t size, double number,
                                    double now) {
  if (!session) return no_session();
  constexpr std::size_t kEndpoint = sizeof(room::Endpoint);
  if (size > input.size() || size < kEndpoint) return failure(Error::kInvalidArgument);
  const room::Endpoint sender = endpoint_in(input.first(kEndpoint));
  const ByteView message = input.first(size).subspan(kEndpoint);
  switch (static_cast<room::MessageKind>(kind)) {
    case room::MessageKind::kHandshake:
      if (!(number >= 0 && number < 9007199254740992.0)) return failure(Error::kInvalidArgument);
      session->handle_handshake(at(now), static_cast<std::uint64_t>(number), sender, message);
      return 0;
    case room::MessageKind::kKeyPackage:
      session->handle_key_package(at(now), sender, message);
      return 0;
    case room::MessageKind::kWelcome:
      session->handle_welcome(at(now), sender, message);
      return 0;
    case room::MessageKind::kApplication:
      session->handle_application(at(now), sender, message);
      return 0;
  }
  return failure(Error::kInvalidArgument);
}

// Input: an endpoint.
SOTTO_EXPORT int sotto_group_endpoint_left(double now) {
  if (!session) return no_session();
  if (input.size() < sizeof(room::Endpoint)) return failure(Error::kInvalidArgument);
  session->handle_endpoint_left(at(now), endpoint_in(input.first(sizeof(room::Endpoint))));
  return 0;
}

// Input, if `named`: the endpoint that I am from now on.
SOTTO_EXPORT int sotto_group_log(std::uint32_t same_log, std::uint32_t named, double now) {
  if (!session) return no_session();
  if (named != 0) {
    if (input.size() < sizeof(room::Endpoint)) return failure(Error::kInvalidArgument);
    session->set_endpoint(endpoint_in(input.first(sizeof(room::Endpoint))));
  }
  session->handle_log(at(now), same_log != 0);
  return 0;
}

SOTTO_EXPORT int sotto_group_timeout(double now) {
  if (!session) return no_session();
  session->handle_timeout(at(now));
  return 0;
}

// Milliseconds, as `now`; -1 for never.
SOTTO_EXPORT double sotto_group_next_timeout() {
  const auto next = session ? session->next_timeout() : std::nullopt;
  return next ? static_cast<double>(microseconds(*next)) / 1000 : -1;
}

// Input: `size` bytes, of wishes that have any; wiped.
SOTTO_EXPORT int sotto_group_wish(std::uint32_t number, std::uint32_t argument, std::uint32_t size,
                                  double now) {
  if (!session) return no_session();
  if (size > input.size()) return failure(Error::kInvalidArgument);
  const MutableBytes given = input.first(size);
  if (static_cast<Wish>(number) == Wish::kSay) {
    auto said = session->say(at(now), std::string(as_text(given)));
    wipe(given);
    return said ? static_cast<int>(*said) : failure(said.error());
  }
  const auto result = wish(static_cast<Wish>(number), argument, given, at(now));
  wipe(given);
  return zero_or_failure(result);
}

// Input: for each stream that I have sealed frames of, u8 context, u8 kind, u64 CTR of the next.
SOTTO_EXPORT int sotto_group_streams(std::uint32_t size, double now) {
  if (!session) return no_session();
  if (size > input.size()) return failure(Error::kInvalidArgument);
  mls::Reader in(input.first(size));
  std::vector<room::PresenceStream> streams;
  while (in.ok() && in.remaining() > 0 && streams.size() < room::Presence::kMaxStreams) {
    room::PresenceStream stream;
    stream.context = in.u8();
    stream.kind = in.u8() == 0 ? room::StreamKind::kAudio : room::StreamKind::kVideo;
    stream.ctr_high = in.u64();
    streams.push_back(stream);
  }
  if (auto read = in.finish(); !read) return failure(read.error());
  session->set_streams(at(now), std::move(streams));
  return 0;
}

// u8 kind, u16 count, endpoints (of a Welcome), the message. 0: there is none. It is asked after
// everything that goes in, so that the keys of epochs do not pile up while no frame module is
// there.
SOTTO_EXPORT int sotto_group_poll_message() {
  if (session) collect_frame_operations();
  const auto message = session ? session->poll_message() : std::nullopt;
  if (!message) return 0;
  mls::Writer out;
  out.u8(static_cast<std::uint8_t>(message->kind));
  out.u16(static_cast<std::uint16_t>(message->addressees.size()));
  for (const room::Endpoint& endpoint : message->addressees) out.bytes(endpoint);
  out.bytes(message->bytes);
  return give(std::move(out).take());
}

// An event of group_events.h. 0: there is none.
SOTTO_EXPORT int sotto_group_poll_event() {
  const auto event = session ? session->poll_event() : std::nullopt;
  return event ? give(encode_event(*event)) : 0;
}

SOTTO_EXPORT int sotto_group_members(double now) {
  return session ? give(encode_members(session->members(at(now)))) : no_session();
}

SOTTO_EXPORT int sotto_group_fingerprint(std::uint32_t leaf) {
  return session ? give(as_bytes(session->fingerprint_of({leaf}))) : no_session();
}

// Whom this profile has met: public keys and names, for the worker to keep.
SOTTO_EXPORT int sotto_group_pins() {
  return session ? give(session->save_pins()) : no_session();
}

SOTTO_EXPORT int sotto_group_agreement() {
  return session ? give(session->agreement()) : no_session();
}

// -1: not in a group.
SOTTO_EXPORT double sotto_group_epoch() {
  const auto epoch = session ? session->epoch() : std::nullopt;
  return epoch ? static_cast<double>(*epoch) : -1;
}

// Input: the public key of the frame module. 1: it gets the current epoch; 0: another one has had
// that, and it begins with the next.
SOTTO_EXPORT int sotto_group_connect_frames() {
  if (!session) return no_session();
  if (input.size() < kX25519KeySize) return failure(Error::kInvalidArgument);
  collect_frame_operations();
  auto complete = feed.connect(input.first(kX25519KeySize), randomness);
  return complete ? (*complete ? 1 : 0) : failure(complete.error());
}

// A sealed message for the frame module. 0: there is none.
SOTTO_EXPORT int sotto_group_poll_frames() {
  if (!session) return 0;
  collect_frame_operations();
  const auto message = feed.poll();
  return message ? give(*message) : 0;
}

}  // namespace sotto
