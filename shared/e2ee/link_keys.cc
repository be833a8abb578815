#include "e2ee/link_keys.h"

#include "base/byte_writer.h"
#include "crypto/hkdf.h"

namespace sotto {
namespace {

constexpr std::string_view kSalt = "sotto 1";
constexpr std::string_view kFrameLabel = "link-sframe";
constexpr std::string_view kMessageLabel = "link-message";
// The longest label, and the context.
constexpr std::size_t kMaxInfoSize = kMessageLabel.size() + 1 + LinkKeys::kMaxRoomIdSize + 4 + 8;

// HKDF fails only for sizes, and all of them are constants here.
template <typename T>
void expect([[maybe_unused]] const Result<T>& result) {
  assert(result.has_value());
}

Secret<32> expand(const Secret<32>& prk, ByteView info) {
  Secret<32> key;
  expect(hkdf_expand(Hash::kSha256, prk.view(), info, key.writable()));
  return key;
}

}  // namespace

Result<LinkKeys> LinkKeys::from(ByteView link_secret, std::string_view room_id, std::uint32_t gen) {
  if (link_secret.size() != kSecretSize || room_id.empty() || room_id.size() > kMaxRoomIdSize) {
    return fail(Error::kInvalidArgument);
  }
  LinkKeys keys;
  ByteWriter context(keys.context_);
  context.u8(static_cast<std::uint8_t>(room_id.size()));
  context.bytes(as_bytes(room_id));
  context.u32(gen);
  keys.context_size_ = context.size();
  TRY_VOID(hkdf_extract(Hash::kSha256, as_bytes(kSalt), link_secret, keys.prk_.writable()));
  return keys;
}

Secret<32> LinkKeys::base_key(std::uint64_t kid) const {
  std::uint8_t buffer[kMaxInfoSize];
  ByteWriter info(buffer);
  info.bytes(as_bytes(kFrameLabel));
  info.bytes(context());
  info.u64(kid);
  return expand(prk_, info.written());
}

Secret<32> LinkKeys::key(std::string_view label) const {
  std::uint8_t buffer[kMaxInfoSize];
  ByteWriter info(buffer);
  info.bytes(as_bytes(label));
  info.bytes(context());
  return expand(prk_, info.written());
}

Secret<32> LinkKeys::message_key() const {
  return key(kMessageLabel);
}

Secret<32> LinkKeys::psk() const {
  return key("psk");
}

Secret<32> LinkKeys::key_package_mac_key() const {
  return key("kp-mac");
}

Secret<32> LinkKeys::key_package_seal_key() const {
  return key("kp-seal");
}

}  // namespace sotto
