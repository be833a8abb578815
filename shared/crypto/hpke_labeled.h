// LabeledExtract and LabeledExpand (RFC 9180 section 4).
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

Secret<32> hpke_labeled_extract(ByteView suite_id, ByteView salt, std::string_view label,
                                ByteView input_key);

// kInvalidArgument when `out` is over 8,160 bytes.
Result<void> hpke_labeled_expand(ByteView suite_id, ByteView prk, std::string_view label,
                                 ByteView info, MutableBytes out);

}  // namespace sotto
