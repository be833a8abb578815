#include "base/error.h"

namespace sotto {

std::string_view name(Error error) {
  switch (error) {
    case Error::kTruncated: return "truncated";
    case Error::kMalformed: return "malformed";
    case Error::kUnsupported: return "unsupported";
    case Error::kTooLarge: return "too-large";
    case Error::kBufferTooSmall: return "buffer-too-small";
    case Error::kInvalidArgument: return "invalid-argument";
    case Error::kUnauthenticated: return "unauthenticated";
    case Error::kUnknownKey: return "unknown-key";
    case Error::kReplayed: return "replayed";
    case Error::kExhausted: return "exhausted";
    case Error::kWrongState: return "wrong-state";
    case Error::kNotFound: return "not-found";
    case Error::kAlreadyExists: return "already-exists";
    case Error::kExpired: return "expired";
    case Error::kTooOld: return "too-old";
  }
  return "unknown";
}

}  // namespace sotto
