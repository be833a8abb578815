#include "rtcp/source_description.h"

#include <algorithm>

#include "base/byte_reader.h"

namespace sotto::bridge::rtcp {

namespace {
constexpr std::uint8_t kEnd = 0;
constexpr std::uint8_t kCname = 1;
constexpr std::size_t kMaxItem = 255;
constexpr std::size_t kMaxSources = 31;
}  // namespace

// | SSRC | type (8) | length (8) | text | ... | 0 ... to 32 bits |
bool SourceDescriptionReader::next(SourceDescription& chunk) {
  if (count_ == 0) return false;
  --count_;
  ByteReader reader(left_);
  auto ssrc = reader.u32();
  if (!ssrc) return false;
  chunk = {*ssrc, {}};
  while (true) {
    auto type = reader.u8();
    if (!type) return false;
    if (*type == kEnd) break;
    auto size = reader.u8();
    if (!size) return false;
    auto text = reader.bytes(*size);
    if (!text) return false;
    if (*type == kCname) chunk.cname = as_text(*text);
  }
  const std::size_t padding = (4 - reader.position() % 4) % 4;
  if (!reader.skip(padding)) return false;
  left_ = reader.rest();
  return true;
}

void write_source_description(ByteWriter& writer, std::uint32_t ssrc, std::string_view cname) {
  PacketWriter packet(writer, PacketType::kSourceDescription, 1);
  const std::size_t start = writer.size();
  cname = cname.substr(0, kMaxItem);
  writer.u32(ssrc);
  writer.u8(kCname);
  writer.u8(static_cast<std::uint8_t>(cname.size()));
  writer.bytes(as_bytes(cname));
  // At least one zero byte ends the chunk.
  writer.zeros(4 - (writer.size() - start) % 4);
  packet.finish();
}

bool ByeReader::next(std::uint32_t& ssrc) {
  if (count_ == 0) return false;
  --count_;
  ByteReader reader(left_);
  auto value = reader.u32();
  if (!value) return false;
  ssrc = *value;
  left_ = reader.rest();
  return true;
}

void write_bye(ByteWriter& writer, std::span<const std::uint32_t> ssrcs) {
  ssrcs = ssrcs.first(std::min(ssrcs.size(), kMaxSources));
  PacketWriter packet(writer, PacketType::kBye, static_cast<std::uint8_t>(ssrcs.size()));
  for (std::uint32_t ssrc : ssrcs) writer.u32(ssrc);
  packet.finish();
}

}  // namespace sotto::bridge::rtcp
