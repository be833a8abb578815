import type { DropCause, StreamStats } from '../types.js';

const WINDOW = 512;
/** One frame in this many is timed: to look at the clock costs as much as to copy a small frame. */
const STEP = 4;

/** Counts one stream's frames. */
export class Tally {
  #frames = 0;
  #bytes = 0;
  #keyFrames = 0;
  readonly #drops = new Map<DropCause, number>();
  readonly #times = new Float32Array(WINDOW);
  #timed = 0;

  /** Whether the next frame that passes is to be timed. */
  get isTimed(): boolean {
    return this.#frames % STEP === 0;
  }

  passed(bytes: number, keyFrame: boolean, milliseconds: number | null): void {
    this.#frames++;
    this.#bytes += bytes;
    if (keyFrame) this.#keyFrames++;
    if (milliseconds !== null) this.#times[this.#timed++ % WINDOW] = milliseconds * 1000;
  }

  dropped(cause: DropCause): void {
    this.#drops.set(cause, (this.#drops.get(cause) ?? 0) + 1);
  }

  report(): Pick<StreamStats, 'frames' | 'bytes' | 'keyFrames' | 'drops' | 'microseconds'> {
    return {
      frames: this.#frames,
      bytes: this.#bytes,
      keyFrames: this.#keyFrames,
      drops: Object.fromEntries(this.#drops),
      microseconds: this.#spread(),
    };
  }

  #spread(): StreamStats['microseconds'] {
    const count = Math.min(this.#timed, WINDOW);
    if (count === 0) return null;
    const sorted = this.#times.slice(0, count).sort();
    const at = (share: number): number => sorted[Math.min(count - 1, Math.floor(count * share))]!;
    const mean = sorted.reduce((sum, time) => sum + time, 0) / count;
    return { p50: at(0.5), p99: at(0.99), mean };
  }
}
