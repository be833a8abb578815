#include "room/key_package_mac.h"

#include <algorithm>
#include <array>

#include "crypto/constant_time.h"
#include "crypto/hkdf.h"

namespace sotto::room {
namespace {

using Mac = std::array<std::uint8_t, 32>;

Result<Mac> mac_of(const Secret<32>& mac_key, mls::KeyPackage key_package) {
  auto& extensions = key_package.extensions;
  extensions.erase(std::remove_if(extensions.begin(), extensions.end(),
                                  [](const mls::Extension& extension) {
                                    return extension.extension_type == kKeyPackageMacExtension;
                                  }),
                   extensions.end());
  const mls::Bytes tbs = mls::key_package_tbs(key_package);
  Mac mac;
  TRY_VOID(hmac(Hash::kSha256, mac_key.view(), {tbs}, mac));
  return mac;
}

}  // namespace

Result<void> add_key_package_mac(const Secret<32>& mac_key, mls::KeyPackage& key_package) {
  const auto& listed = key_package.leaf_node.capabilities.extensions;
  if (std::find(listed.begin(), listed.end(), kKeyPackageMacExtension) == listed.end()) {
    return fail(Error::kWrongState);
  }
  TRY(const Mac& mac, mac_of(mac_key, key_package));
  mls::set_extension(key_package.extensions, {kKeyPackageMacExtension, mls::to_bytes(mac)});
  return {};
}

Result<void> check_key_package_mac(const Secret<32>& mac_key, const mls::KeyPackage& key_package) {
  const mls::Extension* extension =
      mls::find_extension(key_package.extensions, kKeyPackageMacExtension);
  if (extension == nullptr) return fail(Error::kUnauthenticated);
  TRY(const Mac& mac, mac_of(mac_key, key_package));
  if (!equal_constant_time(mac, extension->extension_data)) return fail(Error::kUnauthenticated);
  return {};
}

}  // namespace sotto::room
