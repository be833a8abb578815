// ExpandWithLabel and what stands directly on it (RFC 9420 section 8). "MLS 1.0 " is put before
// every label here.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

// KDF.Extract. `salt` or `input` may be of any size.
Secret<kNh> extract(ByteView salt, ByteView input);

// kInvalidArgument when `out` is over 8,160 bytes, KDF.Expand's limit. Allocates nothing.
Result<void> expand_with_label(ByteView secret, std::string_view label, ByteView context,
                               MutableBytes out);

template <std::size_t kSize>
Secret<kSize> expand_with_label(ByteView secret, std::string_view label, ByteView context) {
  static_assert(kSize <= 255 * kNh);
  Secret<kSize> out;
  (void)expand_with_label(secret, label, context, out.writable());
  return out;
}

// ExpandWithLabel(secret, label, "", Nh)
Secret<kNh> derive_secret(ByteView secret, std::string_view label);

// DeriveTreeSecret (section 9.1): the context is the generation.
Result<void> derive_tree_secret(ByteView secret, std::string_view label, std::uint32_t generation,
                                MutableBytes out);

}  // namespace sotto::mls
