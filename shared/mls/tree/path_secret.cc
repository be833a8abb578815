#include "mls/tree/path_secret.h"

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {

Secret<kNh> next_path_secret(const Secret<kNh>& path_secret) {
  return derive_secret(path_secret.view(), "path");
}

HpkeKeyPair node_key_pair(const Secret<kNh>& path_secret) {
  return HpkeKeyPair::derive(derive_secret(path_secret.view(), "node").view());
}

}  // namespace sotto::mls
