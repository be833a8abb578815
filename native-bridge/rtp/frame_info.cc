#include "rtp/frame_info.h"

#include "base/byte_reader.h"
#include "rtp/vp8_descriptor.h"
#include "rtp/vp9_descriptor.h"

namespace sotto::bridge {

namespace {

// The VP8 payload header's first bit is P, 0 in key frames (RFC 7741 section 4.3).
Result<FrameInfo> inspect_vp8(bool marker, ByteView payload) {
  TRY(const Vp8Descriptor descriptor, Vp8Descriptor::parse(payload));
  FrameInfo info;
  info.frame_start = descriptor.frame_start();
  info.frame_end = marker;
  if (info.frame_start) {
    if (payload.size() <= descriptor.size) return fail(Error::kTruncated);
    info.key_frame = (payload[descriptor.size] & 0x01) == 0;
  }
  info.temporal = descriptor.temporal.value_or(0);
  info.discardable = descriptor.non_reference;
  info.switching_point = info.key_frame || descriptor.layer_sync;
  info.picture_id = descriptor.picture_id;
  info.picture_id_bits = descriptor.picture_id_bits;
  info.tl0_picture_index = descriptor.tl0_picture_index;
  info.key_index = descriptor.key_index;
  return info;
}

Result<FrameInfo> inspect_vp9(bool marker, ByteView payload) {
  TRY(const Vp9Descriptor descriptor, Vp9Descriptor::parse(payload));
  FrameInfo info;
  info.frame_start = descriptor.frame_start;
  info.frame_end = descriptor.frame_end || marker;
  info.key_frame = descriptor.frame_start && !descriptor.inter_predicted && descriptor.spatial == 0;
  info.spatial = descriptor.spatial;
  info.temporal = descriptor.temporal;
  info.switching_point = info.key_frame || descriptor.switching_point;
  info.picture_id = descriptor.picture_id;
  info.picture_id_bits = descriptor.picture_id_bits;
  info.tl0_picture_index = descriptor.tl0_picture_index;
  return info;
}

// NAL unit types of RFC 6184 section 5.2 and table 7-1 of H.264.
constexpr std::uint8_t kIdr = 5;
constexpr std::uint8_t kSps = 7;
constexpr std::uint8_t kLastSingle = 23;
constexpr std::uint8_t kStapA = 24;
constexpr std::uint8_t kFuA = 28;

bool starts_decoding(std::uint8_t nal_type) {
  return nal_type == kIdr || nal_type == kSps;
}

// Aggregated NAL units: | size (16) | NAL unit | ...
Result<bool> stap_starts_decoding(ByteReader& reader) {
  bool starts = false;
  while (!reader.empty()) {
    TRY(const std::uint16_t size, reader.u16());
    TRY(const ByteView unit, reader.bytes(size));
    if (unit.empty()) return fail(Error::kMalformed);
    starts = starts || starts_decoding(unit[0] & 0x1f);
  }
  return starts;
}

Result<FrameInfo> inspect_h264(bool marker, ByteView payload) {
  ByteReader reader(payload);
  TRY(const std::uint8_t header, reader.u8());
  const std::uint8_t type = header & 0x1f;
  FrameInfo info;
  info.frame_end = marker;
  info.discardable = (header & 0x60) == 0;  // nal_ref_idc
  if (type == kFuA) {
    TRY(const std::uint8_t fragment, reader.u8());
    info.frame_start = (fragment & 0x80) != 0;
    info.key_frame = info.frame_start && starts_decoding(fragment & 0x1f);
  } else if (type == kStapA) {
    info.frame_start = true;
    TRY(info.key_frame, stap_starts_decoding(reader));
  } else if (type >= 1 && type <= kLastSingle) {
    info.frame_start = true;
    info.key_frame = starts_decoding(type);
  } else {
    return fail(Error::kUnsupported);
  }
  info.switching_point = info.key_frame;
  return info;
}

// | Z | Y | W (2) | N | - - - |: N marks the start of a coded video sequence.
Result<FrameInfo> inspect_av1(bool marker, ByteView payload) {
  TRY(const std::uint8_t aggregation, ByteReader(payload).u8());
  const bool continuation = (aggregation & 0x80) != 0;
  const bool new_sequence = (aggregation & 0x08) != 0;
  if (continuation && new_sequence) return fail(Error::kMalformed);
  FrameInfo info;
  info.frame_start = !continuation;
  info.frame_end = marker;
  info.key_frame = new_sequence;
  info.switching_point = new_sequence;
  return info;
}

Result<FrameInfo> inspect_payload(Codec codec, bool marker, ByteView payload) {
  switch (codec) {
    case Codec::kVp8:
      return inspect_vp8(marker, payload);
    case Codec::kVp9:
      return inspect_vp9(marker, payload);
    case Codec::kH264:
      return inspect_h264(marker, payload);
    case Codec::kAv1:
      return inspect_av1(marker, payload);
    case Codec::kOpus:
      break;
  }
  FrameInfo info;  // every packet is a frame that stands alone
  info.frame_start = info.frame_end = info.key_frame = info.switching_point = true;
  return info;
}

// No decode target needs the frame for a later one.
bool is_discardable(const DependencyDescriptor& descriptor) {
  for (std::size_t i = 0; i < descriptor.decode_target_count; ++i) {
    const Indication indication = descriptor.indications[i];
    if (indication == Indication::kSwitch || indication == Indication::kRequired) return false;
  }
  return true;
}

bool has_switch(const DependencyDescriptor& descriptor) {
  for (std::size_t i = 0; i < descriptor.decode_target_count; ++i) {
    if (descriptor.indications[i] == Indication::kSwitch) return true;
  }
  return false;
}

}  // namespace

Result<FrameInfo> inspect_frame(Codec codec, bool marker, ByteView payload,
                                const DependencyDescriptor* descriptor) {
  if (payload.empty()) return fail(Error::kTruncated);
  TRY(FrameInfo info, inspect_payload(codec, marker, payload));
  if (descriptor != nullptr) {
    info.frame_start = descriptor->start_of_frame;
    info.frame_end = descriptor->end_of_frame;
    info.key_frame = descriptor->start_of_frame && descriptor->structure_attached;
    info.spatial = descriptor->spatial;
    info.temporal = descriptor->temporal;
    info.discardable = is_discardable(*descriptor);
    info.switching_point = info.key_frame || has_switch(*descriptor);
  }
  return info;
}

}  // namespace sotto::bridge
