// Opens sealed frames of all senders: one opener, and one key store, for all receiving streams,
// because a replay into another slot must be seen as a replay.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "e2ee/frame_info.h"
#include "e2ee/key_provider.h"
#include "e2ee/sealed_frame.h"
#include "media/codec.h"
#include "sframe/key_store.h"

namespace sotto {

struct OpenedFrame {
  MutableBytes frame;  // the encoder's frame, a view into the caller's `out`
  std::uint64_t kid = 0;
  std::uint64_t ctr = 0;
  FrameInfo info;  // the sender's word
};

class FrameOpener {
 public:
  // Both must outlive the opener. `provider` is asked when `keys` does not know a KID, and what it
  // gives is kept in `keys` under `suite`.
  explicit FrameOpener(KeyStore& keys, KeyProvider* provider = nullptr,
                       CipherSuite suite = kSottoSuite)
      : keys_(keys), provider_(provider), suite_(suite) {}

  // `codec` is what the receiving slot expects. `out` must hold wire.size() bytes and not overlap
  // `wire`. On any error the frame must be dropped; `out` then holds nothing of it:
  //   kTruncated, kMalformed  no shell or no SFrame header, or (authentic) a wrong first byte
  //   kUnsupported            authentic, but of a codec that this build does not know
  //   kUnknownKey             no key for its KID; peek_kid tells which
  //   kExpired                its key has been retired
  //   kReplayed               this CTR was seen: also what duplicates are
  //   kTooOld                 this CTR lies behind the replay window
  //   kUnauthenticated        every failure to decrypt
  //   kWrongState             authentic, but of another codec than the slot's: a swapped stream
  Result<OpenedFrame> open(Codec codec, ByteView wire, MutableBytes out);

  // The second half of it, for who has looked at the frame before (find_sealed_frame): once, as
  // what is opened may overwrite what was found.
  Result<OpenedFrame> open(Codec codec, const SealedFrame& sealed);

  // The KID that a frame claims, without opening it: to ask for a key. Not authentic.
  Result<std::uint64_t> peek_kid(Codec codec, ByteView wire, MutableBytes out) const;

 private:
  Result<void> ask_for_key(std::uint64_t kid);

  KeyStore& keys_;
  KeyProvider* provider_;
  CipherSuite suite_;
};

}  // namespace sotto
