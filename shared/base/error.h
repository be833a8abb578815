// The one list of causes that a caller can tell apart.
#pragma once

#include <cstdint>
#include <string_view>

namespace sotto {

enum class Error : std::uint8_t {
  // Foreign bytes.
  kTruncated,    // ends before the structure does
  kMalformed,    // the structure contradicts its specification
  kUnsupported,  // well-formed, but a version, type or suite that is not implemented
  kTooLarge,     // over a limit of ours
  // Callers' buffers and arguments.
  kBufferTooSmall,
  kInvalidArgument,
  // Frames and messages.
  kUnauthenticated,  // every failure to decrypt or verify, whatever the reason
  kUnknownKey,       // no key for this KID (yet)
  kReplayed,         // seen before
  kExhausted,        // a counter or store has reached its end; rotate
  // State.
  kWrongState,
  kNotFound,
  kAlreadyExists,
  // Frames again; at the end, as the numbers cross into WebAssembly and C.
  kExpired,  // its key has been retired
  kTooOld,   // behind the replay window: late, or a replay; nobody can tell any more
};

// A short stable name for logs and statistics, e.g. "unauthenticated".
std::string_view name(Error error);

}  // namespace sotto
