// In a live call: sends each frame through one of several transforms, side by side in this worker,
// and notes how long it spends there. The sender chooses, and leaves word of it for the receiver in
// memory that both workers share, by the frame's RTP time stamp.
const SLOTS = 1024;

export class Path {
  #input;
  #arrived;

  constructor() {
    this.readable = new ReadableStream({ start: (controller) => { this.#input = controller; } }, { highWaterMark: 0 });
    this.writable = new WritableStream({ write: (frame) => this.#arrived(frame) });
  }

  put(frame) {
    this.#input.enqueue(frame);
  }

  set arrived(call) {
    this.#arrived = call;
  }
}

export class Switch {
  /** `notes` is a SharedArrayBuffer of Switch.notesSize bytes; `paths` [name, Path]. */
  constructor(side, notes, paths) {
    this.#side = side;
    this.#notes = new Uint32Array(notes);
    this.#paths = paths;
    this.times = Object.fromEntries(paths.map(([name]) => [name, []]));
  }

  static notesSize = SLOTS * 8;
  /** A path's name, or null: each frame another one. */
  mode = null;
  unknown = 0;
  #side;
  #notes;
  #paths;
  #turn = 0;

  async run({ readable, writable }) {
    const reader = readable.getReader();
    const writer = writable.getWriter();
    const entered = new Map();
    this.#paths.forEach(([name, path]) => {
      path.arrived = (frame) => {
        this.times[name].push(performance.now() - entered.get(frame));
        entered.delete(frame);
        void writer.write(frame);
      };
    });
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      const at = this.#choose(frame);
      if (at === null) continue;
      if (entered.size > 100) entered.clear(); // of frames that a transform has dropped
      entered.set(frame, performance.now());
      this.#paths[at][1].put(frame);
    }
  }

  #choose(frame) {
    const stamp = frame.getMetadata().rtpTimestamp >>> 0;
    const slot = (Math.floor(stamp / 90) % SLOTS) * 2;
    if (this.#side === 'send') {
      const at = this.mode === null ? this.#turn++ % this.#paths.length : this.#paths.findIndex(([name]) => name === this.mode);
      this.#notes[slot + 1] = at;
      Atomics.store(this.#notes, slot, stamp);
      return at;
    }
    if (Atomics.load(this.#notes, slot) === stamp) return this.#notes[slot + 1];
    this.unknown++;
    return null;
  }
}
