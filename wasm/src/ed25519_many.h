// Ed25519Many's arithmetic (shared/crypto/ed25519_many.h): crypto_sign_verify_detached() in two steps, so that
// many signatures share the inversion of the second. scripts/build-libsodium-wasm.sh puts this at the end of
// ed25519_ref10.c.
#include "crypto_hash_sha512.h"
#include "crypto/ed25519_commitment.h"

// All that libsodium does before it encodes R' = SB - hA.
int
sotto_ed25519_commit(struct sotto_ed25519_commitment *r, const unsigned char *sig,
                     const unsigned char *m, unsigned long long mlen, const unsigned char *pk)
{
    crypto_hash_sha512_state hs;
    unsigned char            h[64];
    ge25519_p3               A;
    ge25519_p2               R;

    if (sc25519_is_canonical(sig + 32) == 0 || ge25519_has_small_order(sig) != 0 ||
        ge25519_is_canonical(pk) == 0 || ge25519_has_small_order(pk) != 0 ||
        ge25519_frombytes_negate_vartime(&A, pk) != 0) {
        return -1;
    }
    crypto_hash_sha512_init(&hs);
    crypto_hash_sha512_update(&hs, sig, 32);
    crypto_hash_sha512_update(&hs, pk, 32);
    crypto_hash_sha512_update(&hs, m, mlen);
    crypto_hash_sha512_final(&hs, h);
    sc25519_reduce(h);
    ge25519_double_scalarmult_vartime(&R, h, &A, sig + 32);
    fe25519_copy(r->x, R.X);
    fe25519_copy(r->y, R.Y);
    fe25519_copy(r->z, R.Z);
    memcpy(r->encoded, sig, 32);
    return 0;
}

// What ge25519_tobytes() does, the inverses of all Z from that of their product (Montgomery's trick): 1/Z_i is
// the inverse of Z_0 ... Z_i times Z_0 ... Z_(i-1). No Z is 0; if one were, every encoding here would be
// that of y = 0, a point of small order, which no signature's R is.
int
sotto_ed25519_compare(struct sotto_ed25519_commitment *r, int count)
{
    unsigned char encoded[32];
    fe25519       inverse, one;
    int           i, different = 0;

    fe25519_copy(r[0].product, r[0].z);
    for (i = 1; i < count; i++) {
        fe25519_mul(r[i].product, r[i - 1].product, r[i].z);
    }
    fe25519_invert(inverse, r[count - 1].product);
    for (i = count - 1; i >= 0; i--) {
        if (i > 0) {
            fe25519_mul(one, inverse, r[i - 1].product);
            fe25519_mul(inverse, inverse, r[i].z);
        } else {
            fe25519_copy(one, inverse);
        }
        fe25519_mul(r[i].x, r[i].x, one);
        fe25519_mul(r[i].y, r[i].y, one);
        fe25519_tobytes(encoded, r[i].y);
        encoded[31] ^= fe25519_isnegative(r[i].x) << 7;
        different |= memcmp(encoded, r[i].encoded, 32);
    }
    return different;
}
