// HMAC and HKDF (RFC 5869) with SHA-256 and SHA-512.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

enum class Hash : std::uint8_t { kSha256, kSha512 };

// Nh, the size of the hash's output in bytes.
constexpr std::size_t hash_size(Hash hash) {
  return hash == Hash::kSha256 ? 32 : 64;
}
inline constexpr std::size_t kMaxHashSize = 64;

// `mac` is hash_size(hash) bytes; the message is the parts one after the other. kInvalidArgument
// for another size of `mac`, kUnsupported for SHA-512 in a build without it.
Result<void> hmac(Hash hash, ByteView key, std::initializer_list<ByteView> message,
                  MutableBytes mac);

// `prk` is hash_size(hash) bytes.
Result<void> hkdf_extract(Hash hash, ByteView salt, ByteView input_key, MutableBytes prk);

// kInvalidArgument when `out` is over 255 times the hash's size.
Result<void> hkdf_expand(Hash hash, ByteView prk, ByteView info, MutableBytes out);

}  // namespace sotto
