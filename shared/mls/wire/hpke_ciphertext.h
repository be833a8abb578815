// HPKE ciphertexts (RFC 9420 section 7.6).
#pragma once

#include "mls/wire/codec.h"
#include "mls/wire/types.h"

namespace sotto::mls {

struct HpkeCiphertext {
  Bytes kem_output;
  Bytes ciphertext;
  friend bool operator==(const HpkeCiphertext&, const HpkeCiphertext&) = default;
};

void read(Reader& in, HpkeCiphertext& ciphertext);
void write(Writer& out, const HpkeCiphertext& ciphertext);

struct HpkeCiphertextView {
  ByteView kem_output;
  ByteView ciphertext;
};

// HPKECiphertext ciphertexts<V>, checked and counted, but kept as one byte string: a flat tree of
// 1,000 members has 1,000 of them in one node, and each receiver wants one.
class HpkeCiphertexts {
 public:
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }

  // kNotFound past the end. Takes time in proportion to `index`.
  Result<HpkeCiphertextView> at(std::size_t index) const;
  void push_back(HpkeCiphertextView ciphertext);

  friend bool operator==(const HpkeCiphertexts&, const HpkeCiphertexts&) = default;
  friend void read(Reader& in, HpkeCiphertexts& ciphertexts);
  friend void write(Writer& out, const HpkeCiphertexts& ciphertexts);

 private:
  Bytes encoded_;
  std::size_t count_ = 0;
};

}  // namespace sotto::mls
