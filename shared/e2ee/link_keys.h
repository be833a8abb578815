// Everything that is derived from the secret in a room's link (security profile, section 1):
//
//   prk = HKDF-Extract(salt = "sotto 1", link secret)                          HMAC-SHA256
//   key = HKDF-Expand(prk, label || u8 length of room id || room id || u32 gen [|| u64 KID], 32)
//
// The link secret itself is never a key, and is not kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

class LinkKeys {
 public:
  static constexpr std::size_t kSecretSize = 32;
  static constexpr std::size_t kMaxRoomIdSize = 64;

  // kInvalidArgument unless `link_secret` is 32 bytes and `room_id` 1 to 64.
  static Result<LinkKeys> from(ByteView link_secret, std::string_view room_id, std::uint32_t gen);

  LinkKeys(LinkKeys&&) = default;
  LinkKeys& operator=(LinkKeys&&) = default;

  // The SFrame base_key of one stream; label "link-sframe", with the KID at the end.
  Secret<32> base_key(std::uint64_t kid) const;

  // Seals what clients tell each other through the bridge; label "link-message".
  Secret<32> message_key() const;

  // For group keys. What every commit with an Add must know; label "psk".
  Secret<32> psk() const;
  // Proves that who made a KeyPackage holds the link; label "kp-mac".
  Secret<32> key_package_mac_key() const;
  // Seals KeyPackages on their way through the bridge; label "kp-seal".
  Secret<32> key_package_seal_key() const;

 private:
  LinkKeys() = default;
  Secret<32> key(std::string_view label) const;
  ByteView context() const { return ByteView(context_).first(context_size_); }

  static constexpr std::size_t kMaxContextSize = 1 + kMaxRoomIdSize + 4;

  Secret<32> prk_;
  // Length and bytes of the room id, gen: public.
  std::array<std::uint8_t, kMaxContextSize> context_;
  std::size_t context_size_ = 0;
};

}  // namespace sotto
