#include "e2ee/passphrase.h"

#include <string_view>

#include "crypto/pbkdf2.h"

namespace sotto {

Result<BaseKey> stretch_passphrase(ByteView passphrase) {
  constexpr std::string_view kSalt = "sotto sender key 1";
  if (passphrase.empty() || passphrase.size() > kMaxPassphraseSize) {
    return fail(Error::kInvalidArgument);
  }
  BaseKey key(32);
  TRY_VOID(pbkdf2_sha256(passphrase, as_bytes(kSalt), kPassphraseIterations, key.writable()));
  return key;
}

}  // namespace sotto
