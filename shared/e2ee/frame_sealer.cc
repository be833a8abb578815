#include "e2ee/frame_sealer.h"

#include "crypto/secret.h"
#include "e2ee/frame_info.h"

namespace sotto {
namespace {

// Where the blob is made, so that it need not be moved into its shell: behind the prefix, or for
// codecs that escape it at the end.
Result<MutableBytes> blob_area(Codec codec, bool key_frame, std::size_t size, MutableBytes out) {
  if (is_escaped(codec)) return out.last(size);
  TRY(const ByteView prefix, shell_prefix(codec, key_frame));
  return out.subspan(prefix.size(), size);
}

}  // namespace

Result<FrameSealer> FrameSealer::create(std::uint64_t kid, ByteView base_key, CipherSuite suite,
                                        std::uint64_t first_ctr) {
  TRY(Encryptor && encryptor, Encryptor::create(suite, kid, base_key, first_ctr));
  return FrameSealer(std::move(encryptor));
}

std::size_t FrameSealer::max_sealed_size(Codec codec, std::size_t plain_size) const {
  return max_wire_size(codec, Header::kMaxSize + 1 + plain_size + kMaxNt);
}

Result<std::size_t> FrameSealer::seal(Codec codec, bool key_frame, ByteView frame,
                                      MutableBytes out) {
  if (frame.size() > kMaxFrameSize) return fail(Error::kTooLarge);
  if (out.size() < max_sealed_size(codec, frame.size())) return fail(Error::kBufferTooSmall);
  const std::uint8_t info[1] = {encode({.codec = codec, .key_frame = key_frame})};
  const std::size_t size = encryptor_.next_size(sizeof info + frame.size());
  TRY(MutableBytes blob, blob_area(codec, key_frame, size, out));
  auto encrypted = encryptor_.encrypt_parts(kFrameMetadata, info, frame, blob);
  if (!encrypted) {
    wipe(blob);
    return fail(encrypted.error());
  }
  return wrap(codec, key_frame, frame, blob, out, mode_);
}

}  // namespace sotto
