#include "mls/keys/expand_with_label.h"

#include "base/byte_writer.h"
#include "crypto/hkdf_sha256.h"
#include "mls/keys/protocol_label.h"
#include "mls/wire/vector_length.h"

namespace sotto::mls {

Secret<kNh> extract(ByteView salt, ByteView input) {
  return hkdf_sha256_extract(salt, {input});
}

// KDFLabel: u16 length, label<V>, context<V>
Result<void> expand_with_label(ByteView secret, std::string_view label, ByteView context,
                               MutableBytes out) {
  const std::uint8_t length[2] = {static_cast<std::uint8_t>(out.size() >> 8),
                                  static_cast<std::uint8_t>(out.size())};
  return hkdf_sha256_expand(
      secret,
      {length, VectorLength(kProtocolLabel.size() + label.size()).view(), as_bytes(kProtocolLabel),
       as_bytes(label), VectorLength(context.size()).view(), context},
      out);
}

Secret<kNh> derive_secret(ByteView secret, std::string_view label) {
  return expand_with_label<kNh>(secret, label, {});
}

Result<void> derive_tree_secret(ByteView secret, std::string_view label, std::uint32_t generation,
                                MutableBytes out) {
  std::uint8_t context[4];
  ByteWriter(context).u32(generation);
  return expand_with_label(secret, label, context, out);
}

}  // namespace sotto::mls
