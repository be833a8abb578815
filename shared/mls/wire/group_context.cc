#include "mls/wire/group_context.h"

#include "mls/wire/fields.h"

namespace sotto::mls {

void read(Reader& in, GroupContext& group_context) {
  read_version(in, group_context.version);
  read(in, group_context.cipher_suite);
  in.opaque(group_context.group_id);
  group_context.epoch = in.u64();
  in.opaque(group_context.tree_hash);
  in.opaque(group_context.confirmed_transcript_hash);
  read_extensions(in, group_context.extensions);
}

void write(Writer& out, const GroupContext& group_context) {
  write(out, group_context.version);
  write(out, group_context.cipher_suite);
  out.opaque(group_context.group_id);
  out.u64(group_context.epoch);
  out.opaque(group_context.tree_hash);
  out.opaque(group_context.confirmed_transcript_hash);
  write_vector(out, group_context.extensions);
}

}  // namespace sotto::mls
