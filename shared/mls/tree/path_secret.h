// Path secrets (RFC 9420 section 7.4): one for each node of a filtered direct path.
//
//   path_secret[n] -> path_secret[n+1]        "path"; the last one is the commit_secret
//         '-> node_secret[n] -> key pair      "node"
#pragma once

#include "crypto/hpke.h"
#include "crypto/secret.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

Secret<kNh> next_path_secret(const Secret<kNh>& path_secret);
HpkeKeyPair node_key_pair(const Secret<kNh>& path_secret);

}  // namespace sotto::mls
