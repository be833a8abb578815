#include "srtp/srtp_keys.h"

#include <openssl/crypto.h>

namespace sotto::bridge {

SrtpKeys::~SrtpKeys() {
  OPENSSL_cleanse(inbound.data(), inbound.size());
  OPENSSL_cleanse(outbound.data(), outbound.size());
}

}  // namespace sotto::bridge
