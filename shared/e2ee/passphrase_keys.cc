#include "e2ee/passphrase_keys.h"

#include <string_view>

#include "crypto/constant_time.h"
#include "crypto/pbkdf2.h"

namespace sotto {
namespace {

constexpr std::string_view kSalt = "sotto sender key 1";
constexpr std::string_view kMarkLabel = "sotto passphrase mark";

}  // namespace

Result<BaseKey> PassphraseKeys::key_of(ByteView passphrase) {
  if (passphrase.empty() || passphrase.size() > kMaxPassphraseSize) {
    return fail(Error::kInvalidArgument);
  }
  Secret<32> mark;
  TRY_VOID(hmac(Hash::kSha256, as_bytes(kMarkLabel), {passphrase}, mark.writable()));
  for (const Known& known : known_) {
    if (known.used && equal_constant_time(known.mark.view(), mark.view())) {
      return known.key.copy();
    }
  }
  BaseKey key(32);
  TRY_VOID(pbkdf2_sha256(passphrase, as_bytes(kSalt), kIterations, key.writable()));
  ++derivations_;
  Known& place = known_[next_++ % kRemembered];
  place.mark = std::move(mark);
  place.key = key.copy();
  place.used = true;
  return key;
}

}  // namespace sotto
