#include "mls/keys/encrypt_with_label.h"

#include "mls/keys/protocol_label.h"

namespace sotto::mls {

Result<HpkeCiphertext> encrypt_with_label(Suite suite, ByteView public_key, std::string_view label,
                                          ByteView context, ByteView plaintext,
                                          RandomSource& random) {
  return LabelledSealer(suite, label, context).seal(public_key, plaintext, random);
}

LabelledSealer::LabelledSealer(Suite suite, std::string_view label, ByteView context)
    : info_(HpkeInfo::create(aead_of(suite), labelled(label, context))) {}

Result<HpkeCiphertext> LabelledSealer::seal(ByteView public_key, ByteView plaintext,
                                            RandomSource& random) const {
  if (!info_) return fail(info_.error());
  TRY(HpkeSender && sender, hpke_setup_sender(*info_, public_key, random));
  HpkeCiphertext sealed{to_bytes(sender.enc), Bytes(plaintext.size() + kHpkeNt)};
  TRY_VOID(sender.context.seal({}, plaintext, sealed.ciphertext));
  return sealed;
}

Result<Bytes> decrypt_with_label(Suite suite, const HpkeKeyPair& key_pair, std::string_view label,
                                 ByteView context, HpkeCiphertextView ciphertext) {
  if (ciphertext.ciphertext.size() < kHpkeNt) return fail(Error::kUnauthenticated);
  TRY(HpkeContext && receiver, hpke_setup_receiver(aead_of(suite), ciphertext.kem_output, key_pair,
                                                   labelled(label, context)));
  Bytes plaintext(ciphertext.ciphertext.size() - kHpkeNt);
  TRY_VOID(receiver.open({}, ciphertext.ciphertext, plaintext));
  return plaintext;
}

}  // namespace sotto::mls
