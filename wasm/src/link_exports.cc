// The C face of a room link's keys for the worker. Secrets go in and never come out: there is no
// export that reads a key, and inputs that held one are wiped.
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "browser_random.h"
#include "e2ee/link_session.h"
#include "exchange.h"
#include "found_frame.h"

namespace sotto {
namespace {

std::uint64_t kid_of(std::uint32_t high, std::uint32_t low) {
  return static_cast<std::uint64_t>(high) << 32 | low;
}

}  // namespace

// Input: 32 bytes of link secret, then the room id. Null when they are not that.
SOTTO_EXPORT LinkSession* sotto_session_create(std::uint32_t room_size, std::uint32_t generation) {
  const std::size_t size = LinkKeys::kSecretSize + room_size;
  if (size > input.size()) return nullptr;
  MutableBytes arguments = input.first(size);
  auto session = LinkSession::create(arguments.first(LinkKeys::kSecretSize),
                                     as_text(arguments.subspan(LinkKeys::kSecretSize)), generation);
  wipe(arguments);
  return session ? session->release() : nullptr;
}

SOTTO_EXPORT void sotto_session_destroy(LinkSession* session) {
  delete session;
}

// A sealer with a KID of its own, drawn at random; its KID is then in the last frame's place.
SOTTO_EXPORT FrameSealer* sotto_sealer_create(LinkSession* session) {
  BrowserRandom random;
  auto sealer = session->make_sealer(random);
  if (!sealer) return nullptr;
  remember(sealer->kid(), 0, false);
  return new (std::nothrow) FrameSealer(*std::move(sealer));
}

SOTTO_EXPORT void sotto_sealer_destroy(FrameSealer* sealer) {
  delete sealer;
}

// Input: an encoder's frame. Output: what goes on the wire.
SOTTO_EXPORT int sotto_seal(FrameSealer* sealer, std::uint32_t codec_number,
                            std::uint32_t key_frame, std::uint32_t size) {
  auto codec = codec_from_number(static_cast<std::uint8_t>(codec_number));
  if (!codec) return failure(codec.error());
  if (size > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(sealer->max_sealed_size(*codec, size))) return failure(Error::kTooLarge);
  return size_or_failure(sealer->seal(*codec, key_frame != 0, input.first(size), output.all()));
}

// Input: a frame off the wire. Returns the size of the encoder's frame; the address of its first
// byte is in sotto_opened_at.
SOTTO_EXPORT int sotto_open(LinkSession* session, std::uint32_t codec_number, std::uint32_t size) {
  auto frame = take_found(codec_number, size);
  if (!frame) return failure(frame.error());
  auto opened = session->opener().open(static_cast<Codec>(codec_number), frame->sealed);
  if (!opened) return failure(opened.error());
  remember(opened->kid, opened->ctr, opened->info.key_frame);
  output.set_result(opened->frame.data());
  return static_cast<int>(opened->frame.size());
}

SOTTO_EXPORT int sotto_announce(LinkSession* session, std::uint32_t high, std::uint32_t low) {
  return zero_or_failure(session->announce(kid_of(high, low)));
}

SOTTO_EXPORT void sotto_withdraw(LinkSession* session, std::uint32_t high, std::uint32_t low) {
  session->withdraw(kid_of(high, low));
}

// Input: the endpoint's id, then the plain bytes. Output: the sealed message.
SOTTO_EXPORT int sotto_seal_message(LinkSession* session, std::uint32_t endpoint_size,
                                    std::uint32_t size) {
  const std::size_t total = std::size_t{endpoint_size} + size;
  if (total > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(size + MessageSealer::kOverhead)) return failure(Error::kTooLarge);
  BrowserRandom random;
  return size_or_failure(session->messages().seal(
      input.first(endpoint_size), input.first(total).subspan(endpoint_size), random, output.all()));
}

// Input: the endpoint's id, then the sealed bytes. Output: the plain ones.
SOTTO_EXPORT int sotto_open_message(LinkSession* session, std::uint32_t endpoint_size,
                                    std::uint32_t size) {
  const std::size_t total = std::size_t{endpoint_size} + size;
  if (total > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(size)) return failure(Error::kTooLarge);
  return size_or_failure(session->messages().open(
      input.first(endpoint_size), input.first(total).subspan(endpoint_size), output.all()));
}

}  // namespace sotto
