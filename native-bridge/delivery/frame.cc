#include "delivery/frame.h"

#include <algorithm>
#include <cassert>

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::bridge::delivery {
namespace {

constexpr std::size_t kNameBytes = std::tuple_size_v<EndpointName>;
constexpr std::size_t kClientHeader = 5;
constexpr std::size_t kNumberAt = 1 + kNameBytes;

std::size_t limit_of(FrameKind kind, const DeliveryLimits& limits) {
  switch (kind) {
    case FrameKind::kHandshake:
      return limits.handshake_bytes;
    case FrameKind::kKeyPackage:
      return limits.key_package_bytes;
    case FrameKind::kWelcome:
      return limits.welcome_bytes;
    case FrameKind::kApplication:
      return limits.application_bytes;
  }
  return 0;
}

std::optional<FrameFault> read_addressees(ByteReader& reader, std::size_t max,
                                          std::vector<EndpointName>& to) {
  const auto count = reader.u16();
  if (!count) return FrameFault::kTruncated;
  if (*count == 0 || *count > max) return FrameFault::kBadAddressees;
  const auto names = reader.bytes(*count * kNameBytes);
  if (!names) return FrameFault::kTruncated;
  to.resize(*count);
  for (std::size_t i = 0; i < to.size(); ++i) {
    const ByteView name = names->subspan(i * kNameBytes, kNameBytes);
    std::copy(name.begin(), name.end(), to[i].begin());
  }
  std::sort(to.begin(), to.end());
  if (std::adjacent_find(to.begin(), to.end()) != to.end()) return FrameFault::kBadAddressees;
  return std::nullopt;
}

MutableBytes as_writable(std::string& text) {
  return {reinterpret_cast<std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::size_t DeliveryLimits::frame_bytes(std::size_t endpoints) const {
  const std::size_t to_all = kClientHeader + 2 + endpoints * kNameBytes + welcome_bytes;
  return std::max({to_all, kClientHeader + handshake_bytes, kClientHeader + application_bytes,
                   kClientHeader + key_package_bytes});
}

std::variant<ClientFrame, FrameError> parse_frame(ByteView bytes, const DeliveryLimits& limits,
                                                  std::size_t max_addressees) {
  ByteReader reader(bytes);
  const auto kind = reader.u8();
  const auto id = reader.u32();
  if (!id) return FrameError{FrameFault::kTruncated, std::nullopt};
  if (*kind < 1 || *kind > 4) return FrameError{FrameFault::kUnknownKind, *id};

  ClientFrame frame;
  frame.kind = static_cast<FrameKind>(*kind);
  frame.id = *id;
  if (frame.kind == FrameKind::kWelcome) {
    if (const auto fault = read_addressees(reader, max_addressees, frame.to)) {
      return FrameError{*fault, *id};
    }
  }
  frame.content = reader.rest();
  if (frame.content.size() > limit_of(frame.kind, limits)) {
    return FrameError{FrameFault::kTooLarge, *id};
  }
  if (frame.content.empty() && frame.kind != FrameKind::kKeyPackage) {
    return FrameError{FrameFault::kEmpty, *id};
  }
  return frame;
}

std::string handshake_frame(const EndpointName& sender, std::uint32_t id, ByteView content) {
  std::string frame(kNumberAt + 8 + 4 + content.size(), '\0');
  ByteWriter writer(as_writable(frame));
  writer.u8(static_cast<std::uint8_t>(FrameKind::kHandshake));
  writer.bytes(sender);
  writer.u64(0);
  writer.u32(id);
  writer.bytes(content);
  return frame;
}

void set_number(std::string& handshake_frame, std::uint64_t number) {
  assert(handshake_frame.size() >= kNumberAt + 8);
  ByteWriter(as_writable(handshake_frame).subspan(kNumberAt, 8)).u64(number);
}

namespace {

std::string plain_frame(FrameKind kind, const EndpointName& sender, ByteView content) {
  std::string frame(1 + kNameBytes + content.size(), '\0');
  ByteWriter writer(as_writable(frame));
  writer.u8(static_cast<std::uint8_t>(kind));
  writer.bytes(sender);
  writer.bytes(content);
  return frame;
}

}  // namespace

std::string key_package_frame(const EndpointName& sender, ByteView content) {
  return plain_frame(FrameKind::kKeyPackage, sender, content);
}

std::string welcome_frame(const EndpointName& sender, ByteView content) {
  return plain_frame(FrameKind::kWelcome, sender, content);
}

std::string application_record(const EndpointName& sender, std::uint32_t id, ByteView content) {
  std::string record(kNameBytes + 4 + 4 + content.size(), '\0');
  ByteWriter writer(as_writable(record));
  writer.bytes(sender);
  writer.u32(id);
  writer.u32(static_cast<std::uint32_t>(content.size()));
  writer.bytes(content);
  return record;
}

std::string application_frame_start() {
  return std::string(1, static_cast<char>(FrameKind::kApplication));
}

}  // namespace sotto::bridge::delivery
