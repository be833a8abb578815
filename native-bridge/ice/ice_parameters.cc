#include "ice/ice_parameters.h"

#include <array>
#include <string_view>

#include "base/bytes.h"

namespace sotto::bridge {
namespace {

// ice-char of RFC 8839 section 5.4: 64 characters, so each random byte gives 6 bits without bias.
constexpr std::string_view kIceChars =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

template <std::size_t kSize>
std::string ice_chars(RandomSource& random) {
  std::array<std::uint8_t, kSize> bytes;
  random.fill(bytes);
  std::string text;
  for (std::uint8_t byte : bytes) text += kIceChars[byte % kIceChars.size()];
  return text;
}

}  // namespace

IceParameters IceParameters::generate(RandomSource& random) {
  return {.ufrag = ice_chars<12>(random), .pwd = ice_chars<32>(random)};
}

}  // namespace sotto::bridge
