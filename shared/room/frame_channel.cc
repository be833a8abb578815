#include "room/frame_channel.h"

#include <utility>

namespace sotto::room {

Result<FrameOperation> FrameChannelReceiver::open(ByteView message) {
  const std::size_t enc_size = context_ ? 0 : kHpkeNenc;
  if (message.size() < enc_size + kHpkeNt) return fail(Error::kTruncated);
  const ByteView sealed = message.subspan(enc_size);
  std::optional<HpkeContext> first;
  if (!context_) {
    TRY(HpkeContext && context,
        hpke_setup_receiver(AeadAlgorithm::kChaCha20Poly1305, message.first(enc_size), key_pair_,
                            as_bytes(kFrameChannelInfo)));
    first.emplace(std::move(context));
  }
  mls::Bytes plain(sealed.size() - kHpkeNt);
  TRY_VOID((first ? *first : *context_).open({}, sealed, plain));
  if (first) context_ = std::move(first);
  return decode_frame_operation(plain);
}

Result<FrameChannelSender> FrameChannelSender::create(ByteView public_key, RandomSource& random) {
  TRY(HpkeSender && sender, hpke_setup_sender(AeadAlgorithm::kChaCha20Poly1305, public_key,
                                              as_bytes(kFrameChannelInfo), random));
  return FrameChannelSender(std::move(sender));
}

Result<mls::Bytes> FrameChannelSender::seal(const FrameOperation& operation) {
  const mls::Bytes plain = encode(operation);
  mls::Bytes message;
  if (enc_) message.assign(enc_->begin(), enc_->end());
  const std::size_t start = message.size();
  message.resize(start + plain.size() + kHpkeNt);
  TRY_VOID(context_.seal({}, plain, MutableBytes(message).subspan(start)));
  enc_.reset();
  return message;
}

}  // namespace sotto::room
