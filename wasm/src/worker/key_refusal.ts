import { E2eeError } from '../errors.js';
import type { Format } from '../formats.js';
import type { Failure } from './core.js';

const TAKES: Record<Format, string> = {
  sotto: 'a passphrase, or 16 to 64 random bytes, and an index up to 255',
  livekit: 'a passphrase, or 16 to 256 bytes, and an index up to 15',
  jframe: '32 random bytes, and an index up to 15',
  dave: '16 bytes for each sender, and an index higher than all before',
};

/** What a refusal of the core means for the app. */
export function refused(failure: Failure | 'shared', format: Format, index: number): E2eeError {
  switch (failure) {
    case 'shared':
      return new E2eeError('bad-key', `Each sender has its own key in the format ${format}: name the participant.`);
    case 'already-exists':
      return new E2eeError('key-exists', `There is a key of index ${index} already: use the next index, or rotate().`);
    case 'unknown-key':
      return new E2eeError('no-key', `There is no key of index ${index}: call setKey() first.`);
    case 'wrong-state':
      return new E2eeError('shared-key', 'What several senders share cannot be ratcheted: rotate() to a new one.');
    case 'unsupported':
      return new E2eeError('unsupported', `The format ${format} has no ratchet to turn: rotate() to a new key.`);
    default:
      return new E2eeError('bad-key', `This is not a key of the format ${format}, which takes ${TAKES[format]}.`);
  }
}
