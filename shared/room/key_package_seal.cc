#include "room/key_package_seal.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::room {

Result<std::vector<std::uint8_t>> KeyPackageSeal::seal(ByteView endpoint, ByteView key_package,
                                                       RandomSource& random) {
  if (key_package.size() > kMaxKeyPackageSize) return fail(Error::kTooLarge);
  mls::Bytes plain((2 + key_package.size() + kBlock - 1) / kBlock * kBlock);
  ByteWriter writer(plain);
  writer.u16(static_cast<std::uint16_t>(key_package.size()));
  writer.bytes(key_package);
  std::vector<std::uint8_t> sealed(plain.size() + MessageSealer::kOverhead);
  TRY(const std::size_t size, sealer_.seal(endpoint, plain, random, sealed));
  sealed.resize(size);
  return sealed;
}

Result<mls::Bytes> KeyPackageSeal::open(ByteView endpoint, ByteView sealed) {
  constexpr std::size_t kMost = 2 + kMaxKeyPackageSize + kBlock + MessageSealer::kOverhead;
  if (sealed.size() < MessageSealer::kOverhead || sealed.size() > kMost) {
    return fail(Error::kUnauthenticated);
  }
  mls::Bytes plain(sealed.size() - MessageSealer::kOverhead);
  TRY_VOID(sealer_.open(endpoint, sealed, plain));
  ByteReader reader(plain);
  const auto size = reader.u16();
  if (!size) return fail(Error::kUnauthenticated);
  const auto key_package = reader.bytes(*size);
  if (!key_package) return fail(Error::kUnauthenticated);
  return mls::to_bytes(*key_package);
}

}  // namespace sotto::room
