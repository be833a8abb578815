import type { DropCause } from '../types.js';
import type { Who } from './events.js';
import type { EncodedFrame, Output } from './frame.js';

/** A frame that may still become playable: its key, or the bridge's claim, is on the way. */
export interface HeldFrame {
  frame: EncodedFrame;
  output: Output;
  cause: DropCause;
  who?: Who | undefined;
  since: number;
}

export const HOLD_MILLISECONDS = 500;
const MAX_FRAMES = 64;
const MAX_BYTES = 4 << 20;

/** Signalling and media take different roads, so either may arrive first. Bounded, in order. */
export class HoldingPen {
  #held: HeldFrame[] = [];
  #bytes = 0;

  get size(): number {
    return this.#held.length;
  }

  /** Returns what had to go to make room, the oldest first. */
  push(held: HeldFrame): HeldFrame[] {
    this.#held.push(held);
    this.#bytes += held.frame.data.byteLength;
    return this.#removeWhile(() => this.#held.length > MAX_FRAMES || this.#bytes > MAX_BYTES);
  }

  expire(now: number): HeldFrame[] {
    return this.#removeWhile((oldest) => now - oldest.since >= HOLD_MILLISECONDS);
  }

  takeAll(): HeldFrame[] {
    return this.#removeWhile(() => true);
  }

  #removeWhile(condition: (oldest: HeldFrame) => boolean): HeldFrame[] {
    const removed: HeldFrame[] = [];
    for (let oldest = this.#held[0]; oldest !== undefined && condition(oldest); oldest = this.#held[0]) {
      this.#held.shift();
      this.#bytes -= oldest.frame.data.byteLength;
      removed.push(oldest);
    }
    return removed;
  }
}
