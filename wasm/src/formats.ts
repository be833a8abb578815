/**
 * How a sealed frame looks on the wire. `sotto`: SFrame (RFC 9605) of the whole frame, nothing of it
 * in the clear. The others are other products' formats, for calls with their apps; what each leaves in
 * the clear stands in docs/in-the-clear.md.
 */
export const FORMATS = ['sotto', 'livekit', 'jframe', 'dave'] as const;
/** The name of a frame format. */
export type Format = (typeof FORMATS)[number];

/** Cipher suites of the format `sotto`, by their numbers in RFC 9605; everyone in a call uses the same. */
export const CipherSuite = {
  AES_128_CTR_HMAC_SHA256_80: 0x0001,
  AES_128_CTR_HMAC_SHA256_64: 0x0002,
  AES_128_CTR_HMAC_SHA256_32: 0x0003,
  AES_128_GCM_SHA256_128: 0x0004,
  AES_256_GCM_SHA512_128: 0x0005,
  /** The default: the fastest in WebAssembly, and constant-time there. From the range for private use. */
  CHACHA20_POLY1305_SHA256: 0xf001,
} as const;
export type CipherSuite = (typeof CipherSuite)[keyof typeof CipherSuite];
