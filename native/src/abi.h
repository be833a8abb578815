// What every function of the C interface does at its border: checks pointers, catches what the
// standard library throws, and turns results into statuses.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <new>

#include "base/bytes.h"
#include "base/result.h"
#include "media/codec.h"
#include "sotto_e2ee.h"

namespace sotto::abi {

// The browser's module counts the same way (wasm/src/exports.cc).
inline sotto_status to_status(Error error) {
  return -1 - static_cast<sotto_status>(error);
}

// Runs `body`, which returns Result<void>. Memory is the only thing that the core can throw for.
template <typename Body>
sotto_status guarded(Body body) noexcept {
  try {
    const Result<void> result = body();
    return result ? SOTTO_OK : to_status(result.error());
  } catch (const std::bad_alloc&) {
    return SOTTO_E_NO_MEMORY;
  } catch (...) {
    return SOTTO_E_INTERNAL;
  }
}

// A caller's bytes; kInvalidArgument for NULL with a size, or more than an address space has.
inline Result<ByteView> input(const std::uint8_t* bytes, std::size_t size) {
  if ((bytes == nullptr && size != 0) || size > PTRDIFF_MAX) return fail(Error::kInvalidArgument);
  return ByteView(bytes, size);
}

// Room of a caller's that `source` must not reach into.
inline Result<MutableBytes> output(std::uint8_t* bytes, std::size_t size, ByteView source) {
  if ((bytes == nullptr && size != 0) || size > PTRDIFF_MAX) return fail(Error::kInvalidArgument);
  const std::less<const std::uint8_t*> before;
  const bool apart = size == 0 || source.empty() || !before(source.data(), bytes + size) ||
                     !before(bytes, source.data() + source.size());
  if (!apart) return fail(Error::kInvalidArgument);
  return MutableBytes(bytes, size);
}

// An encoder's frame; kTooLarge over the limit.
inline Result<ByteView> plain_frame(const std::uint8_t* bytes, std::size_t size) {
  TRY(const ByteView frame, input(bytes, size));
  if (frame.size() > SOTTO_MAX_FRAME_SIZE) return fail(Error::kTooLarge);
  return frame;
}

// Makes something of `source` in a caller's buffer apart from it. `size` (a Result) is what it
// takes, which *written says where there is less; `step` gives the bytes written.
template <typename Size, typename Step>
Result<void> fill(ByteView source, std::uint8_t* out, std::size_t out_size, std::size_t* written,
                  Size size, Step step) {
  TRY(const MutableBytes room, output(out, out_size, source));
  TRY(const std::size_t needed, size());
  if (room.size() < needed) {
    *written = needed;
    return fail(Error::kBufferTooSmall);
  }
  TRY(*written, step(room));
  return {};
}

inline Result<Codec> to_codec(std::uint32_t number) {
  if (number > UINT8_MAX) return fail(Error::kUnsupported);
  return codec_from_number(static_cast<std::uint8_t>(number));
}

inline Result<bool> flag(std::uint32_t value) {
  if (value > 1) return fail(Error::kInvalidArgument);
  return value == 1;
}

// Structs begin with the size that their caller was compiled with. Today's is the smallest that
// there ever was; a size from uninitialised memory is more likely than one of this limit.
inline constexpr std::uint32_t kMaxStructSize = 4096;

template <typename Struct>
Result<void> check_size(const Struct* theirs) {
  if (theirs == nullptr || theirs->struct_size < sizeof(Struct) ||
      theirs->struct_size > kMaxStructSize) {
    return fail(Error::kInvalidArgument);
  }
  return {};
}

// Fills a caller's struct; what a newer caller has behind ours becomes zero.
template <typename Struct>
void give(Struct value, Struct* theirs) {
  value.struct_size = theirs->struct_size;
  std::memset(static_cast<void*>(theirs), 0, value.struct_size);
  std::memcpy(static_cast<void*>(theirs), &value, sizeof value);
}

}  // namespace sotto::abi
