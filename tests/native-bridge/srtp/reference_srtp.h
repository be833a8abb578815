// SRTP written down once more, straight from the RFCs on OpenSSL's EVP and with no state: what the
// session on libsrtp must agree with. libsrtp takes master keys only, while RFC 7714's vectors and
// RFC 3711's B.2 are given for session keys: they are run against this, and this against libsrtp.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "srtp/srtp_keys.h"

namespace sotto::bridge::test {

using Bytes = std::vector<std::uint8_t>;

// AES-ECB of one block; 16 or 32 bytes of key.
Bytes aes_block(ByteView key, ByteView block);
// AES in counter mode from `iv` on (RFC 3711 section 4.1.1); 16 bytes of key and of iv.
Bytes aes_cm(ByteView key, ByteView iv, ByteView input);
// AES-GCM with a 12-byte nonce: ciphertext and 16 bytes of tag.
Bytes aes_gcm(ByteView key, ByteView nonce, ByteView aad, ByteView plain);

// RFC 3711 section 4.3.1: labels 0 to 2 for SRTP, 3 to 5 for SRTCP.
Bytes derive(ByteView master_key, ByteView master_salt, std::uint8_t label, std::size_t size);

struct SessionKeys {
  Bytes cipher_key;
  Bytes cipher_salt;
  Bytes auth_key;  // AES-CM only
};
// Of one direction's master key and salt.
SessionKeys session_keys(SrtpProfile profile, ByteView master, bool rtcp);

// RFC 7714 sections 8.1 and 9.1.
Bytes gcm_rtp_iv(ByteView salt, std::uint32_t ssrc, std::uint32_t roc, std::uint16_t sequence);
Bytes gcm_rtcp_iv(ByteView salt, std::uint32_t ssrc, std::uint32_t index);

// `header` is the size of the RTP header with its extension.
Bytes protect_rtp(SrtpProfile profile, const SessionKeys& keys, ByteView packet, std::size_t header,
                  std::uint32_t roc);
Bytes protect_rtcp(SrtpProfile profile, const SessionKeys& keys, ByteView packet,
                   std::uint32_t index);

}  // namespace sotto::bridge::test
