#include "compat/dave_framing.h"

#include "compat/clear_prefix.h"
#include "compat/dave_av1.h"
#include "compat/dave_nal.h"
#include "media/key_frame.h"

namespace sotto {
namespace {

constexpr std::size_t kVp8KeyHeader = 10;
constexpr std::size_t kVp8DeltaHeader = 1;

Result<void> prepare_vp8(ByteView frame, ByteWriter& writer, ClearRanges& ranges) {
  TRY(const bool key, is_key_frame(Codec::kVp8, frame));
  const std::size_t header = key ? kVp8KeyHeader : kVp8DeltaHeader;
  if (frame.size() < header) return fail(Error::kMalformed);
  writer.bytes(frame);
  return ranges.add(0, header);
}

}  // namespace

// A start code of three bytes and the byte behind it at least become one more.
std::size_t max_dave_frame_size(Codec codec, std::size_t plain_size) {
  return is_nal_stream(codec) ? plain_size + plain_size / 3 : plain_size;
}

Result<void> prepare_dave_frame(Codec codec, ByteView frame, ByteWriter& writer,
                                ClearRanges& ranges) {
  switch (codec) {
    case Codec::kOpus:
    case Codec::kVp9:
      writer.bytes(frame);
      return {};
    case Codec::kVp8:
      return prepare_vp8(frame, writer, ranges);
    case Codec::kAv1:
      return prepare_dave_av1(frame, writer, ranges);
    case Codec::kH264:
    case Codec::kH265:
      return prepare_dave_nal(codec, frame, writer, ranges);
  }
  return fail(Error::kUnsupported);
}

}  // namespace sotto
