/** What an E2eeError is about, for programs; the README says what to do about each. */
export type E2eeErrorCode =
  | 'unsupported' // this browser, or this build, cannot do it
  | 'wrong-key' // not sealed with our key
  | 'no-key' // no key yet
  | 'bad-key' // not a key of this format, or an index that it does not have
  | 'key-exists' // this index has a key that must not be replaced
  | 'shared-key' // what several senders share cannot be ratcheted
  | 'bad-link'
  | 'wrong-mode' // room links and the app's own keys do not mix in one E2ee
  | 'worker-failed'
  | 'closed'
  | 'bad-argument'
  | 'not-now' // not in this state of the group, or not by this member
  | 'busy' // too much is on its way already
  | 'replayed';

/** The only error that this package throws, or one of its subclasses; `message` says what to do. */
export class E2eeError extends Error {
  readonly code: E2eeErrorCode;

  constructor(code: E2eeErrorCode, message: string) {
    super(message);
    this.name = 'E2eeError';
    this.code = code;
  }
}

/** Encryption is impossible here; no other call will help. */
export class UnsupportedError extends E2eeError {
  override readonly name = 'UnsupportedError';
}

/** A key is missing, or was refused; streams that lack it stay silent. */
export class KeyError extends E2eeError {
  override readonly name = 'KeyError';
}

/** The worker is gone: nothing is sent or received until the page has created a new E2ee. */
export class WorkerError extends E2eeError {
  override readonly name = 'WorkerError';
}

const KEY_CODES: readonly E2eeErrorCode[] = ['wrong-key', 'no-key', 'bad-key', 'key-exists', 'shared-key', 'bad-link'];

/** The error of the class that its code belongs to. */
export function errorOf(code: E2eeErrorCode, message: string): E2eeError {
  if (KEY_CODES.includes(code)) return new KeyError(code, message);
  if (code === 'unsupported') return new UnsupportedError(code, message);
  if (code === 'worker-failed' || code === 'closed') return new WorkerError(code, message);
  return new E2eeError(code, message);
}
