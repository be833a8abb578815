// The multiples of Ed25519's base point that libsodium keeps as a table of 30 KB, which brotli hardly
// makes smaller: computed when one is first asked for, in 3 ms. scripts/build-libsodium-wasm.sh puts
// this in the table's place, in the middle of ed25519_ref10.c.

static const unsigned char ed25519_encoded_base[32] = {
    0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66
};

// base[i][j] = (j + 1) * 256^i * B
static const ge25519_precomp *
ed25519_base_table(const int pos)
{
    static ge25519_precomp base[32][8];
    static int             computed = 0;
    ge25519_cached         step;
    ge25519_p1p1           sum;
    ge25519_p3             power, multiple;
    int                    i, j;

    if (computed) {
        return base[pos];
    }
    ge25519_frombytes(&power, ed25519_encoded_base);
    for (i = 0; i < 32; i++) {
        multiple = power;
        ge25519_p3_to_cached(&step, &power);
        for (j = 0; j < 8; j++) {
            ge25519_p3_to_precomp(&base[i][j], &multiple);
            ge25519_add(&sum, &multiple, &step);
            ge25519_p1p1_to_p3(&multiple, &sum);
        }
        for (j = 0; j < 8; j++) {
            ge25519_p3_dbl(&sum, &power);
            ge25519_p1p1_to_p3(&power, &sum);
        }
    }
    computed = 1;
    return base[pos];
}

// Bi[i] = (2 * i + 1) * B, for verifying. libsodium keeps eight, for digits up to 15; with digits up to
// 63 a quarter of the additions of B fall away. The sum, and so what is accepted, is the same.
#define ED25519_MOST_DIGIT 63
static const ge25519_precomp *
ed25519_odd_multiples(void)
{
    static ge25519_precomp Bi[ED25519_MOST_DIGIT / 2 + 1];
    static int             computed = 0;
    ge25519_cached         step;
    ge25519_p1p1           sum;
    ge25519_p3             multiple, twice;
    int                    i;

    if (computed) {
        return Bi;
    }
    ge25519_frombytes(&multiple, ed25519_encoded_base);
    ge25519_p3_dbl(&sum, &multiple);
    ge25519_p1p1_to_p3(&twice, &sum);
    ge25519_p3_to_cached(&step, &twice);
    for (i = 0; i <= ED25519_MOST_DIGIT / 2; i++) {
        ge25519_p3_to_precomp(&Bi[i], &multiple);
        ge25519_add(&sum, &multiple, &step);
        ge25519_p1p1_to_p3(&multiple, &sum);
    }
    computed = 1;
    return Bi;
}
