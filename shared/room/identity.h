// Who a leaf is (security profile, section 4). Every join has a fresh leaf signature key; the
// identity, an Ed25519 key that outlives the call, vouches for it in the leaf's credential:
//
//   struct {                                 the `identity` of a basic credential (RFC 9420, 5.3)
//     u8     version = 1;
//     opaque identity_key[32];               Ed25519
//     u8     name length;  opaque name[];    UTF-8, see display_name.h
//     u64    expiry;                         seconds since 1970
//     opaque signature[64];                  Ed25519, by identity_key, of:
//   }
//     "sotto leaf" || u8 length of room id || room id || leaf key[32] || u8 length of name || name
//                  || u64 expiry
//
// It never travels in the clear. Expiry is looked at by who commits an Add, and by nobody else:
// validity depends on no clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519.h"
#include "crypto/ed25519_many.h"
#include "room/policy.h"

namespace sotto::room {

using IdentityKey = Ed25519PublicKey;

struct LeafIdentity {
  IdentityKey identity_key{};
  std::string name;
  std::uint64_t expiry = 0;
  Ed25519Signature signature{};

  // By the same name; another leaf of its perhaps.
  bool is_same_person(const LeafIdentity& other) const {
    return identity_key == other.identity_key && name == other.name;
  }

  friend bool operator==(const LeafIdentity&, const LeafIdentity&) = default;
};

// kInvalidArgument for a room id of other than 1 to 64 bytes; a bad name's error.
Result<LeafIdentity> vouch_for_leaf(const Ed25519KeyPair& identity, std::string_view room_id,
                                    const Ed25519PublicKey& leaf_key, std::string_view name,
                                    std::uint64_t expiry, const Policy& policy = {});

std::vector<std::uint8_t> encode(const LeafIdentity& identity);

// Structure alone: kTruncated, kMalformed (bytes left over), kUnsupported (version).
Result<LeafIdentity> decode_leaf_identity(ByteView credential);

// Decodes and checks name and signature. kUnauthenticated when the identity did not vouch for this
// leaf key in this room. With `many` the signature is one of those, and nothing is verified before
// they are.
Result<LeafIdentity> verify_leaf_identity(ByteView credential, std::string_view room_id,
                                          ByteView leaf_key, const Policy& policy = {},
                                          Ed25519Many* many = nullptr);

}  // namespace sotto::room
