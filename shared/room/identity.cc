#include "room/identity.h"

#include <cstring>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "e2ee/link_keys.h"
#include "room/display_name.h"

namespace sotto::room {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::string_view kLabel = "sotto leaf";

std::vector<std::uint8_t> to_be_signed(std::string_view room_id, ByteView leaf_key,
                                       std::string_view name, std::uint64_t expiry,
                                       const Policy& policy) {
  if (!policy.has(Rule::kIdentityRoom)) room_id = {};
  std::vector<std::uint8_t> bytes(kLabel.size() + 1 + room_id.size() + leaf_key.size() + 1 +
                                  name.size() + 8);
  ByteWriter writer(bytes);
  writer.bytes(as_bytes(kLabel));
  writer.u8(static_cast<std::uint8_t>(room_id.size()));
  writer.bytes(as_bytes(room_id));
  writer.bytes(leaf_key);
  writer.u8(static_cast<std::uint8_t>(name.size()));
  writer.bytes(as_bytes(name));
  writer.u64(expiry);
  return bytes;
}

bool is_room_id(std::string_view room_id) {
  return !room_id.empty() && room_id.size() <= LinkKeys::kMaxRoomIdSize;
}

}  // namespace

Result<LeafIdentity> vouch_for_leaf(const Ed25519KeyPair& identity, std::string_view room_id,
                                    const Ed25519PublicKey& leaf_key, std::string_view name,
                                    std::uint64_t expiry, const Policy& policy) {
  if (!is_room_id(room_id)) return fail(Error::kInvalidArgument);
  if (policy.has(Rule::kNames)) TRY_VOID(check_name(name));
  LeafIdentity leaf;
  leaf.identity_key = identity.public_key();
  leaf.name = name;
  leaf.expiry = expiry;
  leaf.signature = identity.sign(to_be_signed(room_id, leaf_key, name, expiry, policy));
  return leaf;
}

std::vector<std::uint8_t> encode(const LeafIdentity& identity) {
  std::vector<std::uint8_t> bytes(1 + identity.identity_key.size() + 1 + identity.name.size() + 8 +
                                  identity.signature.size());
  ByteWriter writer(bytes);
  writer.u8(kVersion);
  writer.bytes(identity.identity_key);
  writer.u8(static_cast<std::uint8_t>(identity.name.size()));
  writer.bytes(as_bytes(identity.name));
  writer.u64(identity.expiry);
  writer.bytes(identity.signature);
  return bytes;
}

Result<LeafIdentity> decode_leaf_identity(ByteView credential) {
  ByteReader reader(credential);
  TRY(const std::uint8_t version, reader.u8());
  if (version != kVersion) return fail(Error::kUnsupported);
  LeafIdentity leaf;
  TRY(const ByteView key, reader.bytes(leaf.identity_key.size()));
  TRY(const std::uint8_t size, reader.u8());
  TRY(const ByteView name, reader.bytes(size));
  TRY(leaf.expiry, reader.u64());
  TRY(const ByteView signature, reader.bytes(leaf.signature.size()));
  if (!reader.empty()) return fail(Error::kMalformed);
  std::memcpy(leaf.identity_key.data(), key.data(), key.size());
  leaf.name = as_text(name);
  std::memcpy(leaf.signature.data(), signature.data(), signature.size());
  return leaf;
}

Result<LeafIdentity> verify_leaf_identity(ByteView credential, std::string_view room_id,
                                          ByteView leaf_key, const Policy& policy,
                                          Ed25519Many* many) {
  if (!is_room_id(room_id)) return fail(Error::kInvalidArgument);
  TRY(LeafIdentity && leaf, decode_leaf_identity(credential));
  if (policy.has(Rule::kNames)) TRY_VOID(check_name(leaf.name));
  if (policy.has(Rule::kIdentity)) {
    const auto bytes = to_be_signed(room_id, leaf_key, leaf.name, leaf.expiry, policy);
    TRY_VOID(many != nullptr ? many->add(leaf.identity_key, bytes, leaf.signature)
                             : ed25519_verify(leaf.identity_key, bytes, leaf.signature));
  }
  return leaf;
}

}  // namespace sotto::room
