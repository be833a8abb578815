import type { Format } from '../formats.js';
import { KeyKind, type NewKey } from '../protocol.js';

/** e2ee/passphrase.h and compat/livekit.h. */
const SLOW_HASHES: Partial<Record<Format, { salt: string; iterations: number }>> = {
  sotto: { salt: 'sotto sender key 1', iterations: 600_000 },
  livekit: { salt: 'LKFrameEncryptionKey', iterations: 100_000 },
};
const MAX_PASSPHRASE = 1024;

/**
 * Computes a passphrase's key in WebCrypto, which does not keep frames waiting as the core would for
 * a second or two. What cannot be stretched is left to the core to refuse.
 */
export async function stretch(key: NewKey, format: Format): Promise<void> {
  const hash = SLOW_HASHES[format];
  const { material } = key;
  if (key.kind !== KeyKind.PASSPHRASE || hash === undefined || material.length > MAX_PASSPHRASE) return;
  if (material.length === 0) return;
  const imported = await crypto.subtle.importKey('raw', material, 'PBKDF2', false, ['deriveBits']);
  const salt = new TextEncoder().encode(hash.salt);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: hash.iterations };
  const stretched = await crypto.subtle.deriveBits(parameters, imported, 256);
  material.fill(0); // not before: what could not be stretched must be refused, not be zeros
  key.material = new Uint8Array(stretched);
  key.kind = KeyKind.STRETCHED;
}
