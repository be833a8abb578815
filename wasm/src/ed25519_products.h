// Multiplication and squaring modulo p = 2^255 - 19, in the place of libsodium's: of the same limbs the same
// limbs, by 75 products of 32 bits instead of 100 (a square by 45 instead of 55).
// scripts/build-libsodium-wasm.sh puts this into ed25519_ref10_fe_25_5.h.
//
// The limbs of f have the weights 2^0, 2^26, 2^51, 2^77 and so on: the even ones are a polynomial E in
// x = 2^51 of five coefficients, the odd ones another, O, times 2^26. As 2^52 is 2x and x^5 is 19,
//
//   f g = (E + 2^26 O)(E' + 2^26 O') = E E' + 2x O O' + 2^26 (E O' + O E'),
//   E O' + O E' = (E + O)(E' + O') - E E' - O O'                               (Karatsuba)
//
// Before the carries these are libsodium's sums, so its bounds hold: with |f| and |g| up to 1.65 * 2^26 in
// even limbs and 1.65 * 2^25 in odd ones, E + O is below 2^28, five of its products below 2^59, and every
// sum below 2^62. No branch and no address depends on a limb.

// r0 to r8 = a0 to a4 times b0 to b4, as polynomials.
#define ED25519_PRODUCT(r, a, b)                                                                     \
    const int64_t r##0 = a##0 * b##0;                                                                \
    const int64_t r##1 = a##0 * b##1 + a##1 * b##0;                                                  \
    const int64_t r##2 = a##0 * b##2 + a##1 * b##1 + a##2 * b##0;                                    \
    const int64_t r##3 = a##0 * b##3 + a##1 * b##2 + a##2 * b##1 + a##3 * b##0;                      \
    const int64_t r##4 = a##0 * b##4 + a##1 * b##3 + a##2 * b##2 + a##3 * b##1 + a##4 * b##0;        \
    const int64_t r##5 = a##1 * b##4 + a##2 * b##3 + a##3 * b##2 + a##4 * b##1;                      \
    const int64_t r##6 = a##2 * b##4 + a##3 * b##3 + a##4 * b##2;                                    \
    const int64_t r##7 = a##3 * b##4 + a##4 * b##3;                                                  \
    const int64_t r##8 = a##4 * b##4

#define ED25519_SQUARE(r, a)                                                                         \
    const int64_t r##0 = a##0 * a##0;                                                                \
    const int64_t r##1 = 2 * (a##0 * a##1);                                                          \
    const int64_t r##2 = 2 * (a##0 * a##2) + a##1 * a##1;                                            \
    const int64_t r##3 = 2 * (a##0 * a##3 + a##1 * a##2);                                            \
    const int64_t r##4 = 2 * (a##0 * a##4 + a##1 * a##3) + a##2 * a##2;                              \
    const int64_t r##5 = 2 * (a##1 * a##4 + a##2 * a##3);                                            \
    const int64_t r##6 = 2 * (a##2 * a##4) + a##3 * a##3;                                            \
    const int64_t r##7 = 2 * (a##3 * a##4);                                                          \
    const int64_t r##8 = a##4 * a##4

// f's even limbs, its odd ones, and their sums.
#define ED25519_LIMBS(even, odd, sum, f)                                                             \
    const int64_t even##0 = f[0], even##1 = f[2], even##2 = f[4], even##3 = f[6], even##4 = f[8];    \
    const int64_t odd##0 = f[1], odd##1 = f[3], odd##2 = f[5], odd##3 = f[7], odd##4 = f[9];         \
    const int64_t sum##0 = even##0 + odd##0, sum##1 = even##1 + odd##1, sum##2 = even##2 + odd##2,   \
                  sum##3 = even##3 + odd##3, sum##4 = even##4 + odd##4

// As polynomials, e is E E', o is O O' and s is (E + O)(E' + O').
#define ED25519_JOIN(h, times, e, o, s)                                                              \
    fe25519_carried(h,                                                                               \
        times * (e##0 + 19 * (e##5 + 2 * o##4)), times * (s##0 - e##0 - o##0 + 19 * (s##5 - e##5 - o##5)), \
        times * (e##1 + 2 * o##0 + 19 * (e##6 + 2 * o##5)), times * (s##1 - e##1 - o##1 + 19 * (s##6 - e##6 - o##6)), \
        times * (e##2 + 2 * o##1 + 19 * (e##7 + 2 * o##6)), times * (s##2 - e##2 - o##2 + 19 * (s##7 - e##7 - o##7)), \
        times * (e##3 + 2 * o##2 + 19 * (e##8 + 2 * o##7)), times * (s##3 - e##3 - o##3 + 19 * (s##8 - e##8 - o##8)), \
        times * (e##4 + 2 * o##3 + 38 * o##8), times * (s##4 - e##4 - o##4))

#define ED25519_CARRY(from, to, bits)                                                                \
    carry = (from + ((int64_t) 1 << (bits - 1))) >> bits;                                            \
    to += carry;                                                                                     \
    from -= carry * ((int64_t) 1 << bits)

// libsodium's carries, in its order.
static inline __attribute__((always_inline)) void
fe25519_carried(fe25519 h, int64_t h0, int64_t h1, int64_t h2, int64_t h3, int64_t h4, int64_t h5,
                int64_t h6, int64_t h7, int64_t h8, int64_t h9)
{
    int64_t carry;

    ED25519_CARRY(h0, h1, 26);
    ED25519_CARRY(h4, h5, 26);
    ED25519_CARRY(h1, h2, 25);
    ED25519_CARRY(h5, h6, 25);
    ED25519_CARRY(h2, h3, 26);
    ED25519_CARRY(h6, h7, 26);
    ED25519_CARRY(h3, h4, 25);
    ED25519_CARRY(h7, h8, 25);
    ED25519_CARRY(h4, h5, 26);
    ED25519_CARRY(h8, h9, 26);
    carry = (h9 + ((int64_t) 1 << 24)) >> 25;
    h0 += carry * 19;
    h9 -= carry * ((int64_t) 1 << 25);
    ED25519_CARRY(h0, h1, 26);

    h[0] = (int32_t) h0;
    h[1] = (int32_t) h1;
    h[2] = (int32_t) h2;
    h[3] = (int32_t) h3;
    h[4] = (int32_t) h4;
    h[5] = (int32_t) h5;
    h[6] = (int32_t) h6;
    h[7] = (int32_t) h7;
    h[8] = (int32_t) h8;
    h[9] = (int32_t) h9;
}

static void
fe25519_mul(fe25519 h, const fe25519 f, const fe25519 g)
{
    ED25519_LIMBS(a, b, c, f);
    ED25519_LIMBS(x, y, z, g);
    ED25519_PRODUCT(e, a, x);
    ED25519_PRODUCT(o, b, y);
    ED25519_PRODUCT(s, c, z);
    ED25519_JOIN(h, 1, e, o, s);
}

static void
fe25519_sq(fe25519 h, const fe25519 f)
{
    ED25519_LIMBS(a, b, c, f);
    ED25519_SQUARE(e, a);
    ED25519_SQUARE(o, b);
    ED25519_SQUARE(s, c);
    ED25519_JOIN(h, 1, e, o, s);
}

// h = 2 f^2
static void
fe25519_sq2(fe25519 h, const fe25519 f)
{
    ED25519_LIMBS(a, b, c, f);
    ED25519_SQUARE(e, a);
    ED25519_SQUARE(o, b);
    ED25519_SQUARE(s, c);
    ED25519_JOIN(h, 2, e, o, s);
}
