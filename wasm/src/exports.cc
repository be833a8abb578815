// What every module exports to the worker: the two buffers, and what can be read of a frame without
// a key. link_exports.cc and participant_exports.cc have the keys.
#include <cstdint>
#include <optional>
#include <utility>

#include "crypto/init.h"
#include "exchange.h"
#include "found_frame.h"

namespace sotto {
namespace {

// What is known of the frame last peeked at or opened, as the worker reads it.
struct LastFrame {
  std::uint32_t kid_high, kid_low, ctr_high, ctr_low, key_frame;
} last_frame;

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

}  // namespace

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

// Input: a frame off the wire. The last frame then has its KID and CTR, as it claims them.
SOTTO_EXPORT int sotto_peek(std::uint32_t codec_number, std::uint32_t size) {
  auto frame = find(codec_number, size);
  if (!frame) return failure(frame.error());
  found = *frame;
  remember(frame->sealed.header.kid, frame->sealed.header.ctr, false);
  return 0;
}

SOTTO_EXPORT const std::uint8_t* sotto_opened_at() {
  return output.result();
}

}  // namespace sotto
