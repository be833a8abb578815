#include "mls/keys/hash.h"

#include "crypto/constant_time.h"
#include "crypto/hmac_sha256.h"
#include "crypto/sha256.h"
#include "mls/wire/vector_length.h"

namespace sotto::mls {

HashValue hash(std::initializer_list<ByteView> parts) {
  Sha256 sha256;
  for (ByteView part : parts) sha256.update(part);
  HashValue digest;
  sha256.finish(digest);
  return digest;
}

HashValue mac(ByteView key, std::initializer_list<ByteView> parts) {
  HmacSha256 hmac(key);
  for (ByteView part : parts) hmac.update(part);
  HashValue tag;
  hmac.finish(tag);
  return tag;
}

bool verify_mac(ByteView key, std::initializer_list<ByteView> parts, ByteView tag) {
  HashValue expected = mac(key, parts);
  const bool same = equal_constant_time(expected, tag);
  wipe(expected);  // it would let through what was refused
  return same;
}

// Hash(RefHashInput)
HashValue ref_hash(std::string_view label, ByteView value) {
  return hash({VectorLength(label.size()).view(), as_bytes(label),
               VectorLength(value.size()).view(), value});
}

HashValue make_key_package_ref(ByteView key_package) {
  return ref_hash("MLS 1.0 KeyPackage Reference", key_package);
}

HashValue make_proposal_ref(ByteView authenticated_content) {
  return ref_hash("MLS 1.0 Proposal Reference", authenticated_content);
}

}  // namespace sotto::mls
