// What sotto-link.wasm does beyond every core: sessions, each under one room link.
import { kidText, type Core, type Failure } from './core.js';

export interface LinkExports {
  sotto_session_create(roomSize: number, generation: number): number;
  sotto_session_destroy(session: number): void;
  sotto_sealer_create(session: number): number;
  sotto_sealer_destroy(sealer: number): void;
  sotto_seal(sealer: number, codec: number, keyFrame: number, size: number): number;
  sotto_open(session: number, codec: number, size: number): number;
  sotto_announce(session: number, high: number, low: number): number;
  sotto_withdraw(session: number, high: number, low: number): void;
  sotto_seal_message(session: number, endpointSize: number, size: number): number;
  sotto_open_message(session: number, endpointSize: number, size: number): number;
}

export class LinkCore {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Takes the secret; its bytes are wiped on both sides. Null when it is not 32 bytes. */
  createSession(room: string, generation: number, secret: Uint8Array): number | null {
    const id = new TextEncoder().encode(room);
    const arguments_ = new Uint8Array(secret.length + id.length);
    arguments_.set(secret);
    arguments_.set(id, secret.length);
    const written = secret.length === 32 && this.#core.write(arguments_);
    arguments_.fill(0);
    secret.fill(0);
    return (written && this.#core.exports.sotto_session_create(id.length, generation)) || null;
  }

  destroySession(session: number): void {
    this.#core.exports.sotto_session_destroy(session);
  }

  createSealer(session: number): { sealer: number; kid: string } {
    const sealer = this.#core.exports.sotto_sealer_create(session);
    if (sealer === 0) throw new Error('the core has no memory left');
    const { kidHigh, kidLow } = this.#core.lastFrame();
    return { sealer, kid: kidText(kidHigh, kidLow) };
  }

  destroySealer(sealer: number): void {
    this.#core.exports.sotto_sealer_destroy(sealer);
  }

  /** Seals the frame of `size` bytes that has been written. */
  seal(sealer: number, codec: number, keyFrame: boolean, size: number): ArrayBuffer | Failure {
    const result = this.#core.exports.sotto_seal(sealer, codec, keyFrame ? 1 : 0, size);
    return this.#core.sealedFrame(result);
  }

  /** Opens the frame of `size` bytes that has been written; lastFrame() then tells what it is. */
  open(session: number, codec: number, size: number): ArrayBuffer | Failure {
    const result = this.#core.exports.sotto_open(session, codec, size);
    return result < 0 ? this.#core.failure(result) : this.#core.openedFrame(result);
  }

  /** As open(), but the frame stays in the core until openedFrame(): what is negative is no size. */
  tryOpen(session: number, codec: number, size: number): number {
    return this.#core.exports.sotto_open(session, codec, size);
  }

  announce(session: number, kid: string): boolean {
    return this.#core.exports.sotto_announce(session, ...halves(kid)) === 0;
  }

  withdraw(session: number, kid: string): void {
    this.#core.exports.sotto_withdraw(session, ...halves(kid));
  }

  sealMessage(session: number, endpoint: Uint8Array, plain: Uint8Array): Uint8Array | Failure {
    if (!this.#core.write(joined(endpoint, plain))) return 'too-large';
    const result = this.#core.exports.sotto_seal_message(session, endpoint.length, plain.length);
    const bytes = this.#core.sealedFrame(result);
    return typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
  }

  openMessage(session: number, endpoint: Uint8Array, sealed: Uint8Array): Uint8Array | Failure {
    if (!this.#core.write(joined(endpoint, sealed))) return 'too-large';
    const result = this.#core.exports.sotto_open_message(session, endpoint.length, sealed.length);
    const bytes = this.#core.sealedFrame(result);
    return typeof bytes === 'string' ? bytes : new Uint8Array(bytes);
  }
}

function halves(kid: string): [number, number] {
  return [Number.parseInt(kid.slice(0, 8), 16), Number.parseInt(kid.slice(8), 16)];
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
