#include "e2ee/sealed_message.h"

#include "base/byte_writer.h"
#include "crypto/chacha20_poly1305.h"
#include "e2ee/profile.h"

namespace sotto {
namespace {

constexpr std::size_t kTagSize = MessageSealer::kOverhead - MessageSealer::kNonceSize;
constexpr std::size_t kMaxAadSize = 1 + MessageSealer::kMaxEndpointSize;

ByteView write_aad(ByteView endpoint, MutableBytes buffer) {
  ByteWriter writer(buffer);
  writer.u8(kProfileVersion);
  writer.bytes(endpoint);
  return writer.written();
}

}  // namespace

MessageSealer::MessageSealer(const Secret<32>& message_key) {
  // Cannot fail: the key is of the right size by its type.
  auto aead = make_xchacha20_poly1305(message_key.view());
  assert(aead.has_value());
  aead_ = *std::move(aead);
}

Result<std::size_t> MessageSealer::seal(ByteView endpoint, ByteView plain, RandomSource& random,
                                        MutableBytes out) {
  if (endpoint.size() > kMaxEndpointSize) return fail(Error::kInvalidArgument);
  const std::size_t size = kNonceSize + plain.size() + kTagSize;
  if (out.size() < size) return fail(Error::kBufferTooSmall);
  MutableBytes nonce = out.first(kNonceSize);
  random.fill(nonce);
  std::uint8_t aad[kMaxAadSize];
  TRY_VOID(aead_->seal(nonce, write_aad(endpoint, aad), plain,
                       out.subspan(kNonceSize, plain.size() + kTagSize)));
  return size;
}

Result<std::size_t> MessageSealer::open(ByteView endpoint, ByteView sealed, MutableBytes out) {
  if (endpoint.size() > kMaxEndpointSize) return fail(Error::kInvalidArgument);
  if (sealed.size() < kOverhead) return fail(Error::kTruncated);
  const std::size_t size = sealed.size() - kOverhead;
  if (out.size() < size) return fail(Error::kBufferTooSmall);
  std::uint8_t aad[kMaxAadSize];
  TRY_VOID(aead_->open(sealed.first(kNonceSize), write_aad(endpoint, aad),
                       sealed.subspan(kNonceSize), out.first(size)));
  return size;
}

}  // namespace sotto
