import type { Support } from './types.js';

export type EncodedStreams = { readable: ReadableStream; writable: WritableStream };

/** Chromium's older way; not in TypeScript's DOM library. */
export interface EncodedStreamsSource {
  createEncodedStreams?(): EncodedStreams;
}

/** What this browser has, the standard first; null: frames cannot be encrypted here. */
export function detectSupport(): Support | null {
  if (typeof Worker !== 'function' || typeof WebAssembly !== 'object') return null;
  if (typeof RTCRtpScriptTransform === 'function') return 'script-transform';
  return hasEncodedStreams() ? 'encoded-streams' : null;
}

export function hasEncodedStreams(): boolean {
  return (
    typeof RTCRtpSender === 'function' &&
    typeof (RTCRtpSender.prototype as EncodedStreamsSource).createEncodedStreams === 'function'
  );
}
