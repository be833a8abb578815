// Hash and MAC of both suites: SHA-256 and HMAC-SHA256.
#pragma once

#include <initializer_list>
#include <string_view>

#include "base/bytes.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

// Of the parts one after the other.
HashValue hash(std::initializer_list<ByteView> parts);

HashValue mac(ByteView key, std::initializer_list<ByteView> parts);

// Whether `tag` is mac(key, parts), in constant time.
[[nodiscard]] bool verify_mac(ByteView key, std::initializer_list<ByteView> parts, ByteView tag);

// RefHash (RFC 9420 section 5.2); the label is whole: "MLS 1.0 KeyPackage Reference".
HashValue ref_hash(std::string_view label, ByteView value);
HashValue make_key_package_ref(ByteView key_package);
HashValue make_proposal_ref(ByteView authenticated_content);

}  // namespace sotto::mls
