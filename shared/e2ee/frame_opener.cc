#include "e2ee/frame_opener.h"

#include "base/byte_reader.h"
#include "crypto/secret.h"
#include "e2ee/profile.h"
#include "media/shell.h"

namespace sotto {
namespace {

// What the sender says the frame is must be what the slot shows.
Result<FrameInfo> check_info(Codec expected, ByteView plain) {
  if (plain.empty()) return fail(Error::kMalformed);
  TRY(const FrameInfo info, decode_frame_info(plain[0]));
  if (info.codec != expected) return fail(Error::kWrongState);
  return info;
}

}  // namespace

Result<OpenedFrame> FrameOpener::open(Codec codec, ByteView wire, MutableBytes out) {
  if (wire.size() > 2 * kMaxFrameSize) return fail(Error::kTooLarge);
  if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
  TRY(const ByteView blob, unwrap(codec, wire, out));
  ByteReader reader(blob);
  TRY(const Header header, decode_header(reader));
  TRY_VOID(require_key(header.kid));

  // Behind the room of the header: an H.264 blob lies at the front of `out` and is opened in place.
  const std::size_t header_size = reader.position();
  MutableBytes room = out.subspan(header_size);
  TRY(const std::size_t size, keys_.decrypt(header, header_size, kFrameMetadata, blob, room));
  MutableBytes plain = room.first(size);
  auto info = check_info(codec, plain);
  if (!info) {
    wipe(plain);
    return fail(info.error());
  }
  return OpenedFrame{
      .frame = plain.subspan(1), .kid = header.kid, .ctr = header.ctr, .info = *info};
}

Result<std::uint64_t> FrameOpener::peek_kid(Codec codec, ByteView wire, MutableBytes out) const {
  if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
  TRY(const ByteView blob, unwrap(codec, wire, out));
  ByteReader reader(blob);
  TRY(const Header header, decode_header(reader));
  return header.kid;
}

Result<void> FrameOpener::require_key(std::uint64_t kid) {
  if (keys_.contains(kid)) return {};
  if (provider_ == nullptr) return fail(keys_.why_absent(kid));
  TRY(const Secret<32> base_key, provider_->key_for(kid));
  return keys_.put(kid, suite_, base_key.view());
}

}  // namespace sotto
