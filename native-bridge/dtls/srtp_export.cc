#include "dtls/srtp_export.h"

#include <openssl/crypto.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace sotto::bridge {
namespace {

constexpr std::string_view kLabel = "EXTRACTOR-dtls_srtp";

Result<SrtpProfile> negotiated(SSL* ssl) {
  const SRTP_PROTECTION_PROFILE* profile = SSL_get_selected_srtp_profile(ssl);
  if (!profile) return fail(Error::kUnsupported);
  switch (profile->id) {
    case SRTP_AEAD_AES_128_GCM:
      return SrtpProfile::kAeadAes128Gcm;
    case SRTP_AES128_CM_SHA1_80:
      return SrtpProfile::kAes128CmSha1_80;
    default:
      return fail(Error::kUnsupported);
  }
}

}  // namespace

Result<SrtpKeys> export_srtp_keys(ssl_st* ssl, DtlsRole role) {
  SrtpKeys keys;
  TRY(keys.profile, negotiated(ssl));
  const std::size_t key = master_key_size(keys.profile);
  const std::size_t salt = master_salt_size(keys.profile);
  std::array<std::uint8_t, 60> material;
  const int ok = SSL_export_keying_material(ssl, material.data(), 2 * (key + salt), kLabel.data(),
                                            kLabel.size(), nullptr, 0, 0);
  if (ok == 1) {
    const ByteView all(material);
    const auto assemble = [&](std::size_t side, std::array<std::uint8_t, 30>& master) {
      const ByteView its_key = all.subspan(side * key, key);
      const ByteView its_salt = all.subspan(2 * key + side * salt, salt);
      std::copy(its_salt.begin(), its_salt.end(),
                std::copy(its_key.begin(), its_key.end(), master.begin()));
    };
    const std::size_t own = role == DtlsRole::kServer ? 1 : 0;
    assemble(own, keys.outbound);
    assemble(1 - own, keys.inbound);
  }
  OPENSSL_cleanse(material.data(), material.size());
  if (ok != 1) return fail(Error::kUnsupported);
  return keys;
}

}  // namespace sotto::bridge
