import type { Core } from './core.js';
import type { Events } from './events.js';
import type { Lock } from './lock.js';
import type { Opening, Sealing } from './opening.js';
import type { Samples } from './samples.js';

/** What all streams of the worker share. Time is an argument here too: tests bring their own. */
export interface Context {
  /** Another one when a room link comes, which is before anything is in it. */
  core: Core;
  readonly events: Events;
  readonly samples: Samples;
  readonly lock: Lock;
  /** Milliseconds, never going back. */
  now(): number;
  later(milliseconds: number, run: () => void): void;
}

/** Where streams find their keys, whatever kind these are. */
export interface Keyring {
  readonly keys: Opening & Sealing;
}
