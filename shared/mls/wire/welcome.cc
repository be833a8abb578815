#include "mls/wire/welcome.h"

#include "mls/wire/fields.h"

namespace sotto::mls {

void read(Reader& in, PathSecret& path_secret) {
  in.opaque(path_secret.path_secret);
}

void write(Writer& out, const PathSecret& path_secret) {
  out.opaque(path_secret.path_secret);
}

void read(Reader& in, GroupSecrets& group_secrets) {
  in.opaque(group_secrets.joiner_secret);
  read_optional(in, group_secrets.path_secret);
  read_counted_vector(in, group_secrets.psks);
}

void write(Writer& out, const GroupSecrets& group_secrets) {
  out.opaque(group_secrets.joiner_secret);
  write_optional(out, group_secrets.path_secret);
  write_vector(out, group_secrets.psks);
}

void read(Reader& in, EncryptedGroupSecrets& secrets) {
  read_reference(in, secrets.new_member);
  read(in, secrets.encrypted_group_secrets);
}

void write(Writer& out, const EncryptedGroupSecrets& secrets) {
  out.opaque(secrets.new_member);
  write(out, secrets.encrypted_group_secrets);
}

void read(Reader& in, Welcome& welcome) {
  read(in, welcome.cipher_suite);
  read_vector(in, welcome.secrets);
  in.opaque(welcome.encrypted_group_info);
}

void write(Writer& out, const Welcome& welcome) {
  write(out, welcome.cipher_suite);
  write_vector(out, welcome.secrets);
  out.opaque(welcome.encrypted_group_info);
}

}  // namespace sotto::mls
