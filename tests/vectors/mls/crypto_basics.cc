#include "mls/keys/encrypt_with_label.h"
#include "mls/keys/expand_with_label.h"
#include "mls/keys/hash.h"
#include "mls/keys/sign_with_label.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

std::string label_of(const Case& c) {
  return c.at("label").get<std::string>();
}

void check_derivations(const Case& all, Report& report) {
  const Case& hashed = all.at("ref_hash");
  report.equal("RefHash", ref_hash(label_of(hashed), bytes_of(hashed.at("value"))),
               hashed.at("out"));

  const Case& expanded = all.at("expand_with_label");
  Bytes out(expanded.at("length").get<std::size_t>());
  report.expect("ExpandWithLabel succeeds",
                expand_with_label(bytes_of(expanded.at("secret")), label_of(expanded),
                                  bytes_of(expanded.at("context")), out)
                    .has_value());
  report.equal("ExpandWithLabel", out, expanded.at("out"));

  const Case& derived = all.at("derive_secret");
  report.equal("DeriveSecret",
               derive_secret(bytes_of(derived.at("secret")), label_of(derived)).view(),
               derived.at("out"));

  const Case& of_tree = all.at("derive_tree_secret");
  out.assign(of_tree.at("length").get<std::size_t>(), 0);
  report.expect("DeriveTreeSecret succeeds",
                derive_tree_secret(bytes_of(of_tree.at("secret")), label_of(of_tree),
                                   of_tree.at("generation").get<std::uint32_t>(), out)
                    .has_value());
  report.equal("DeriveTreeSecret", out, of_tree.at("out"));
}

void check_signature(const Case& c, Report& report) {
  const Bytes content = bytes_of(c.at("content"));
  const Bytes public_key = bytes_of(c.at("pub"));
  const auto key_pair =
      SignatureKeyPair::from_seed(ByteView(bytes_of(c.at("priv"))).first<kEd25519SeedSize>());
  report.equal("public key", key_pair.public_key(), c.at("pub"));
  // Ed25519 signs the same content in one way only.
  report.equal("SignWithLabel", sign_with_label(key_pair, label_of(c), content), c.at("signature"));
  report.expect(
      "VerifyWithLabel",
      verify_with_label(public_key, label_of(c), content, bytes_of(c.at("signature"))).has_value());
  report.expect(
      "VerifyWithLabel refuses another label",
      !verify_with_label(public_key, label_of(c) + "x", content, bytes_of(c.at("signature")))
           .has_value());
}

void check_decryption(const Case& c, Suite suite, const HpkeKeyPair& key_pair,
                      HpkeCiphertextView ciphertext, Report& report) {
  const auto plaintext =
      decrypt_with_label(suite, key_pair, label_of(c), bytes_of(c.at("context")), ciphertext);
  if (report.expect("DecryptWithLabel opens", plaintext.has_value())) {
    report.equal("DecryptWithLabel", *plaintext, c.at("plaintext"));
  }
}

void check_encryption(const Case& c, Suite suite, Report& report) {
  const auto key_pair =
      HpkeKeyPair::from_private_key(ByteView(bytes_of(c.at("priv"))).first<kNsk>());
  report.equal("HPKE public key", key_pair.public_key, c.at("pub"));
  const Bytes kem_output = bytes_of(c.at("kem_output"));
  const Bytes ciphertext = bytes_of(c.at("ciphertext"));
  check_decryption(c, suite, key_pair, {kem_output, ciphertext}, report);

  TestRandom random;
  const auto sealed =
      encrypt_with_label(suite, bytes_of(c.at("pub")), label_of(c), bytes_of(c.at("context")),
                         bytes_of(c.at("plaintext")), random);
  if (report.expect("EncryptWithLabel", sealed.has_value())) {
    check_decryption(c, suite, key_pair, {sealed->kem_output, sealed->ciphertext}, report);
  }
}

const VectorFile file("vectors/mls/crypto-basics.json", 2, [](const Case& c, Report& report) {
  check_derivations(c, report);
  check_signature(c.at("sign_with_label"), report);
  check_encryption(c.at("encrypt_with_label"), suite_of(c), report);
});

}  // namespace
}  // namespace sotto::mls::vectors
