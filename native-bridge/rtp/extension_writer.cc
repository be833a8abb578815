#include "rtp/extension_writer.h"

#include <algorithm>

namespace sotto::bridge {

namespace {

constexpr std::size_t kMaxOneByteData = 16;
constexpr std::size_t kMaxTwoByteData = 255;
constexpr std::uint8_t kFirstTwoByteId = 15;

struct Elements {
  std::array<ExtensionElement, 5> list{};
  std::size_t count = 0;
  bool two_byte = false;

  void add(std::uint8_t id, ByteView data) {
    if (id == 0 || data.empty() || data.size() > kMaxTwoByteData) return;
    two_byte = two_byte || id >= kFirstTwoByteId || data.size() > kMaxOneByteData;
    list[count++] = {id, data};
  }
};

}  // namespace

OutgoingExtensions OutgoingExtensions::end_to_end(const ExtensionValues& values) {
  OutgoingExtensions out;
  out.audio_level = values[Extension::kAudioLevel];
  out.dependency_descriptor = values[Extension::kDependencyDescriptor];
  out.video_orientation = values[Extension::kVideoOrientation];
  return out;
}

bool write_extensions(ByteWriter& writer, const OutgoingExtensions& extensions,
                      const ExtensionMap& map) {
  std::array<std::uint8_t, 3> send_time{};
  Elements elements;
  elements.add(map.id(Extension::kMid), as_bytes(extensions.mid));
  if (extensions.abs_send_time) {
    ByteWriter(send_time).u24(*extensions.abs_send_time);
    elements.add(map.id(Extension::kAbsSendTime), send_time);
  }
  elements.add(map.id(Extension::kAudioLevel), extensions.audio_level);
  elements.add(map.id(Extension::kVideoOrientation), extensions.video_orientation);
  elements.add(map.id(Extension::kDependencyDescriptor), extensions.dependency_descriptor);
  if (elements.count == 0) return false;

  writer.u16(elements.two_byte ? 0x1000 : 0xbede);
  const std::size_t length_at = writer.size();
  writer.u16(0);
  const std::size_t start = writer.size();
  for (std::size_t i = 0; i < elements.count; ++i) {
    const ExtensionElement& element = elements.list[i];
    if (elements.two_byte) {
      writer.u8(element.id);
      writer.u8(static_cast<std::uint8_t>(element.data.size()));
    } else {
      writer.u8(static_cast<std::uint8_t>(element.id << 4 | (element.data.size() - 1)));
    }
    writer.bytes(element.data);
  }
  writer.zeros((4 - (writer.size() - start) % 4) % 4);
  if (writer.ok()) {
    writer.patch_u16(length_at, static_cast<std::uint16_t>((writer.size() - start) / 4));
  }
  return true;
}

}  // namespace sotto::bridge
