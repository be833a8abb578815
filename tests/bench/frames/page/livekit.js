// Talks to LiveKit's worker as its own page script does: one participant whose key is known here,
// every frame encrypted, the worker's defaults otherwise.
import { livekit } from './capture.js';

const PARTICIPANT = 'alice';
const DEFAULTS = { sharedKey: false, ratchetSalt: 'LKFrameEncryptionKey', ratchetWindowSize: 8, failureTolerance: 10,
  keyringSize: 16, keySize: 128 };

export async function startLiveKit() {
  livekit.message({ kind: 'init', data: { keyProviderOptions: DEFAULTS, loglevel: 'silent' } });
  livekit.message({ kind: 'enable', data: { enabled: true, participantIdentity: PARTICIPANT } });
  const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(9), 'HKDF', false, ['deriveBits', 'deriveKey']);
  livekit.message({ kind: 'setKey',
    data: { participantIdentity: PARTICIPANT, isPublisher: true, key, keyIndex: 0, updateCurrentKeyIndex: true } });
}

/** `operation` is 'encode' or 'decode'. */
export function attachLiveKit({ readable, writable }, operation, trackId) {
  livekit.transform({ readable, writable,
    options: { kind: operation, participantIdentity: PARTICIPANT, trackId, hasPacketTrailer: false } });
}
