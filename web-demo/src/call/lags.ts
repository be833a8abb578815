// Whose frames come later than they say that they sent them. Pure: counters and time go in.

import type {StreamStats} from '@sotto/e2ee';

/** The counters are read twice a second; a lag that comes and goes is no blinking mark. */
const HOLD_MS = 3000;

export class Lags {
  private readonly counts = new Map<string, {frames: number; until: number}>();
  private late = new Set<string>();

  /** True: it is about others than before. */
  update(stats: StreamStats[], now: number): boolean {
    const seen = new Set<string>();
    for (const {occupant, lagging = 0} of stats) {
      if (!occupant) continue;
      const name = nameOf(occupant.endpoint, occupant.source);
      const {frames, until} = this.counts.get(name) ?? {frames: 0, until: -Infinity};
      this.counts.set(name, {frames: lagging, until: lagging > frames ? now + HOLD_MS : until});
      seen.add(name);
    }
    for (const name of this.counts.keys()) if (!seen.has(name)) this.counts.delete(name);
    const before = [...this.late].join();
    this.late = new Set([...this.counts].flatMap(([name, {until}]) => now < until ? [name] : []));
    return [...this.late].join() !== before;
  }

  has(endpoint: string, source: string): boolean {
    return this.late.has(nameOf(endpoint, source));
  }
}

function nameOf(endpoint: string, source: string): string {
  return `${endpoint}/${source}`;
}
