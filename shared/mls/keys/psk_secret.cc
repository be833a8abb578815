#include "mls/keys/psk_secret.h"

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {

Result<Secret<kNh>> derive_psk_secret(std::span<const Psk> psks) {
  if (psks.size() > 0xffff) return fail(Error::kTooLarge);
  static constexpr std::uint8_t kZeros[kNh] = {};
  const auto count = static_cast<std::uint16_t>(psks.size());
  Secret<kNh> psk_secret;
  for (std::uint16_t index = 0; index < count; ++index) {
    const Secret<kNh> psk_extracted = extract(kZeros, psks[index].psk);
    const Secret<kNh> psk_input = expand_with_label<kNh>(psk_extracted.view(), "derived psk",
                                                         psk_label(psks[index].id, index, count));
    psk_secret = extract(psk_input.view(), psk_secret.view());
  }
  return psk_secret;
}

}  // namespace sotto::mls
