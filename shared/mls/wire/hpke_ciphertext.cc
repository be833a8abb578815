#include "mls/wire/hpke_ciphertext.h"

namespace sotto::mls {
namespace {

HpkeCiphertextView read_view(Reader& in) {
  ByteView kem_output = in.opaque();
  return {kem_output, in.opaque()};
}

}  // namespace

void read(Reader& in, HpkeCiphertext& ciphertext) {
  in.opaque(ciphertext.kem_output);
  in.opaque(ciphertext.ciphertext);
}

void write(Writer& out, const HpkeCiphertext& ciphertext) {
  out.opaque(ciphertext.kem_output);
  out.opaque(ciphertext.ciphertext);
}

Result<HpkeCiphertextView> HpkeCiphertexts::at(std::size_t index) const {
  if (index >= count_) return fail(Error::kNotFound);
  Reader in(encoded_);
  for (std::size_t i = 0; i < index; ++i) (void)read_view(in);
  return read_view(in);
}

void HpkeCiphertexts::push_back(HpkeCiphertextView ciphertext) {
  Writer out;
  out.opaque(ciphertext.kem_output);
  out.opaque(ciphertext.ciphertext);
  Bytes encoded = std::move(out).take();
  encoded_.insert(encoded_.end(), encoded.begin(), encoded.end());
  ++count_;
}

void read(Reader& in, HpkeCiphertexts& ciphertexts) {
  ByteView body = in.opaque();
  Reader each(body);
  std::size_t count = 0;
  for (; each.ok() && each.remaining() != 0; ++count) (void)read_view(each);
  if (!each.ok()) return in.fail(Error::kMalformed);
  ciphertexts.encoded_.assign(body.begin(), body.end());
  ciphertexts.count_ = count;
}

void write(Writer& out, const HpkeCiphertexts& ciphertexts) {
  out.opaque(ciphertexts.encoded_);
}

}  // namespace sotto::mls
