#include "rtp/extension_reader.h"

#include "base/byte_reader.h"

namespace sotto::bridge {

namespace {
constexpr std::uint16_t kOneByteProfile = 0xbede;
constexpr std::uint16_t kTwoByteProfile = 0x1000;
constexpr std::uint8_t kEndId = 15;
}  // namespace

ExtensionReader::ExtensionReader(const RtpView& packet)
    : left_(packet.extension_elements()), form_(Form::kNone) {
  const std::uint16_t profile = packet.extension_profile();
  if (profile == kOneByteProfile) {
    form_ = Form::kOneByte;
  } else if ((profile & 0xfff0) == kTwoByteProfile) {
    form_ = Form::kTwoByte;
  } else {
    left_ = {};
  }
}

bool ExtensionReader::next(ExtensionElement& element) {
  ByteReader reader(left_);
  while (!reader.empty()) {
    const std::uint8_t first = reader.u8().value_or(0);
    if (first == 0) continue;  // padding
    std::uint8_t id = first;
    std::size_t size = 0;
    if (form_ == Form::kOneByte) {
      id = first >> 4;
      size = std::size_t{1} + (first & 0x0f);
      if (id == kEndId) break;
    } else {
      auto length = reader.u8();
      if (!length) break;
      size = *length;
    }
    auto data = reader.bytes(size);
    if (!data) break;
    if (id == 0) continue;  // with a length: not legal, skipped whole
    left_ = reader.rest();
    element = {id, *data};
    return true;
  }
  left_ = {};
  return false;
}

ExtensionValues::ExtensionValues(const RtpView& packet, const ExtensionMap& map) {
  ExtensionReader reader(packet);
  ExtensionElement element{};
  while (reader.next(element)) {
    if (auto extension = map.extension(element.id)) {
      values_[static_cast<std::size_t>(*extension)] = element.data;
    }
  }
}

std::optional<std::uint16_t> ExtensionValues::transport_sequence_number() const {
  auto value = ByteReader((*this)[Extension::kTransportCc]).u16();
  if (!value) return std::nullopt;
  return *value;
}

std::optional<AudioLevel> ExtensionValues::audio_level() const {
  const ByteView value = (*this)[Extension::kAudioLevel];
  if (value.empty()) return std::nullopt;
  return AudioLevel{(value[0] & 0x80) != 0, static_cast<std::uint8_t>(value[0] & 0x7f)};
}

std::optional<std::uint32_t> ExtensionValues::abs_send_time() const {
  auto value = ByteReader((*this)[Extension::kAbsSendTime]).u24();
  if (!value) return std::nullopt;
  return *value;
}

}  // namespace sotto::bridge
