// Sessions: opening frames and messages with what a room link gives.
#include <string_view>

#include "base/byte_reader.h"
#include "crypto/init.h"
#include "handles.h"
#include "media/shell.h"
#include "sframe/header.h"

namespace sotto::abi {
namespace {

// One byte more than a room may have, so that a longer one is refused and not cut off.
std::string_view room_text(const char* room) {
  const std::size_t longest = LinkKeys::kMaxRoomIdSize + 1;
  const void* end = std::memchr(room, 0, longest);
  return {room, end == nullptr ? longest : static_cast<const char*>(end) - room};
}

Result<void> create(ByteView secret, std::string_view room, std::uint32_t generation,
                    sotto_session** session) {
  if (!initialize_crypto()) return fail(Error::kWrongState);
  TRY(auto link, LinkSession::create(secret, room, generation));
  *session = new sotto_session{.link = std::move(link), .random = {}};
  return {};
}

// What sealing and opening a message have in common: `size` says how large the result will be,
// `step` makes it.
template <typename Size, typename Step>
sotto_status message(const std::uint8_t* endpoint, std::size_t endpoint_size,
                     const std::uint8_t* from, std::size_t from_size, std::uint8_t* out,
                     std::size_t out_size, std::size_t* written, Size size, Step step) {
  return guarded([&]() -> Result<void> {
    if (written == nullptr) return fail(Error::kInvalidArgument);
    *written = 0;
    TRY(const ByteView owner, input(endpoint, endpoint_size));
    TRY(const ByteView source, input(from, from_size));
    TRY_VOID(output(out, out_size, owner));
    return fill(
        source, out, out_size, written, [&] { return size(source); },
        [&](MutableBytes room) { return step(owner, source, room); });
  });
}

}  // namespace
}  // namespace sotto::abi

using sotto::ByteView;
using sotto::Error;
using sotto::fail;
using sotto::MutableBytes;
using sotto::Result;
using sotto::abi::guarded;

sotto_status sotto_session_create(const uint8_t* secret, size_t secret_size, const char* room,
                                  uint32_t generation, sotto_session** session) {
  return guarded([&]() -> Result<void> {
    if (session == nullptr) return fail(Error::kInvalidArgument);
    *session = nullptr;
    if (room == nullptr) return fail(Error::kInvalidArgument);
    TRY(const ByteView bytes, sotto::abi::input(secret, secret_size));
    return sotto::abi::create(bytes, sotto::abi::room_text(room), generation, session);
  });
}

void sotto_session_destroy(sotto_session* session) {
  delete session;
}

sotto_status sotto_session_announce(sotto_session* session, uint64_t kid) {
  return guarded([&]() -> Result<void> {
    if (session == nullptr) return fail(Error::kInvalidArgument);
    return session->link->announce(kid);
  });
}

sotto_status sotto_session_withdraw(sotto_session* session, uint64_t kid) {
  return guarded([&]() -> Result<void> {
    if (session == nullptr) return fail(Error::kInvalidArgument);
    if (!session->link->withdraw(kid)) return fail(Error::kNotFound);
    return {};
  });
}

sotto_status sotto_session_open(sotto_session* session, uint32_t codec, const uint8_t* wire,
                                size_t wire_size, uint8_t* out, size_t out_size,
                                sotto_opened_frame* opened) {
  return guarded([&]() -> Result<void> {
    if (session == nullptr) return fail(Error::kInvalidArgument);
    TRY_VOID(sotto::abi::check_size(opened));
    TRY(const sotto::Codec expected, sotto::abi::to_codec(codec));
    TRY(const ByteView source, sotto::abi::input(wire, wire_size));
    TRY(const MutableBytes room, sotto::abi::output(out, out_size, source));
    TRY(const sotto::OpenedFrame frame, session->link->opener().open(expected, source, room));
    sotto_opened_frame given = {};
    given.key_frame = frame.info.key_frame ? 1 : 0;
    given.frame = frame.frame.data();
    given.frame_size = frame.frame.size();
    given.kid = frame.kid;
    given.counter = frame.ctr;
    sotto::abi::give(given, opened);
    return {};
  });
}

sotto_status sotto_session_peek_kid(const sotto_session* session, uint32_t codec,
                                    const uint8_t* wire, size_t wire_size, uint8_t* out,
                                    size_t out_size, uint64_t* kid) {
  return guarded([&]() -> Result<void> {
    if (session == nullptr || kid == nullptr) return fail(Error::kInvalidArgument);
    TRY(const sotto::Codec expected, sotto::abi::to_codec(codec));
    TRY(const ByteView source, sotto::abi::input(wire, wire_size));
    TRY(const MutableBytes room, sotto::abi::output(out, out_size, source));
    TRY(*kid, session->link->opener().peek_kid(expected, source, room));
    return {};
  });
}

sotto_status sotto_session_seal_message(sotto_session* session, const uint8_t* endpoint,
                                        size_t endpoint_size, const uint8_t* plain,
                                        size_t plain_size, uint8_t* out, size_t out_size,
                                        size_t* written) {
  return sotto::abi::message(
      endpoint, endpoint_size, plain, plain_size, out, out_size, written,
      [&](ByteView source) -> Result<std::size_t> {
        if (session == nullptr) return fail(Error::kInvalidArgument);
        if (source.size() > SOTTO_MAX_FRAME_SIZE) return fail(Error::kTooLarge);
        return source.size() + sotto::MessageSealer::kOverhead;
      },
      [&](ByteView owner, ByteView source, MutableBytes room) {
        return session->link->messages().seal(owner, source, session->random, room);
      });
}

sotto_status sotto_session_open_message(sotto_session* session, const uint8_t* endpoint,
                                        size_t endpoint_size, const uint8_t* sealed,
                                        size_t sealed_size, uint8_t* out, size_t out_size,
                                        size_t* written) {
  return sotto::abi::message(
      endpoint, endpoint_size, sealed, sealed_size, out, out_size, written,
      [&](ByteView source) -> Result<std::size_t> {
        if (session == nullptr) return fail(Error::kInvalidArgument);
        if (source.size() < sotto::MessageSealer::kOverhead) return fail(Error::kTruncated);
        return source.size() - sotto::MessageSealer::kOverhead;
      },
      [&](ByteView owner, ByteView source, MutableBytes room) {
        return session->link->messages().open(owner, source, room);
      });
}
