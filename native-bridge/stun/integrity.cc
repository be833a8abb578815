#include "stun/integrity.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include "base/byte_writer.h"

namespace sotto::bridge::stun {
namespace {

constexpr std::uint32_t kFingerprintMask = 0x5354554e;  // "STUN"
constexpr std::uint32_t kCrcPolynomial = 0xedb88320;    // ITU V.42, reflected

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? kCrcPolynomial : 0);
    table[i] = crc;
  }
  return table;
}

constexpr auto kCrcTable = make_crc_table();

}  // namespace

Result<std::array<std::uint8_t, kIntegritySize>> message_integrity(ByteView before,
                                                                   std::string_view password) {
  constexpr std::size_t kAttribute = 4 + kIntegritySize;
  if (before.size() < kHeaderSize) return fail(Error::kInvalidArgument);
  if (before.size() + kAttribute > kMaxMessage) return fail(Error::kTooLarge);
  std::array<std::uint8_t, kMaxMessage> copy;
  std::copy(before.begin(), before.end(), copy.begin());
  ByteWriter header(copy);
  header.zeros(kHeaderSize);
  std::copy_n(before.begin(), kHeaderSize, copy.begin());
  header.patch_u16(2, static_cast<std::uint16_t>(before.size() - kHeaderSize + kAttribute));

  std::array<std::uint8_t, kIntegritySize> mac;
  unsigned int size = 0;
  HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), copy.data(), before.size(),
       mac.data(), &size);
  if (size != mac.size()) return fail(Error::kUnsupported);
  return mac;
}

std::uint32_t fingerprint(ByteView before) {
  std::uint32_t crc = 0xffffffff;
  for (std::uint8_t byte : before) crc = kCrcTable[(crc ^ byte) & 0xff] ^ (crc >> 8);
  return ~crc ^ kFingerprintMask;
}

}  // namespace sotto::bridge::stun
