#include "compat/dave_nal.h"

#include <optional>

#include "compat/start_codes.h"
#include "media/h264_nal.h"
#include "media/h265_nal.h"

namespace sotto {
namespace {

// Bits of a NAL unit's payload, emulation prevention skipped.
class SliceBits {
 public:
  explicit SliceBits(ByteView nal_unit) : bytes_(nal_unit) {}

  std::optional<unsigned> bit() {
    if (bit_ == 0 && !advance()) return std::nullopt;
    const unsigned value = bytes_[at_] >> (7 - bit_) & 1u;
    bit_ = (bit_ + 1) % 8;
    return value;
  }
  // A ue(v) code (9.1): n zeros, a one, n bits.
  bool skip_ue() {
    unsigned zeros = 0;
    for (auto next = bit(); next != 1u; next = bit()) {
      if (!next || ++zeros > 32) return false;
    }
    while (zeros-- > 0) {
      if (!bit()) return false;
    }
    return true;
  }
  std::size_t bytes_read() const { return at_ + 1; }

 private:
  bool advance() {
    ++at_;
    if (at_ >= 3 && at_ < bytes_.size() && bytes_[at_] == 3 && bytes_[at_ - 1] == 0 &&
        bytes_[at_ - 2] == 0) {
      ++at_;
    }
    return at_ < bytes_.size();
  }

  ByteView bytes_;
  std::size_t at_ = 0;  // the header is not part of it
  unsigned bit_ = 0;
};

bool is_h264_slice(ByteView unit) {
  return nal_type(unit) == NalType::kSlice || nal_type(unit) == NalType::kIdrSlice;
}

// Parameter sets (7, 8, 13, 15), delimiters and ends (9 to 11), filler (12): what packetizers and
// depacketizers read, or what says nothing.
bool is_clear_h264(ByteView unit) {
  const int type = static_cast<int>(nal_type(unit));
  return (type >= 7 && type <= 13) || type == 15;
}

// VPS, SPS, PPS (32 to 34), delimiters and ends (35 to 37), filler (38).
bool is_clear_h265(ByteView unit) {
  const int type = static_cast<int>(h265_nal_type(unit));
  return type >= 32 && type <= 38;
}

Result<std::size_t> clear_bytes(Codec codec, ByteView unit) {
  if (codec == Codec::kH265) {
    if (unit.size() < kH265NalHeaderSize) return fail(Error::kMalformed);
    return is_clear_h265(unit) ? unit.size() : kH265NalHeaderSize;
  }
  if (is_h264_slice(unit)) return h264_bytes_to_pps_id(unit);
  return is_clear_h264(unit) ? unit.size() : std::size_t{1};
}

}  // namespace

Result<std::size_t> h264_bytes_to_pps_id(ByteView nal_unit) {
  SliceBits bits(nal_unit);
  for (int code = 0; code < 3; ++code) {
    if (!bits.skip_ue()) return fail(Error::kMalformed);
  }
  return bits.bytes_read();
}

Result<void> prepare_dave_nal(Codec codec, ByteView frame, ByteWriter& writer,
                              ClearRanges& ranges) {
  TRY(NalSplitter units, NalSplitter::of(frame));
  bool any = false;
  while (const std::optional<ByteView> unit = units.next()) {
    TRY(const std::size_t clear, clear_bytes(codec, *unit));
    TRY_VOID(ranges.add(writer.size(), sizeof kStartCode + clear));
    writer.bytes(kStartCode);
    writer.bytes(*unit);
    any = true;
  }
  if (!any) return fail(Error::kMalformed);
  return {};
}

bool has_stray_start_code(const ClearRanges& ranges, ByteView wire) {
  constexpr std::size_t kSize = 3;
  for (std::size_t at = find_start_code(wire, 0); at < wire.size();
       at = find_start_code(wire, at + kSize)) {
    if (!ranges.contain(at, kSize)) return true;
  }
  return false;
}

}  // namespace sotto
