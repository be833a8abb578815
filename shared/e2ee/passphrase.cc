#include "e2ee/passphrase.h"

#include <string_view>

#ifndef __EMSCRIPTEN__
#include "crypto/pbkdf2.h"
#endif

namespace sotto {

Result<BaseKey> stretch_passphrase(ByteView passphrase) {
  if (passphrase.empty() || passphrase.size() > kMaxPassphraseSize) {
    return fail(Error::kInvalidArgument);
  }
#ifdef __EMSCRIPTEN__
  return fail(Error::kInvalidArgument);
#else
  constexpr std::string_view kSalt = "sotto sender key 1";
  BaseKey key(32);
  TRY_VOID(pbkdf2_sha256(passphrase, as_bytes(kSalt), kPassphraseIterations, key.writable()));
  return key;
#endif
}

}  // namespace sotto
