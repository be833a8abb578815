// What a client says that it supports (RFC 9420 section 7.2), and GREASE (section 13.5).
#pragma once

#include <cstdint>

#include "base/random.h"
#include "mls/wire/leaf_node.h"

namespace sotto::mls {

// MLS 1.0, both suites, basic credentials; further types are the application's to add.
Capabilities default_capabilities();

// One of 0x0A0A, 0x1A1A … 0xEAEA.
std::uint16_t random_grease(RandomSource& random);

// A random value beside what each list holds (of versions none: section 13.5 does not name them).
void add_grease(Capabilities& capabilities, RandomSource& random);

// Section 13.5: whoever compares its own capabilities leaves GREASE out.
Capabilities without_grease(const Capabilities& capabilities);

}  // namespace sotto::mls
