// How a KeyPackage travels through the bridge (security profile, section 4): it holds a name, so it
// is sealed for those who hold the link, and its size says nothing about that name.
//
//   sealed = MessageSealer (e2ee/sealed_message.h) under key "kp-seal" of
//              u16 size || KeyPackage as an MLSMessage || zeros up to a multiple of 256
//
// The endpoint's id is authenticated, room and gen are in the key: a bridge cannot give it out as
// another's, nor in another room.
#pragma once

#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "e2ee/sealed_message.h"
#include "mls/bytes.h"

namespace sotto::room {

class KeyPackageSeal {
 public:
  static constexpr std::size_t kBlock = 256;
  static constexpr std::size_t kMaxKeyPackageSize = 8192;

  explicit KeyPackageSeal(const Secret<32>& key) : sealer_(key) {}

  // kTooLarge over kMaxKeyPackageSize.
  Result<std::vector<std::uint8_t>> seal(ByteView endpoint, ByteView key_package,
                                         RandomSource& random);

  // kUnauthenticated for everything that is not a KeyPackage sealed for this link and endpoint.
  Result<mls::Bytes> open(ByteView endpoint, ByteView sealed);

 private:
  MessageSealer sealer_;
};

}  // namespace sotto::room
