#include "sframe/context.h"

#include "base/byte_writer.h"
#include "sframe/key_schedule.h"

namespace sotto {
namespace {

constexpr std::size_t kMaxAadSize = Header::kMaxSize + Context::kMaxMetadataSize;

// AAD = header || metadata (section 4.4.3).
ByteView write_aad(ByteView header, ByteView metadata, MutableBytes buffer) {
  ByteWriter writer(buffer);
  writer.bytes(header);
  writer.bytes(metadata);
  return writer.written();
}

// nonce = salt XOR CTR, the CTR as a big-endian number of Nn bytes (section 4.4.3).
Secret<kNn> nonce_for(const Secret<kNn>& salt, std::uint64_t ctr) {
  Secret<kNn> nonce(salt.view());
  for (std::size_t i = kNn; ctr != 0; ctr >>= 8) {
    nonce.writable()[--i] ^= static_cast<std::uint8_t>(ctr & 0xff);
  }
  return nonce;
}

}  // namespace

Context::Context(std::uint64_t kid, std::size_t tag_size, std::unique_ptr<Aead>&& aead,
                 Secret<kNn>&& salt)
    : kid_(kid), tag_size_(tag_size), aead_(std::move(aead)), salt_(std::move(salt)) {}

Result<Context> Context::create(CipherSuite suite, std::uint64_t kid, ByteView base_key) {
  TRY(KeySchedule && keys, derive_key_schedule(suite, kid, base_key));
  TRY(const SuiteParameters constants, parameters(suite));
  TRY(std::unique_ptr<Aead> && aead, make_aead(constants.aead, keys.key()));
  return Context(kid, constants.nt, std::move(aead), std::move(keys.sframe_salt));
}

Result<std::size_t> Context::encrypt(std::uint64_t ctr, ByteView metadata, ByteView plain,
                                     MutableBytes out) {
  return encrypt_parts(ctr, metadata, plain, {}, out);
}

Result<std::size_t> Context::encrypt_parts(std::uint64_t ctr, ByteView metadata, ByteView first,
                                           ByteView rest, MutableBytes out) {
  if (metadata.size() > kMaxMetadataSize) return fail(Error::kTooLarge);
  const Header header{.kid = kid_, .ctr = ctr};
  std::uint8_t buffer[kMaxAadSize];
  ByteWriter aad(buffer);
  encode(header, aad);
  const std::size_t header_size = aad.size();
  aad.bytes(metadata);
  const std::size_t sealed_size = first.size() + rest.size() + tag_size_;
  if (out.size() < header_size + sealed_size) return fail(Error::kBufferTooSmall);
  const Secret<kNn> nonce = nonce_for(salt_, ctr);
  MutableBytes sealed = out.subspan(header_size, sealed_size);
  TRY_VOID(rest.empty() ? aead_->seal(nonce.view(), aad.written(), first, sealed)
                        : aead_->seal_parts(nonce.view(), aad.written(), first, rest, sealed));
  std::memcpy(out.data(), buffer, header_size);
  return header_size + sealed_size;
}

Result<std::size_t> Context::decrypt(const Header& header, std::size_t header_size,
                                     ByteView metadata, ByteView sframe, MutableBytes out) {
  if (metadata.size() > kMaxMetadataSize) return fail(Error::kTooLarge);
  if (header.kid != kid_ || header_size > Header::kMaxSize || header_size > sframe.size()) {
    return fail(Error::kInvalidArgument);
  }
  ByteView sealed = sframe.subspan(header_size);
  if (sealed.size() < tag_size_) return fail(Error::kUnauthenticated);
  const std::size_t size = sealed.size() - tag_size_;
  if (out.size() < size) return fail(Error::kBufferTooSmall);
  std::uint8_t buffer[kMaxAadSize];
  const ByteView aad = write_aad(sframe.first(header_size), metadata, buffer);
  TRY_VOID(aead_->open(nonce_for(salt_, header.ctr).view(), aad, sealed, out.first(size)));
  return size;
}

}  // namespace sotto
