#include "sim/content.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::bridge::sim {

std::vector<std::uint8_t> make_content(const ContentId& id, std::size_t size) {
  std::vector<std::uint8_t> content(size);
  ByteWriter writer(content);
  writer.u32(id.publisher);
  writer.u8(static_cast<std::uint8_t>(id.source));
  writer.u32(id.counter);
  std::uint32_t state = id.publisher * 2654435761u ^ id.counter * 40503u ^
                        static_cast<std::uint32_t>(id.source) ^ static_cast<std::uint32_t>(size);
  for (std::size_t i = kContentHeader; i < size; ++i) {
    state = state * 1664525u + 1013904223u;
    content[i] = static_cast<std::uint8_t>(state >> 24);
  }
  return content;
}

std::optional<ContentId> check_content(ByteView content) {
  ByteReader reader(content);
  const auto publisher = reader.u32();
  const auto source = reader.u8();
  const auto counter = reader.u32();
  if (!publisher || !source || !counter || *source > 3) return std::nullopt;
  const ContentId id{*publisher, static_cast<Source>(*source), *counter};
  if (!equal(content, make_content(id, content.size()))) return std::nullopt;
  return id;
}

}  // namespace sotto::bridge::sim
