/* What is left to compare of a signature: the point R' that libsodium computed, X and Y over Z, and
   the signature's R, which must be how R' is encoded. Also C, for wasm/src/ed25519_many.h, which
   fills it in. */
#ifndef SOTTO_CRYPTO_ED25519_COMMITMENT_H
#define SOTTO_CRYPTO_ED25519_COMMITMENT_H

#include <stdint.h>

struct sotto_ed25519_commitment {
  int32_t x[10], y[10], z[10];
  int32_t product[10]; /* of this z and all before it */
  unsigned char encoded[32];
};

#endif
