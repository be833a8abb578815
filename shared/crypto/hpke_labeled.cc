#include "crypto/hpke_labeled.h"

#include "crypto/hkdf_sha256.h"

namespace sotto {
namespace {

constexpr std::string_view kVersion = "HPKE-v1";

}  // namespace

Secret<32> hpke_labeled_extract(ByteView suite_id, ByteView salt, std::string_view label,
                                ByteView input_key) {
  return hkdf_sha256_extract(salt, {as_bytes(kVersion), suite_id, as_bytes(label), input_key});
}

Result<void> hpke_labeled_expand(ByteView suite_id, ByteView prk, std::string_view label,
                                 ByteView info, MutableBytes out) {
  const std::uint8_t size[2] = {static_cast<std::uint8_t>(out.size() >> 8),
                                static_cast<std::uint8_t>(out.size())};
  return hkdf_sha256_expand(prk, {size, as_bytes(kVersion), suite_id, as_bytes(label), info}, out);
}

}  // namespace sotto
