import { E2eeError, KeyError } from './errors.js';
import { LOCAL, type Key, type ParticipantName } from './external_keys.js';
import { KeyKind, type NewKey, type Whose } from './protocol.js';

export function whoseKey(participant: ParticipantName | undefined): Whose {
  if (participant === undefined) return 'everybody';
  if (participant === LOCAL) return 'local';
  if (typeof participant === 'string') return { participant };
  throw new E2eeError('bad-argument', 'A participant is a string, or LOCAL for oneself.');
}

/** The key as it travels to the worker; the caller's bytes are zeros afterwards. */
export function takeKey(key: Key, participant: ParticipantName | undefined): NewKey {
  const whose = whoseKey(participant);
  if (typeof key === 'string') return { whose, kind: KeyKind.PASSPHRASE, material: new TextEncoder().encode(key) };
  if (!(key instanceof Uint8Array)) {
    throw new KeyError('bad-key', 'A key is a passphrase (a string) or a Uint8Array: export a CryptoKey first.');
  }
  // A copy of its own, because the array may be a view into something larger that cannot be moved.
  const material = new Uint8Array(key);
  key.fill(0);
  return { whose, kind: KeyKind.RAW, material };
}

export function checkIndex(index: number): number {
  if (Number.isInteger(index) && index >= 0 && index <= 0xffffffff) return index;
  throw new E2eeError('bad-argument', 'The index of a key is a whole number from 0 up.');
}
