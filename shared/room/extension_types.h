// Sotto's extension types, from the range for private use (RFC 9420 section 17.3).
#pragma once

#include "mls/wire/types.h"

namespace sotto::room {

// Of the GroupContext: room_context.h.
inline constexpr mls::ExtensionType kRoomContextExtension{0xF5A0};
// Of a KeyPackage: key_package_mac.h.
inline constexpr mls::ExtensionType kKeyPackageMacExtension{0xF5A1};

}  // namespace sotto::room
