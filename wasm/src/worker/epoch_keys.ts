// The members of a group: whose frame it is, is decided by the key that opens it, and that is its
// leaf's in its epoch (security profile, section 8). A member's `endpoint` is its id in the group.
import { SOURCES, type Occupant, type Source } from '../types.js';
import type { Context } from './context.js';
import { kidText, type Failure, type FrameNumbers } from './core.js';
import type { EncodedFrame } from './frame.js';
import type { FrameExports } from './frame_exports.js';
import { causeOf, mismatch, same, WHOLE, type Opening, type Refusal, type Sealing, type Seat } from './opening.js';
import { Seats } from './seats.js';

export class EpochKeys implements Opening, Sealing {
  /** By member and source: another epoch's key is no other stream. */
  readonly seats = new Seats<Seat>();
  readonly #context: Context;
  readonly #exports: FrameExports;
  readonly #newStream: () => void;
  readonly #sealed = new Set<Source>();
  /** By member and source: how many frames came that late. */
  readonly #lagging = new Map<string, number>();
  owner!: Occupant;
  keyFrame = false;

  constructor(context: Context, exports: FrameExports, newStream: () => void) {
    this.#context = context;
    this.#exports = exports;
    this.#newStream = newStream;
  }

  open(seat: Seat, _: EncodedFrame, codec: number, size: number, now: number): number | Refusal {
    const { core } = this.#context;
    const owner = this.#whose(seat, codec, size);
    if ('cause' in owner) return owner;
    const who = { endpoint: owner.endpoint };
    if (!this.seats.mayPlay(nameOf(owner), seat, same(seat.claimed, owner), now)) return { cause: 'kid-in-use' };

    const opened = this.#exports.sotto_frames_open(codec, size, now);
    if (opened < 0) {
      const failure = core.failure(opened);
      // Not heard yet, or not of this stream: what its sender says of itself is on the way.
      return failure === 'not-found' ? { cause: 'unknown-key', wait: true, who } : { cause: causeOf(failure), who };
    }
    this.owner = owner;
    this.keyFrame = core.lastFrame().keyFrame;
    return opened;
  }

  strays(seat: Seat, size: number): boolean {
    return (this.#whose(seat, WHOLE, size) as Refusal).cause === 'claim-mismatch';
  }

  #whose(seat: Seat, codec: number, size: number): Occupant | Refusal {
    const { core } = this.#context;
    const numbers = core.peek(codec, size);
    if (typeof numbers === 'string') return { cause: 'malformed' };
    const found = this.#exports.sotto_frames_source(numbers.kidHigh, numbers.kidLow);
    if (found < 0) {
      const cause = causeOf(core.failure(found));
      const kid = kidText(numbers.kidHigh, numbers.kidLow);
      return cause === 'unknown-key' ? { cause, wait: true, missing: { kid } } : { cause };
    }
    const source = SOURCES[found % 16];
    if (source === undefined) return { cause: 'claim-mismatch' };
    const owner = { endpoint: String(Math.floor(found / 16)), source };
    return mismatch(seat, owner) ?? owner;
  }

  settle(seat: Seat, now: number): void {
    const name = nameOf(this.owner);
    this.seats.take(name, seat, now);
    this.#lagging.set(name, (this.#lagging.get(name) ?? 0) + this.#exports.sotto_frames_lagged());
  }

  forget(name: string): void {
    this.seats.forget(name);
    this.#lagging.delete(name);
  }

  peek(codec: number, size: number): FrameNumbers | null {
    const numbers = this.#context.core.peek(codec, size);
    return typeof numbers === 'string' ? null : numbers;
  }

  describe(occupant: Occupant | null): { occupant: Occupant | null; lagging: number } {
    return { occupant, lagging: (occupant && this.#lagging.get(nameOf(occupant))) ?? 0 };
  }

  get ready(): boolean {
    return this.#exports.sotto_frames_may_seal() !== 0;
  }

  seal(source: Source, codec: number, frame: EncodedFrame, size: number): ArrayBuffer | Failure {
    const { core } = this.#context;
    const context = SOURCES.indexOf(source);
    const sealed = core.sealedFrame(this.#exports.sotto_frames_seal(context, codec, frame.type === 'key' ? 1 : 0, size));
    if (!this.#sealed.has(source) && typeof sealed !== 'string') {
      this.#sealed.add(source);
      // The others play nothing that has not been announced.
      this.#newStream();
    }
    return sealed;
  }
}

function nameOf({ endpoint, source }: Occupant): string {
  return `${endpoint} ${source}`;
}
