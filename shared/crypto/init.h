// Call once before anything else in crypto/, from any thread; again is fine.
#pragma once

namespace sotto {

// False when libsodium cannot work on this machine: nothing may be sealed or opened then.
[[nodiscard]] bool initialize_crypto();

}  // namespace sotto
