// The SRTP keys of a completed handshake (RFC 5764 section 4.2):
//
//   client key | server key | client salt | server salt
#pragma once

#include "base/result.h"
#include "srtp/srtp_keys.h"

struct ssl_st;

namespace sotto::bridge {

enum class DtlsRole { kClient, kServer };

// `role` is our own. kUnsupported when no profile of ours was negotiated.
Result<SrtpKeys> export_srtp_keys(ssl_st* ssl, DtlsRole role);

}  // namespace sotto::bridge
