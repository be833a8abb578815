#include "e2ee/frame_opener.h"

#include "base/byte_reader.h"
#include "e2ee/profile.h"
#include "e2ee/sealed_frame.h"
#include "media/shell.h"

namespace sotto {

Result<OpenedFrame> FrameOpener::open(Codec codec, ByteView wire, MutableBytes out) {
  TRY(const SealedFrame sealed, find_sealed_frame(codec, wire, out));
  return open(codec, sealed);
}

Result<OpenedFrame> FrameOpener::open(Codec codec, const SealedFrame& sealed) {
  auto decrypt = [&] {
    return keys_.decrypt(sealed.header, sealed.header_size, kFrameMetadata, sealed.blob,
                         sealed.room);
  };
  auto size = decrypt();
  if (!size && provider_ != nullptr && !keys_.contains(sealed.header.kid)) {
    TRY_VOID(ask_for_key(sealed.header.kid));
    size = decrypt();
  }
  if (!size) return fail(size.error());
  TRY(const VerifiedFrame verified, check_sealed_info(codec, sealed.room.first(*size)));
  return OpenedFrame{.frame = verified.frame,
                     .kid = sealed.header.kid,
                     .ctr = sealed.header.ctr,
                     .info = verified.info};
}

Result<std::uint64_t> FrameOpener::peek_kid(Codec codec, ByteView wire, MutableBytes out) const {
  if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
  TRY(const ByteView blob, unwrap(codec, wire, out));
  ByteReader reader(blob);
  TRY(const Header header, decode_header(reader));
  return header.kid;
}

Result<void> FrameOpener::ask_for_key(std::uint64_t kid) {
  TRY(const Secret<32>&& base_key, provider_->key_for(kid));
  return keys_.put(kid, suite_, base_key.view());
}

}  // namespace sotto
