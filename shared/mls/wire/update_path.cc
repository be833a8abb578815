#include "mls/wire/update_path.h"

namespace sotto::mls {

void read(Reader& in, UpdatePathNode& node) {
  in.opaque(node.encryption_key);
  read(in, node.encrypted_path_secret);
}

void write(Writer& out, const UpdatePathNode& node) {
  out.opaque(node.encryption_key);
  write(out, node.encrypted_path_secret);
}

void read(Reader& in, UpdatePath& path) {
  read(in, path.leaf_node);
  in.vector([&] {
    if (path.nodes.size() == kLongestPath) return in.fail(Error::kMalformed);
    read(in, path.nodes.emplace_back());
  });
}

void write(Writer& out, const UpdatePath& path) {
  write(out, path.leaf_node);
  write_vector(out, path.nodes);
}

}  // namespace sotto::mls
