// From a passphrase to a base key, slowly.
//
//   base_key = PBKDF2-HMAC-SHA256(passphrase, "sotto sender key 1", 600,000 iterations, 32 bytes)
//
// The salt is fixed because nothing else is shared beforehand: equal passphrases give equal keys
// everywhere, so a passphrase must be long and used once. Nothing is remembered: who gives one key
// to many participants, or must not wait, hands out the result itself (KeyKind::kStretched).
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "sframe/base_key.h"

namespace sotto {

inline constexpr std::uint32_t kPassphraseIterations = 600'000;
inline constexpr std::size_t kMaxPassphraseSize = 1024;

// kInvalidArgument for a passphrase that is empty or longer than kMaxPassphraseSize. Takes a good
// part of a second. In the browser's modules there is no such function, every passphrase is
// kInvalidArgument: WebCrypto computes it there, beside the media (wasm/src/worker/stretch.ts).
Result<BaseKey> stretch_passphrase(ByteView passphrase);

}  // namespace sotto
