// MLS-Exporter (RFC 9420 section 8.5).
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

// kInvalidArgument when `out` is over 8,160 bytes.
Result<void> mls_exporter(const Secret<kNh>& exporter_secret, std::string_view label,
                          ByteView context, MutableBytes out);

}  // namespace sotto::mls
