// What the page and the worker say to each other. Keys go one way: in.
import type { E2eeErrorCode } from './errors.js';
import type { Format } from './formats.js';
import type { KeyMaterial } from './key_provider.js';
import type { CipherSample, E2eeEvents, Kind, MemberState, Occupant, Source, StreamStats } from './types.js';

/** Options of an RTCRtpScriptTransform, or of an `attach` message with two streams. */
export type StreamOptions = { kind: Kind; codec: string | undefined } & (
  | { side: 'send'; source: Source; /** The page's number for the sender. */ id: number }
  | { side: 'receive'; slot: string; source?: Source }
);

/** Whose key: a participant's, one's own, or the one that everybody shares. */
export type Whose = { participant: string } | 'local' | 'everybody';

/** The numbers of KeyKind in e2ee/participant.h. */
export const KeyKind = { RAW: 0, PASSPHRASE: 1, STRETCHED: 2 } as const;

export interface NewKey {
  whose: Whose;
  kind: (typeof KeyKind)[keyof typeof KeyKind];
  material: Uint8Array<ArrayBuffer>;
}

/** What the app asks of keys that it hands out itself; done in order. */
export type KeyRequest =
  | ({ type: 'set-key'; index: number; use: boolean } & NewKey)
  | ({ type: 'rotate'; index: number | undefined } & NewKey)
  | { type: 'use-key'; index: number }
  | { type: 'ratchet'; whose: Whose };

/** Requests are answered by a Reply with the same number. */
export type Request =
  | { type: 'key'; material: KeyMaterial }
  | KeyRequest
  | { type: 'enable'; on: boolean }
  | { type: 'seal-state'; endpoint: string; state: MemberState }
  | { type: 'open-state'; endpoint: string; sealed: string }
  | { type: 'stats' };

export interface Answers {
  key: undefined;
  'set-key': undefined;
  rotate: number;
  'use-key': undefined;
  ratchet: undefined;
  enable: undefined;
  'seal-state': string;
  'open-state': MemberState;
  stats: StreamStats[];
}

export type ToWorker =
  /** Always the first message. */
  | {
      type: 'start';
      format: Format;
      suite: number | undefined;
      /** Keys will be a room link's, or come from a group: which file speaks with their module. */
      link: 'link' | 'epochs' | undefined;
    }
  | { type: 'request'; request: number; body: Request }
  | { type: 'attach'; options: StreamOptions; readable: ReadableStream; writable: WritableStream }
  | { type: 'claim'; slot: string; occupant: Occupant | null }
  | { type: 'forget'; endpoint: string }
  | { type: 'key-frames' }
  | { type: 'watch'; watch: number; slot: string | null }
  | { type: 'unwatch'; watch: number }
  /** Leads to the group's worker (epochs.ts). */
  | { type: 'group'; port: MessagePort };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'failed'; code: E2eeErrorCode; message: string }
  | { type: 'reply'; request: number; value: unknown }
  | { type: 'refusal'; request: number; code: E2eeErrorCode; message: string }
  | { type: 'sample'; watch: number; sample: CipherSample }
  /** The worker cannot make a sender's encoder do it in this browser. */
  | { type: 'make-key-frame'; id: number }
  | WorkerEvent;

/** The page's events, as they come from the worker. */
type Detail<T extends keyof E2eeEvents> = { type: T; detail: E2eeEvents[T]['detail'] };
export type WorkerEvent =
  | Detail<'occupant'>
  | Detail<'decryptionFailed'>
  | Detail<'keyMissing'>
  | Detail<'keyRatcheted'>
  | Detail<'sending'>;
