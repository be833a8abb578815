#include "mls/keys/key_and_nonce.h"

#include <algorithm>

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {

KeyAndNonce KeyAndNonce::copy() const {
  KeyAndNonce same(suite_);
  same.key_ = Secret<kMaxNk>(key_.view());
  same.nonce_ = Secret<kNn>(nonce_.view());
  return same;
}

void KeyAndNonce::guard(const ReuseGuard& reuse_guard) {
  for (std::size_t i = 0; i < reuse_guard.size(); ++i) nonce_.writable()[i] ^= reuse_guard[i];
}

Result<Bytes> KeyAndNonce::seal(ByteView aad, ByteView plain) const {
  TRY(auto&& aead, make_aead(aead_of(suite_), key()));
  Bytes sealed(plain.size() + kNt);
  TRY_VOID(aead->seal(nonce(), aad, plain, sealed));
  return sealed;
}

Result<Bytes> KeyAndNonce::open(ByteView aad, ByteView sealed) const {
  if (sealed.size() < kNt) return fail(Error::kUnauthenticated);
  TRY(auto&& aead, make_aead(aead_of(suite_), key()));
  Bytes plain(sealed.size() - kNt);
  TRY_VOID(aead->open(nonce(), aad, sealed, plain));
  return plain;
}

KeyAndNonce derive_key_and_nonce(Suite suite, ByteView secret, ByteView context) {
  KeyAndNonce derived(suite);
  (void)expand_with_label(secret, "key", context, derived.writable_key());
  (void)expand_with_label(secret, "nonce", context, derived.writable_nonce());
  return derived;
}

KeyAndNonce sender_data_key(Suite suite, const Secret<kNh>& sender_data_secret,
                            ByteView ciphertext) {
  return derive_key_and_nonce(suite, sender_data_secret.view(),
                              ciphertext.first(std::min(ciphertext.size(), kNh)));
}

}  // namespace sotto::mls
