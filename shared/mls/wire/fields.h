// Fields that many structures have.
#pragma once

#include "mls/wire/codec.h"
#include "mls/wire/types.h"

namespace sotto::mls {

// Another version than mls10 is kUnsupported.
void read_version(Reader& in, ProtocolVersion& version);

// A KeyPackageRef or ProposalRef: one that is shorter than any suite's hash (32 bytes) is
// malformed.
void read_reference(Reader& in, Bytes& reference);

void read(Reader& in, LeafIndex& leaf_index);
void write(Writer& out, LeafIndex leaf_index);

}  // namespace sotto::mls
