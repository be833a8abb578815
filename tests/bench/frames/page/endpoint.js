// The two ends of a transform, as the browser would hand them to a worker: frames are put in at one
// end one at a time, each when the one before has come out at the other.
export class Endpoint {
  #input;
  #frames = [];
  #next = 0;
  #out = 0;
  #done = null;

  constructor() {
    this.readable = new ReadableStream({ start: (controller) => { this.#input = controller; } }, { highWaterMark: 0 });
    this.writable = new WritableStream({ write: () => this.#arrived() });
  }

  /** Milliseconds for all of `frames`; they are the same objects afterwards, with other bytes in them. */
  run(frames, what) {
    this.#frames = frames;
    this.#next = 0;
    this.#out = 0;
    return new Promise((resolve, reject) => {
      const watchdog = setTimeout(() => reject(new Error(`${what}: ${this.#out} of ${frames.length} frames came out`)), 10000);
      const started = performance.now();
      this.#done = () => {
        const spent = performance.now() - started;
        clearTimeout(watchdog);
        resolve(spent);
      };
      this.#feed();
    });
  }

  #feed() {
    this.#input.enqueue(this.#frames[this.#next++]);
  }

  #arrived() {
    if (++this.#out === this.#frames.length) this.#done();
    else this.#feed();
  }
}
