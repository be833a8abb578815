// What the page and the worker say to each other. Keys go one way: in.
import type { KeyMaterial } from './key_provider.js';
import type { CipherSample, DropCause, Kind, MemberState, Occupant, Source, StreamStats } from './types.js';
import type { E2eeErrorCode } from './errors.js';

/** Options of an RTCRtpScriptTransform, or of an `attach` message with two streams. */
export type StreamOptions = { kind: Kind; codec: string | undefined } & (
  | { side: 'send'; source: Source }
  | { side: 'receive'; slot: string }
);

/** Requests are answered, in order, by a Reply with the same number. */
export type Request =
  | { type: 'key'; material: KeyMaterial }
  | { type: 'seal-state'; endpoint: string; state: MemberState }
  | { type: 'open-state'; endpoint: string; sealed: string }
  | { type: 'stats' };

export interface Answers {
  key: undefined;
  'seal-state': string;
  'open-state': MemberState;
  stats: StreamStats[];
}

export type ToWorker =
  | { type: 'request'; request: number; body: Request }
  | { type: 'attach'; options: StreamOptions; readable: ReadableStream; writable: WritableStream }
  | { type: 'claim'; slot: string; occupant: Occupant | null }
  | { type: 'forget'; endpoint: string }
  | { type: 'watch'; watch: number; slot: string | null }
  | { type: 'unwatch'; watch: number };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'failed'; message: string }
  | { type: 'reply'; request: number; value: unknown }
  | { type: 'refusal'; request: number; code: E2eeErrorCode; message: string }
  | { type: 'sample'; watch: number; sample: CipherSample }
  | WorkerEvent;

export type WorkerEvent =
  | { type: 'occupant'; detail: { slot: string } & Occupant }
  | { type: 'decryptionFailed'; detail: { slot: string; endpoint?: string; cause: DropCause; count: number } }
  | { type: 'keyMissing'; detail: { slot: string; kid: string } }
  | { type: 'sending'; detail: { source: Source; sealed: boolean } };
