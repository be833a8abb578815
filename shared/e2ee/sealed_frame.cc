#include "e2ee/sealed_frame.h"

#include "base/byte_reader.h"
#include "crypto/secret.h"
#include "e2ee/profile.h"
#include "media/shell.h"

namespace sotto {
namespace {

Result<FrameInfo> read_info(Codec expected, ByteView plain) {
  if (plain.empty()) return fail(Error::kMalformed);
  TRY(const FrameInfo info, decode_frame_info(plain[0]));
  if (info.codec != expected) return fail(Error::kWrongState);
  return info;
}

}  // namespace

Result<SealedFrame> find_sealed_frame(Codec codec, ByteView wire, MutableBytes out) {
  if (wire.size() > 2 * kMaxFrameSize) return fail(Error::kTooLarge);
  if (out.size() < wire.size()) return fail(Error::kBufferTooSmall);
  TRY(const ByteView blob, unwrap(codec, wire, out));
  ByteReader reader(blob);
  TRY(const Header header, decode_header(reader));
  // Behind the room of the header: an H.264 blob lies at the front of `out` and is opened in place.
  return SealedFrame{.blob = blob,
                     .header = header,
                     .header_size = reader.position(),
                     .room = out.subspan(reader.position())};
}

Result<VerifiedFrame> check_sealed_info(Codec expected, MutableBytes plain) {
  auto info = read_info(expected, plain);
  if (!info) {
    wipe(plain);
    return fail(info.error());
  }
  return VerifiedFrame{.frame = plain.subspan(1), .info = *info};
}

}  // namespace sotto
