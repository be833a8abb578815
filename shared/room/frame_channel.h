// How frame operations cross from the worker that keeps the group to the one that seals frames.
// Both are modules of our own, but what carries the messages between them is JavaScript: it gets
// ciphertext alone, since an epoch's base key opens everybody's frames.
//
//   receiver: makes a key pair, tells the public key
//   sender:   HPKE base mode to it (RFC 9180), one context for all messages
//
//   first message   enc[32] || sealed operation
//   each other one  sealed operation          info = kFrameChannelInfo, no AAD
//
// HPKE counts its messages: one that is left out, repeated or altered opens no more.
#pragma once

#include <optional>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "crypto/hpke.h"
#include "mls/bytes.h"
#include "room/frame_operation.h"

namespace sotto::room {

inline constexpr std::string_view kFrameChannelInfo = "sotto frame operations 1";

class FrameChannelReceiver {
 public:
  explicit FrameChannelReceiver(RandomSource& random) : key_pair_(HpkeKeyPair::generate(random)) {}

  const X25519PublicKey& public_key() const { return key_pair_.public_key; }

  // The next message. kTruncated, kUnauthenticated; an authentic one's errors of decoding.
  Result<FrameOperation> open(ByteView message);

 private:
  HpkeKeyPair key_pair_;
  std::optional<HpkeContext> context_;  // from the first message that opened
};

class FrameChannelSender {
 public:
  // kMalformed for what is no public key.
  static Result<FrameChannelSender> create(ByteView public_key, RandomSource& random);

  Result<mls::Bytes> seal(const FrameOperation& operation);

 private:
  explicit FrameChannelSender(HpkeSender sender)
      : enc_(sender.enc), context_(std::move(sender.context)) {}

  std::optional<HpkeEnc> enc_;  // until it has gone out
  HpkeContext context_;
};

}  // namespace sotto::room
