#include "crypto/hchacha20.h"

#include <bit>
#include <cstring>

namespace sotto {
namespace {

// sum += addend; other = (other ^ sum) <<< bits
void step(std::uint32_t& sum, std::uint32_t addend, std::uint32_t& other, int bits) {
  sum += addend;
  other = std::rotl(other ^ sum, bits);
}

void quarter_round(std::uint32_t& a, std::uint32_t& b, std::uint32_t& c, std::uint32_t& d) {
  step(a, b, d, 16);
  step(c, d, b, 12);
  step(a, b, d, 8);
  step(c, d, b, 7);
}

}  // namespace

Secret<32> hchacha20(std::span<const std::uint8_t, 32> key,
                     std::span<const std::uint8_t, 16> nonce) {
  std::uint32_t x[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
  std::memcpy(x + 4, key.data(), key.size());
  std::memcpy(x + 12, nonce.data(), nonce.size());
  for (int i = 0; i < 10; ++i) {
    for (std::size_t j = 0; j < 4; ++j) quarter_round(x[j], x[4 + j], x[8 + j], x[12 + j]);
    for (std::size_t j = 0; j < 4; ++j) {
      quarter_round(x[j], x[4 + (j + 1) % 4], x[8 + (j + 2) % 4], x[12 + (j + 3) % 4]);
    }
  }
  // The first and the last row; without the sum that ends a block, this cannot be undone either.
  Secret<32> subkey;
  std::memcpy(subkey.writable().data(), x, 16);
  std::memcpy(subkey.writable().data() + 16, x + 12, 16);
  wipe({reinterpret_cast<std::uint8_t*>(x), sizeof x});
  return subkey;
}

}  // namespace sotto
