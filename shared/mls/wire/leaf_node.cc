#include "mls/wire/leaf_node.h"

#include "mls/wire/fields.h"

namespace sotto::mls {
namespace {

// Everything above the signature.
void write_unsigned(Writer& out, const LeafNode& leaf_node) {
  out.opaque(leaf_node.encryption_key);
  out.opaque(leaf_node.signature_key);
  write(out, leaf_node.credential);
  write(out, leaf_node.capabilities);
  write(out, leaf_node.leaf_node_source);
  if (leaf_node.leaf_node_source == LeafNodeSource::kKeyPackage) {
    out.u64(leaf_node.lifetime.not_before);
    out.u64(leaf_node.lifetime.not_after);
  } else if (leaf_node.leaf_node_source == LeafNodeSource::kCommit) {
    out.opaque(leaf_node.parent_hash);
  }
  write_vector(out, leaf_node.extensions);
}

}  // namespace

void read(Reader& in, Capabilities& capabilities) {
  read_vector(in, capabilities.versions);
  read_vector(in, capabilities.cipher_suites);
  read_vector(in, capabilities.extensions);
  read_vector(in, capabilities.proposals);
  read_vector(in, capabilities.credentials);
}

void write(Writer& out, const Capabilities& capabilities) {
  write_vector(out, capabilities.versions);
  write_vector(out, capabilities.cipher_suites);
  write_vector(out, capabilities.extensions);
  write_vector(out, capabilities.proposals);
  write_vector(out, capabilities.credentials);
}

void read(Reader& in, LeafNode& leaf_node) {
  in.opaque(leaf_node.encryption_key);
  in.opaque(leaf_node.signature_key);
  read(in, leaf_node.credential);
  read(in, leaf_node.capabilities);
  read_closed(in, leaf_node.leaf_node_source, LeafNodeSource::kCommit);
  if (leaf_node.leaf_node_source == LeafNodeSource::kKeyPackage) {
    leaf_node.lifetime.not_before = in.u64();
    leaf_node.lifetime.not_after = in.u64();
  } else if (leaf_node.leaf_node_source == LeafNodeSource::kCommit) {
    in.opaque(leaf_node.parent_hash);
  }
  read_extensions(in, leaf_node.extensions);
  in.opaque(leaf_node.signature);
}

void write(Writer& out, const LeafNode& leaf_node) {
  write_unsigned(out, leaf_node);
  out.opaque(leaf_node.signature);
}

Bytes leaf_node_tbs(const LeafNode& leaf_node, ByteView group_id, LeafIndex leaf_index) {
  Writer out;
  write_unsigned(out, leaf_node);
  if (leaf_node.leaf_node_source != LeafNodeSource::kKeyPackage) {
    out.opaque(group_id);
    write(out, leaf_index);
  }
  return std::move(out).take();
}

}  // namespace sotto::mls
