#include "room/room_link.h"

#include <cstring>
#include <limits>

#include "base/base64url.h"
#include "base/byte_writer.h"

namespace sotto::room {
namespace {

constexpr std::string_view kPskIdPrefix = "sotto/1";

// std::from_chars and std::to_string weigh half a kilobyte in the browser's module.
Result<std::uint32_t> parse_gen(std::string_view text) {
  if (text.empty() || text.size() > 10 || (text.size() > 1 && text[0] == '0')) {
    return fail(Error::kMalformed);
  }
  std::uint64_t gen = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return fail(Error::kMalformed);
    gen = gen * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  if (gen > std::numeric_limits<std::uint32_t>::max()) return fail(Error::kMalformed);
  return static_cast<std::uint32_t>(gen);
}

void append_decimal(LinkText& text, std::uint32_t number) {
  if (number > 9) append_decimal(text, number / 10);
  text += static_cast<char>('0' + number % 10);
}

Result<void> parse_32(std::string_view text, std::span<std::uint8_t, 32> out) {
  auto bytes = from_base64url(text);
  if (!bytes) return fail(Error::kMalformed);
  const bool fits = bytes->size() == out.size();
  if (fits) std::memcpy(out.data(), bytes->data(), out.size());
  wipe(*bytes);
  if (!fits) return fail(Error::kMalformed);
  return {};
}

std::vector<std::uint8_t> joined(std::string_view prefix, std::string_view room_id,
                                 std::uint32_t gen) {
  std::vector<std::uint8_t> bytes(prefix.size() + room_id.size() + 4);
  ByteWriter writer(bytes);
  writer.bytes(as_bytes(prefix));
  writer.bytes(as_bytes(room_id));
  writer.u32(gen);
  return bytes;
}

void append(LinkText& text, ByteView bytes) {
  std::string encoded = to_base64url(bytes);
  text.append(encoded.data(), encoded.size());
  wipe({reinterpret_cast<std::uint8_t*>(encoded.data()), encoded.size()});
}

}  // namespace

Result<RoomLink> parse_link(std::string_view fragment) {
  const std::size_t first = fragment.find('.');
  if (first == std::string_view::npos) return fail(Error::kMalformed);
  RoomLink link;
  TRY(link.gen, parse_gen(fragment.substr(0, first)));
  std::string_view rest = fragment.substr(first + 1);
  const std::size_t second = rest.find('.');
  TRY_VOID(parse_32(rest.substr(0, second), link.secret.writable()));
  if (second != std::string_view::npos) {
    TRY_VOID(parse_32(rest.substr(second + 1), link.issuer_key_hash.emplace()));
  }
  return link;
}

LinkText format_link(const RoomLink& link) {
  LinkText text;
  append_decimal(text, link.gen);
  text += '.';
  append(text, link.secret.view());
  if (link.issuer_key_hash) {
    text += '.';
    append(text, *link.issuer_key_hash);
  }
  return text;
}

Result<LinkKeys> link_keys(const RoomLink& link, std::string_view room_id) {
  return LinkKeys::from(link.secret.view(), room_id, link.gen);
}

std::vector<std::uint8_t> link_exporter_context(std::string_view room_id, std::uint32_t gen) {
  return joined({}, room_id, gen);
}

std::vector<std::uint8_t> link_psk_id(std::string_view room_id, std::uint32_t gen) {
  return joined(kPskIdPrefix, room_id, gen);
}

}  // namespace sotto::room
