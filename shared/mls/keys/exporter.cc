#include "mls/keys/exporter.h"

#include "mls/keys/expand_with_label.h"
#include "mls/keys/hash.h"

namespace sotto::mls {

Result<void> mls_exporter(const Secret<kNh>& exporter_secret, std::string_view label,
                          ByteView context, MutableBytes out) {
  const Secret<kNh> derived = derive_secret(exporter_secret.view(), label);
  return expand_with_label(derived.view(), "exported", hash({context}), out);
}

}  // namespace sotto::mls
