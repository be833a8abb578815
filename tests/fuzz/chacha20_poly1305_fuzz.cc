// fuzz-deps: sotto_crypto
// Our ChaCha20-Poly1305 against libsodium's: the same sealed bytes, the same verdict on foreign
// ones. Input: a byte each for the sizes of AAD and (times the next one) text, 44 bytes of key and
// nonce, then AAD and text; what is missing is zeros.
#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "crypto/chacha20_poly1305_kernel.h"

namespace {

using Kernel = sotto::ChaCha20Poly1305Kernel;
using Bytes = std::vector<std::uint8_t>;

void expect(bool condition) {
  if (!condition) std::abort();
}

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : left_(data, size) {}

  Bytes take(std::size_t size) {
    Bytes bytes(size);
    const std::size_t part = std::min(size, left_.size());
    std::copy_n(left_.begin(), part, bytes.begin());
    left_ = left_.subspan(part);
    return bytes;
  }

 private:
  sotto::ByteView left_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const Bytes sizes = input.take(3);
  const Bytes key = input.take(32), nonce = input.take(12);
  const Bytes aad = input.take(sizes[0]), plain = input.take(sizes[1] * std::size_t{sizes[2]});
  const Kernel::Key key_view = sotto::ByteView(key).first<32>();
  const Kernel::Nonce nonce_view = sotto::ByteView(nonce).first<12>();

  Bytes expected(plain.size() + 16), sealed(plain.size() + 16);
  crypto_aead_chacha20poly1305_ietf_encrypt(expected.data(), nullptr, plain.data(), plain.size(),
                                            aad.data(), aad.size(), nullptr, nonce.data(),
                                            key.data());
  Kernel::seal(key_view, nonce_view, aad, plain, sealed);
  expect(sealed == expected);
  Bytes opened(plain.size(), 0xee);
  expect(Kernel::open(key_view, nonce_view, aad, sealed, opened) && opened == plain);

  // The input itself as what somebody else sealed: never authentic, and nothing comes out.
  Bytes foreign = plain;
  foreign.resize(foreign.size() + 16);
  const bool authentic = crypto_aead_chacha20poly1305_ietf_decrypt(
                             opened.data(), nullptr, nullptr, foreign.data(), foreign.size(),
                             aad.data(), aad.size(), nonce.data(), key.data()) == 0;
  std::fill(opened.begin(), opened.end(), 0xee);
  expect(Kernel::open(key_view, nonce_view, aad, foreign, opened) == authentic);
  expect(authentic || opened == Bytes(plain.size()));
  return 0;
}
