// Welcomes (RFC 9420 section 12.4.3.1).
#pragma once

#include <optional>
#include <vector>

#include "mls/wire/hpke_ciphertext.h"
#include "mls/wire/psk.h"

namespace sotto::mls {

struct PathSecret {
  Bytes path_secret;
};

// Secret, all but the psks.
struct GroupSecrets {
  Bytes joiner_secret;
  std::optional<PathSecret> path_secret;
  std::vector<PreSharedKeyId> psks;
};

struct EncryptedGroupSecrets {
  KeyPackageRef new_member;
  HpkeCiphertext encrypted_group_secrets;
  friend bool operator==(const EncryptedGroupSecrets&, const EncryptedGroupSecrets&) = default;
};

struct Welcome {
  CipherSuite cipher_suite{};
  std::vector<EncryptedGroupSecrets> secrets;
  Bytes encrypted_group_info;
  friend bool operator==(const Welcome&, const Welcome&) = default;
};

void read(Reader& in, PathSecret& path_secret);
void write(Writer& out, const PathSecret& path_secret);
void read(Reader& in, GroupSecrets& group_secrets);
void write(Writer& out, const GroupSecrets& group_secrets);
// A reference shorter than any suite's hash (32 bytes) is malformed.
void read(Reader& in, EncryptedGroupSecrets& secrets);
void write(Writer& out, const EncryptedGroupSecrets& secrets);
void read(Reader& in, Welcome& welcome);
void write(Writer& out, const Welcome& welcome);

}  // namespace sotto::mls
