// HKDF (RFC 5869) with SHA-256 over inputs in parts, which are read where they lie: what MLS and
// HPKE derive has long labels and contexts. Allocates nothing.
#pragma once

#include <cstddef>
#include <initializer_list>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

inline constexpr std::size_t kMaxHkdfSha256Size = 255 * 32;

Secret<32> hkdf_sha256_extract(ByteView salt, std::initializer_list<ByteView> input_key);

// kInvalidArgument when `out` is over kMaxHkdfSha256Size.
Result<void> hkdf_sha256_expand(ByteView prk, std::initializer_list<ByteView> info,
                                MutableBytes out);

}  // namespace sotto
