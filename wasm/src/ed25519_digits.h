// A scalar below 2^253 as odd digits, for verifying: r[i] * 2^i summed is a, and no r[i] is above `most`
// (15 or 63). In the place of libsodium's slide_vartime, which moves bits one by one and takes four times as long;
// digits may differ where the sum has several forms, the sum does not.
// scripts/build-libsodium-wasm.sh puts this into ed25519_ref10.c.
static void
ed25519_digits(signed char *r, const unsigned char *a, const int most)
{
    const int width = most == 15 ? 5 : 7;
    int       carry = 0, i = 0, digit;

    memset(r, 0, 256);
    while (i < 256) {
        digit = (a[i >> 3] | (i < 248 ? a[(i >> 3) + 1] << 8 : 0)) >> (i & 7);
        if ((digit & 1) == carry) {
            i++;
            continue;
        }
        digit = (digit & (2 * most + 1)) + carry;
        carry = digit > most;
        r[i] = (signed char) (digit - (carry << width));
        i += width;
    }
}
