// psk_secret (RFC 9420 section 8.4): the pre-shared keys of a commit, chained into one.
#pragma once

#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "mls/keys/suite.h"
#include "mls/wire/psk.h"

namespace sotto::mls {

struct Psk {
  PreSharedKeyId id;
  Bytes psk;
};

// All zeros for none. kTooLarge for more than 65,535, which PSKLabel cannot count.
Result<Secret<kNh>> derive_psk_secret(std::span<const Psk> psks);

}  // namespace sotto::mls
