// Protection profiles of DTLS-SRTP and the keys that the handshake yields (RFC 5764 section 4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace sotto::bridge {

// Values of the use_srtp extension (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
enum class SrtpProfile : std::uint16_t {
  kAes128CmSha1_80 = 0x0001,
  kAeadAes128Gcm = 0x0007,
};

constexpr std::size_t master_key_size(SrtpProfile) {
  return 16;
}
constexpr std::size_t master_salt_size(SrtpProfile profile) {
  return profile == SrtpProfile::kAeadAes128Gcm ? 12 : 14;
}
constexpr std::size_t master_size(SrtpProfile profile) {
  return master_key_size(profile) + master_salt_size(profile);
}

// Master key followed by master salt, for each direction. Wiped when it goes.
struct SrtpKeys {
  SrtpKeys() = default;
  SrtpKeys(const SrtpKeys&) = default;
  SrtpKeys& operator=(const SrtpKeys&) = default;
  ~SrtpKeys();

  SrtpProfile profile = SrtpProfile::kAeadAes128Gcm;
  std::array<std::uint8_t, 30> inbound{};   // what the peer protects with
  std::array<std::uint8_t, 30> outbound{};  // what we protect with
};

}  // namespace sotto::bridge
