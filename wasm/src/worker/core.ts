// The WebAssembly core: loading it, and its exports with types. One instance a worker.
//
// Arguments go through an input buffer in its memory, results come from an output buffer. Both
// move when they grow, so their addresses are asked for each time; when the memory itself grows,
// views of it become empty, and are made anew.
import type { LinkExports } from './link_core.js';
import type { ParticipantExports } from './participant.js';

/** Which of the two keys there are is the module's. */
export interface Exports extends ParticipantExports, LinkExports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  sotto_initialize(): number;
  sotto_input(size: number): number;
  sotto_output(): number;
  sotto_opened_at(): number;
  sotto_last_frame(): number;
  sotto_peek(codec: number, size: number): number;
}

/** Why the core refused; in the order of base/error.h, each as -1 - index. */
const FAILURES = [
  'truncated',
  'malformed',
  'unsupported',
  'too-large',
  'buffer-too-small',
  'invalid-argument',
  'unauthenticated',
  'unknown-key',
  'replayed',
  'exhausted',
  'wrong-state',
  'not-found',
  'already-exists',
  'expired',
  'too-old',
] as const;
export type Failure = (typeof FAILURES)[number];

export interface FrameNumbers {
  kidHigh: number;
  kidLow: number;
  ctrHigh: number;
  ctrLow: number;
  keyFrame: boolean;
}

class CoreAborted extends Error {}

function abort(): never {
  throw new CoreAborted('the core has aborted');
}

/** True when the core itself has stopped: its memory cannot be trusted from then on. */
export function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof CoreAborted;
}

/** 16 hexadecimal digits: how a KID is written outside the core. */
export function kidText(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

export class Core {
  readonly #exports: Exports;
  #bytes = new Uint8Array(0);
  /** Of sotto_last_frame. */
  #numbers = new Uint32Array(0);

  static async load(wasm: BufferSource): Promise<Core> {
    let memory: WebAssembly.Memory | null = null;
    const random = (at: number, size: number): void => {
      // getRandomValues takes 65,536 bytes at most; the core asks for 24. Without them it must not go on.
      try {
        crypto.getRandomValues(new Uint8Array(memory!.buffer, at, size));
      } catch {
        abort();
      }
    };
    const { instance } = await WebAssembly.instantiate(wasm, {
      env: { sotto_random: random, emscripten_notify_memory_growth: () => undefined },
      wasi_snapshot_preview1: { proc_exit: abort },
    });
    const exports = instance.exports as unknown as Exports;
    memory = exports.memory;
    exports._initialize();
    if (exports.sotto_initialize() !== 0) throw new Error('the cryptographic core could not start');
    return new Core(exports);
  }

  private constructor(exports: Exports) {
    this.#exports = exports;
  }

  /** Copies `bytes` into the core's input, where the next call finds them; false over its limit. */
  write(bytes: Uint8Array): boolean {
    const at = this.#exports.sotto_input(bytes.length);
    if (at === 0) return false;
    this.#memory().set(bytes, at);
    return true;
  }

  /** Reads KID and CTR of the frame of `size` bytes that has been written. */
  peek(codec: number, size: number): FrameNumbers | Failure {
    const result = this.#exports.sotto_peek(codec, size);
    return result < 0 ? this.failure(result) : this.lastFrame();
  }

  /** What a negative result means. */
  failure(result: number): Failure {
    return FAILURES[-1 - result] ?? 'wrong-state';
  }

  openedFrame(size: number): ArrayBuffer {
    return this.#copy(this.#exports.sotto_opened_at(), size);
  }

  sealedFrame(result: number): ArrayBuffer | Failure {
    return result < 0 ? this.failure(result) : this.#copy(this.#exports.sotto_output(), result);
  }

  /** For those who bring the keys across the border. */
  get exports(): Exports {
    return this.#exports;
  }

  lastFrame(): FrameNumbers {
    this.#memory();
    const numbers = this.#numbers;
    return {
      kidHigh: numbers[0]!,
      kidLow: numbers[1]!,
      ctrHigh: numbers[2]!,
      ctrLow: numbers[3]!,
      keyFrame: numbers[4] !== 0,
    };
  }

  #copy(at: number, size: number): ArrayBuffer {
    return this.#memory().buffer.slice(at, at + size);
  }

  #memory(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length === 0) {
      const buffer = this.#exports.memory.buffer as ArrayBuffer;
      this.#bytes = new Uint8Array(buffer);
      this.#numbers = new Uint32Array(buffer, this.#exports.sotto_last_frame(), 5);
    }
    return this.#bytes;
  }
}

