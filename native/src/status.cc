// Names and sentences of statuses, and the versions.
#include "abi.h"
#include "base/error.h"
#include "e2ee/profile.h"
#include "media/codec.h"

namespace sotto::abi {
namespace {

struct Entry {
  sotto_status status;
  const char* name;
  const char* text;
};

// The names are those of base/error.cc, which a test compares.
constexpr Entry kEntries[] = {
    {SOTTO_OK, "ok", "Done."},
    {SOTTO_E_TRUNCATED, "truncated",
     "The bytes end too early: this is not a whole sealed frame or message. Drop it."},
    {SOTTO_E_MALFORMED, "malformed",
     "The bytes are not what they should be: check that codec and format are the sender's."},
    {SOTTO_E_UNSUPPORTED, "unsupported",
     "This codec, format or operation is not supported: choose another."},
    {SOTTO_E_TOO_LARGE, "too-large", "The frame is larger than 16 MiB: lower the bit rate."},
    {SOTTO_E_BUFFER_TOO_SMALL, "buffer-too-small",
     "The output buffer is too small: give one of the size that was written back."},
    {SOTTO_E_INVALID_ARGUMENT, "invalid-argument",
     "An argument is wrong (NULL, a size, an overlap, an unknown number): mend the call."},
    {SOTTO_E_UNAUTHENTICATED, "unauthenticated",
     "It does not open: the key is another one, or somebody altered it. Drop it, and compare "
     "keys."},
    {SOTTO_E_UNKNOWN_KEY, "unknown-key",
     "There is no key for this yet: set or announce it first, and drop the frame."},
    {SOTTO_E_REPLAYED, "replayed", "This was opened before: somebody repeats it. Drop it."},
    {SOTTO_E_EXHAUSTED, "exhausted",
     "A counter or a store has reached its end: take a new key, or remove keys of who has left."},
    {SOTTO_E_WRONG_STATE, "wrong-state",
     "This is not possible here, or the frame is of another stream than it was delivered as."},
    {SOTTO_E_NOT_FOUND, "not-found", "There is nothing of this name."},
    {SOTTO_E_ALREADY_EXISTS, "already-exists",
     "This index has a key that may not be replaced: use another index."},
    {SOTTO_E_EXPIRED, "expired", "The key of this frame has been retired. Drop the frame."},
    {SOTTO_E_TOO_OLD, "too-old",
     "The frame is so late that a replay could not be told from it. Drop it."},
    {SOTTO_E_NO_MEMORY, "no-memory", "Memory ran out: free some and try again."},
    {SOTTO_E_INTERNAL, "internal", "Something is wrong inside the library: please report it."},
};

static_assert(SOTTO_E_TRUNCATED == -1 - static_cast<int>(Error::kTruncated));
static_assert(SOTTO_E_UNAUTHENTICATED == -1 - static_cast<int>(Error::kUnauthenticated));
static_assert(SOTTO_E_WRONG_STATE == -1 - static_cast<int>(Error::kWrongState));
static_assert(SOTTO_E_TOO_OLD == -1 - static_cast<int>(Error::kTooOld));
static_assert(SOTTO_CODEC_OPUS == static_cast<int>(Codec::kOpus));
static_assert(SOTTO_CODEC_H264 == static_cast<int>(Codec::kH264));
static_assert(SOTTO_CODEC_H265 == static_cast<int>(Codec::kH265));
static_assert(SOTTO_MAX_FRAME_SIZE == kMaxFrameSize);

const Entry* find(sotto_status status) {
  for (const Entry& entry : kEntries) {
    if (entry.status == status) return &entry;
  }
  return nullptr;
}

}  // namespace
}  // namespace sotto::abi

uint32_t sotto_abi_version(void) {
  return SOTTO_E2EE_ABI_VERSION;
}

const char* sotto_version(void) {
  return SOTTO_VERSION_TEXT;
}

const char* sotto_status_name(sotto_status status) {
  const auto* entry = sotto::abi::find(status);
  return entry == nullptr ? "unknown status" : entry->name;
}

const char* sotto_status_text(sotto_status status) {
  const auto* entry = sotto::abi::find(status);
  return entry == nullptr ? "This number is no status of this library." : entry->text;
}

sotto_status sotto_codec_from_mime(const char* mime, uint32_t* codec) {
  return sotto::abi::guarded([&]() -> sotto::Result<void> {
    if (mime == nullptr || codec == nullptr) return sotto::fail(sotto::Error::kInvalidArgument);
    TRY(const sotto::Codec found, sotto::codec_from_mime(mime));
    *codec = static_cast<uint32_t>(found);
    return {};
  });
}
