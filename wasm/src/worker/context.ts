import type { Core } from './core.js';
import type { Events } from './events.js';
import type { Lock } from './lock.js';
import type { Members } from './members.js';
import type { Opening, Sealing } from './opening.js';
import type { Samples } from './samples.js';
import type { Session } from './session.js';

/** What all streams of the worker share. Time is an argument here too: tests bring their own. */
export interface Context {
  readonly core: Core;
  readonly members: Members;
  readonly events: Events;
  readonly samples: Samples;
  readonly lock: Lock;
  /** Of a room link. */
  session: Session | null;
  /** Milliseconds, never going back. */
  now(): number;
  later(milliseconds: number, run: () => void): void;
}

/** Where streams find their keys, whatever kind these are. */
export interface Keyring {
  readonly keys: Opening & Sealing;
}
