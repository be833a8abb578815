import type { WorkerEvent } from '../protocol.js';
import type { DropCause, FirstPicture, Occupant, Source } from '../types.js';

/** Whose frames they are: a member's of the room link, or a participant's under the app's keys. */
export type Who = { endpoint: string } | { participant: string };

const INTERVAL = 1000;
/** Slots come and go in a long call: remember no more than this many of their reports. */
const MAX_REMEMBERED = 1024;

/** Tells the page what happens, at a rate that a hostile bridge cannot raise. */
export class Events {
  readonly #post: (event: WorkerEvent) => void;
  readonly #now: () => number;
  readonly #last = new Map<string, { at: number; unreported: number }>();

  constructor(post: (event: WorkerEvent) => void, now: () => number) {
    this.#post = post;
    this.#now = now;
  }

  // Every change is told, or tiles would keep wrong names. Only authentic frames make one, each once, so
  // there are no more of them than members send frames.
  occupant(slot: string, { endpoint, source }: Occupant, first: FirstPicture | null): void {
    this.#post({ type: 'occupant', detail: { slot, endpoint, source, ...(first && { first }) } });
  }

  sending(source: Source, sealed: boolean, clear: boolean): void {
    this.#post({ type: 'sending', detail: { source, sealed, clear } });
  }

  decryptionFailed(slot: string, cause: DropCause, who: Who | undefined): void {
    const count = this.#due(`${cause} ${slot}`);
    if (count > 0) this.#post({ type: 'decryptionFailed', detail: { slot, cause, count, ...who } });
  }

  /** One a second for a slot, whatever the KIDs: those are the bridge's to invent. */
  keyMissing(slot: string, missing: { kid?: string; participant?: string }): void {
    if (this.#due(`key-missing ${slot}`) > 0) this.#post({ type: 'keyMissing', detail: { slot, ...missing } });
  }

  keyRatcheted(participant: string | undefined, index: number): void {
    if (this.#due(`ratcheted ${participant}`) === 0) return;
    this.#post({ type: 'keyRatcheted', detail: participant === undefined ? { index } : { participant, index } });
  }

  // How many of these have happened since the last report; 0 while it is too soon for another.
  #due(what: string): number {
    const now = this.#now();
    const last = this.#last.get(what);
    if (last !== undefined && now - last.at < INTERVAL) {
      last.unreported++;
      return 0;
    }
    this.#last.delete(what);
    const [oldest] = this.#last;
    if (oldest !== undefined && this.#last.size >= MAX_REMEMBERED) {
      if (now - oldest[1].at < INTERVAL) return 0; // in order of time: all of them are as new
      this.#last.delete(oldest[0]);
    }
    this.#last.set(what, { at: now, unreported: 0 });
    return 1 + (last?.unreported ?? 0);
  }
}
