// The C face of the core for the worker. Secrets go in and never come out: there is no export
// that reads a key, and inputs that held one are wiped.
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "browser_random.h"
#include "crypto/init.h"
#include "e2ee/sealed_frame.h"
#include "exchange.h"
#include "session.h"

namespace sotto {
namespace {

// What is known of the frame last peeked at or opened, as the worker reads it.
struct LastFrame {
  std::uint32_t kid_high, kid_low, ctr_high, ctr_low, key_frame;
} last_frame;

// The frame last peeked at: to open it, it need not be found (and, of some codecs, unescaped) a
// second time. Its views count as long as neither buffer has been used for anything else.
struct Found {
  std::uint32_t codec = 0;
  std::uint32_t size = 0;
  std::uint64_t input_uses = 0;
  std::uint64_t output_uses = 0;
  SealedFrame sealed;
};
std::optional<Found> found;

Result<Found> find(std::uint32_t codec_number, std::uint32_t size) {
  TRY(const Codec codec, codec_from_number(static_cast<std::uint8_t>(codec_number)));
  if (size > input.size()) return fail(Error::kInvalidArgument);
  if (!output.reserve(size)) return fail(Error::kTooLarge);
  TRY(const SealedFrame sealed, find_sealed_frame(codec, input.first(size), output.first(size)));
  return Found{.codec = codec_number,
               .size = size,
               .input_uses = input.uses(),
               .output_uses = output.uses(),
               .sealed = sealed};
}

// Once only: to open it writes where it was found.
Result<Found> take_found(std::uint32_t codec_number, std::uint32_t size) {
  const std::optional<Found> last = std::exchange(found, std::nullopt);
  const bool is_it = last && last->codec == codec_number && last->size == size &&
                     last->input_uses == input.uses() && last->output_uses == output.uses();
  return is_it ? Result<Found>(*last) : find(codec_number, size);
}

void remember(std::uint64_t kid, std::uint64_t ctr, bool key_frame) {
  last_frame = {static_cast<std::uint32_t>(kid >> 32), static_cast<std::uint32_t>(kid),
                static_cast<std::uint32_t>(ctr >> 32), static_cast<std::uint32_t>(ctr), key_frame};
}

std::uint64_t kid_of(std::uint32_t high, std::uint32_t low) {
  return static_cast<std::uint64_t>(high) << 32 | low;
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

SOTTO_EXPORT const LastFrame* sotto_last_frame() {
  return &last_frame;
}

// Input: 32 bytes of link secret, then the room id. Null when they are not that.
SOTTO_EXPORT Session* sotto_session_create(std::uint32_t room_size, std::uint32_t generation) {
  const std::size_t size = LinkKeys::kSecretSize + room_size;
  if (size > input.size()) return nullptr;
  MutableBytes arguments = input.first(size);
  auto session = Session::create(arguments.first(LinkKeys::kSecretSize),
                                 as_text(arguments.subspan(LinkKeys::kSecretSize)), generation);
  wipe(arguments);
  return session ? session->release() : nullptr;
}

SOTTO_EXPORT void sotto_session_destroy(Session* session) {
  delete session;
}

// A sealer with a KID of its own, drawn at random; its KID is then in the last frame's place.
SOTTO_EXPORT FrameSealer* sotto_sealer_create(Session* session) {
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

// Input: a frame off the wire. The last frame then has its KID and CTR, as it claims them.
SOTTO_EXPORT int sotto_peek(std::uint32_t codec_number, std::uint32_t size) {
  auto frame = find(codec_number, size);
  if (!frame) return failure(frame.error());
  found = *frame;
  remember(frame->sealed.header.kid, frame->sealed.header.ctr, false);
  return 0;
}

// Input: a frame off the wire. Returns the size of the encoder's frame; the address of its first
// byte is in sotto_opened_at.
SOTTO_EXPORT int sotto_open(Session* session, std::uint32_t codec_number, std::uint32_t size) {
  auto frame = take_found(codec_number, size);
  if (!frame) return failure(frame.error());
  auto opened = session->open(static_cast<Codec>(codec_number), frame->sealed);
  if (!opened) return failure(opened.error());
  remember(opened->kid, opened->ctr, opened->info.key_frame);
  output.set_result(opened->frame.data());
  return static_cast<int>(opened->frame.size());
}

SOTTO_EXPORT const std::uint8_t* sotto_opened_at() {
  return output.result();
}

SOTTO_EXPORT int sotto_announce(Session* session, std::uint32_t high, std::uint32_t low) {
  return zero_or_failure(session->announce(kid_of(high, low)));
}

SOTTO_EXPORT void sotto_withdraw(Session* session, std::uint32_t high, std::uint32_t low) {
  session->withdraw(kid_of(high, low));
}

// Input: the endpoint's id, then the plain bytes. Output: the sealed message.
SOTTO_EXPORT int sotto_seal_message(Session* session, std::uint32_t endpoint_size,
                                    std::uint32_t size) {
  const std::size_t total = std::size_t{endpoint_size} + size;
  if (total > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(size + MessageSealer::kOverhead)) return failure(Error::kTooLarge);
  BrowserRandom random;
  return size_or_failure(session->messages().seal(
      input.first(endpoint_size), input.first(total).subspan(endpoint_size), random, output.all()));
}

// Input: the endpoint's id, then the sealed bytes. Output: the plain ones.
SOTTO_EXPORT int sotto_open_message(Session* session, std::uint32_t endpoint_size,
                                    std::uint32_t size) {
  const std::size_t total = std::size_t{endpoint_size} + size;
  if (total > input.size()) return failure(Error::kInvalidArgument);
  if (!output.reserve(size)) return failure(Error::kTooLarge);
  return size_or_failure(session->messages().open(
      input.first(endpoint_size), input.first(total).subspan(endpoint_size), output.all()));
}

}  // namespace sotto
