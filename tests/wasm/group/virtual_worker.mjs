// The built worker of groups, on the thread of the test, in a time that the test makes pass and with
// randomness from a seed: minutes of a room take no time, and go the same way again.
import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

const dist = new URL('../../../wasm/dist/', import.meta.url);
const { code } = await transform(await readFile(new URL('group.js', dist), 'utf8'),
  { format: 'iife', define: { 'import.meta.url': '"file:///group.js"' } });
const bytes = await readFile(new URL('sotto-group.wasm', dist));
const module = await WebAssembly.compile(bytes);
const runWorker = new Function('self', 'fetch', 'setTimeout', 'clearTimeout', 'performance', 'Date', 'crypto', 'WebAssembly', code);

/** Numbers from 0 to 1, and bytes. */
export class Seeded {
  #state;

  constructor(seed) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  next() { // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  below(count) { return Math.floor(this.next() * count); }

  one(list) { return list[this.below(list.length)]; }

  fill(array) {
    for (let at = 0; at < array.length; at++) array[at] = this.below(256);
    return array;
  }

  bytes(count) { return this.fill(new Uint8Array(count)); }
}

/** Milliseconds, and what is to happen when. */
export class VirtualTime {
  now = 1000;
  #due = [];
  #last = 0;

  /** In the order of time, and of the calls. Returns how to stop it. */
  later(milliseconds, run) {
    const entry = { at: this.now + Math.max(milliseconds, 0), order: this.#last++, run };
    this.#due.push(entry);
    return () => { this.#due = this.#due.filter((other) => other !== entry); };
  }

  async pass(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.#due.reduce((first, entry) => (first === null || entry.at < first.at ||
        (entry.at === first.at && entry.order < first.order) ? entry : first), null);
      if (next === null || next.at > end) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await null; // what waits for an answer goes on
    }
    this.now = end;
  }
}

/** For globalThis.Worker. */
export function virtualWorkers(time, random) {
  const stops = new Map();
  let timers = 0;
  const setTimer = (run, milliseconds) => {
    const timer = ++timers;
    stops.set(timer, time.later(milliseconds, () => { stops.delete(timer); run(); }));
    return timer;
  };
  const clearTimer = (timer) => { stops.get(timer)?.(); stops.delete(timer); };
  const kept = Object.create(WebAssembly, { instantiate: { value: async (_, imports) => ({ instance: await WebAssembly.instantiate(module, imports) }) } });
  const clock = { now: () => time.now };
  const wall = { now: () => 1_795_000_000_000 + time.now };
  const fetched = async () => ({ ok: true, arrayBuffer: async () => bytes });
  return class VirtualWorker {
    #ended = false;
    #scope = { postMessage: (message) => { if (!this.#ended) this.onmessage?.({ data: structuredClone(message) }); } };

    constructor() {
      runWorker(this.#scope, fetched, setTimer, clearTimer, clock, wall, { getRandomValues: (array) => random.fill(array) }, kept);
    }

    postMessage(message) {
      if (!this.#ended) this.#scope.onmessage?.({ data: structuredClone(message) });
    }

    terminate() { this.#ended = true; }
  };
}
