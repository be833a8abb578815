import type { Support } from './types.js';

export type EncodedStreams = { readable: ReadableStream; writable: WritableStream };

/** Chromium's older way; not in TypeScript's DOM library. */
export interface EncodedStreamsSource {
  createEncodedStreams?(): EncodedStreams;
}

/** A function that gives a vector: the modules have no other code for browsers without them. */
const SIMD = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // "\0asm", version 1
  1, 5, 1, 0x60, 0, 1, 0x7b, // type: () -> v128
  3, 2, 1, 0, // one function, of that type
  10, 8, 1, 6, 0, 0x41, 0, 0xfd, 15, 11, // i32.const 0, i8x16.splat
);

/** What this browser has, the standard first; null: frames cannot be encrypted here. */
export function detectSupport(): Support | null {
  if (typeof Worker !== 'function' || typeof WebAssembly !== 'object') return null;
  if (!WebAssembly.validate(SIMD)) return null;
  if (typeof RTCRtpScriptTransform === 'function') return 'script-transform';
  return hasEncodedStreams() ? 'encoded-streams' : null;
}

export function hasEncodedStreams(): boolean {
  return (
    typeof RTCRtpSender === 'function' &&
    typeof (RTCRtpSender.prototype as EncodedStreamsSource).createEncodedStreams === 'function'
  );
}
