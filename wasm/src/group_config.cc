#include "group_config.h"

#include <algorithm>
#include <utility>

#include "crypto/hkdf_sha256.h"
#include "mls/wire/reader.h"

namespace sotto {
namespace {

Result<Ed25519KeyPair> identity_of(ByteView kept, RandomSource& random) {
  if (kept.empty()) return Ed25519KeyPair::generate(random);
  if (kept.size() != 32) return fail(Error::kMalformed);
  const Secret<32> prk = hkdf_sha256_extract({}, {kept});
  Secret<32> seed;
  TRY_VOID(hkdf_sha256_expand(prk.view(), {as_bytes(kIdentityLabel)}, seed.writable()));
  return Ed25519KeyPair::from_seed(seed.view());
}

}  // namespace

Result<room::SessionConfig> read_group_config(ByteView bytes, RandomSource& random) {
  mls::Reader in(bytes);
  room::SessionConfig config;
  const std::uint8_t bits = in.u8();
  config.publishes = (bits & 1) != 0;
  config.settings.media_encrypted = (bits & 2) == 0;
  config.settings.e2ee_permanent = (bits & 4) != 0;
  const std::uint8_t join_policy = in.u8();
  config.mls_suite = static_cast<mls::CipherSuite>(in.u16());
  const ByteView endpoint = in.bytes(config.endpoint.size());
  const ByteView identity = in.bytes(in.u8());
  const ByteView room_id = in.bytes(in.u8());
  const ByteView fragment = in.bytes(in.u8());
  const ByteView name = in.bytes(in.u8());
  TRY_VOID(in.finish());
  if (join_policy > static_cast<std::uint8_t>(room::JoinPolicy::kLocked)) {
    return fail(Error::kMalformed);
  }
  if (config.mls_suite != mls::CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519) {
    return fail(Error::kUnsupported);  // the module has no AES
  }
  config.settings.join_policy = static_cast<room::JoinPolicy>(join_policy);
  std::copy(endpoint.begin(), endpoint.end(), config.endpoint.begin());
  config.room_id = as_text(room_id);
  config.name = as_text(name);
  TRY(config.link, room::parse_link(as_text(fragment)));
  TRY(Ed25519KeyPair identity_key, identity_of(identity, random));
  config.identity = std::make_shared<const Ed25519KeyPair>(std::move(identity_key));
  return config;
}

}  // namespace sotto
