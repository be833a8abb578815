export type E2eeErrorCode =
  | 'unsupported'
  | 'wrong-key'
  | 'no-key'
  | 'bad-link'
  | 'worker-failed'
  | 'closed'
  | 'bad-argument'
  | 'replayed';

/** The only error that this package throws; `message` says what to do. */
export class E2eeError extends Error {
  readonly code: E2eeErrorCode;

  constructor(code: E2eeErrorCode, message: string) {
    super(message);
    this.name = 'E2eeError';
    this.code = code;
  }
}
