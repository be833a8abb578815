import type { CipherSample, Kind } from '../types.js';
import type { FrameNumbers } from './core.js';
import { kidText } from './core.js';

const INTERVAL = 200;
const HEAD = 96;

/** Shows the page what the bridge sees: a few received frames a second, still sealed. */
export class Samples {
  readonly #post: (watch: number, sample: CipherSample) => void;
  readonly #now: () => number;
  readonly #watched = new Map<number, string | null>();
  readonly #lastBySlot = new Map<string, number>();

  constructor(post: (watch: number, sample: CipherSample) => void, now: () => number) {
    this.#post = post;
    this.#now = now;
  }

  watch(watch: number, slot: string | null): void {
    this.#watched.set(watch, slot);
  }

  unwatch(watch: number): void {
    this.#watched.delete(watch);
    if (this.#watched.size === 0) this.#lastBySlot.clear();
  }

  get watching(): boolean {
    return this.#watched.size > 0;
  }

  /** `numbers` is null for what has no SFrame header, `claimsKey` what the browser makes of the shell. */
  offer(slot: string, kind: Kind, wire: Uint8Array, numbers: FrameNumbers | null, claimsKey: boolean): void {
    const now = this.#now();
    if (now - (this.#lastBySlot.get(slot) ?? -INTERVAL) < INTERVAL) return;
    this.#lastBySlot.set(slot, now);
    const sample: CipherSample = {
      slot,
      kind,
      head: wire.slice(0, HEAD),
      size: wire.length,
      kid: numbers && kidText(numbers.kidHigh, numbers.kidLow),
      ctr: numbers && ((BigInt(numbers.ctrHigh) << 32n) | BigInt(numbers.ctrLow)).toString(),
      keyFrame: kind === 'video' ? claimsKey : null,
    };
    for (const [watch, wanted] of this.#watched) {
      if (wanted === null || wanted === slot) this.#post(watch, sample);
    }
  }
}
