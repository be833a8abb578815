// That whoever made a KeyPackage holds the room's link (security profile, section 2): KeyPackage
// extension 0xF5A1. Its extension_data is
//
//   HMAC-SHA256(key "kp-mac" of the link, KeyPackageTBS (RFC 9420 section 10) of the KeyPackage
//               with this one extension left out of `extensions`, the others in their order)
//
// so it covers keys, leaf (with its own signature), lifetime and all that is signed; the
// KeyPackage's own signature covers it in turn.
#pragma once

#include "base/result.h"
#include "crypto/secret.h"
#include "mls/wire/key_package.h"
#include "room/extension_types.h"

namespace sotto::room {

// For KeyPackageOptions::before_signing: adds the extension, or replaces it. kWrongState when the
// leaf's capabilities do not list it.
Result<void> add_key_package_mac(const Secret<32>& mac_key, mls::KeyPackage& key_package);

// kUnauthenticated without the extension, and for another MAC than the right one.
Result<void> check_key_package_mac(const Secret<32>& mac_key, const mls::KeyPackage& key_package);

}  // namespace sotto::room
