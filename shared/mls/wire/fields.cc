#include "mls/wire/fields.h"

namespace sotto::mls {

constexpr std::size_t kShortestHash = 32;

void read_version(Reader& in, ProtocolVersion& version) {
  read(in, version);
  if (version != ProtocolVersion::kMls10) in.fail(Error::kUnsupported);
}

void read_reference(Reader& in, Bytes& reference) {
  in.opaque(reference);
  if (reference.size() < kShortestHash) in.fail(Error::kMalformed);
}

void read(Reader& in, LeafIndex& leaf_index) {
  leaf_index.value = in.u32();
}

void write(Writer& out, LeafIndex leaf_index) {
  out.u32(leaf_index.value);
}

}  // namespace sotto::mls
