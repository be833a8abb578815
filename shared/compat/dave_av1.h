// AV1 in DAVE: see dave_framing.h. The trailer that follows makes the last OBU reach to the end of
// the frame, so it must not say otherwise. Browsers' own depacketizers put the size back; DAVE
// needs Discord's, which do not.
#pragma once

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"
#include "compat/clear_ranges.h"

namespace sotto {

// kMalformed or kTruncated when `frame` is not a sequence of OBUs with at least one to keep.
Result<void> prepare_dave_av1(ByteView frame, ByteWriter& writer, ClearRanges& ranges);

}  // namespace sotto
