#include "mls/wire/group_info.h"

#include "mls/wire/fields.h"

namespace sotto::mls {
namespace {

// Everything above the signature.
void write_unsigned(Writer& out, const GroupInfo& group_info) {
  write(out, group_info.group_context);
  write_vector(out, group_info.extensions);
  out.opaque(group_info.confirmation_tag);
  write(out, group_info.signer);
}

}  // namespace

void read(Reader& in, GroupInfo& group_info) {
  read(in, group_info.group_context);
  read_extensions(in, group_info.extensions);
  in.opaque(group_info.confirmation_tag);
  read(in, group_info.signer);
  in.opaque(group_info.signature);
}

void write(Writer& out, const GroupInfo& group_info) {
  write_unsigned(out, group_info);
  out.opaque(group_info.signature);
}

Bytes group_info_tbs(const GroupInfo& group_info) {
  Writer out;
  write_unsigned(out, group_info);
  return std::move(out).take();
}

}  // namespace sotto::mls
