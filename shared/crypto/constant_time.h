// Comparison of secret bytes: its time depends on their number alone.
#pragma once

#include "base/bytes.h"

namespace sotto {

bool equal_constant_time(ByteView a, ByteView b);

}  // namespace sotto
