// Sotto's side as browsers run it: sotto-formats.wasm, through the exports that the worker calls
// (wasm/src/participant_exports.cc). Tells of an opened frame its bytes and whether it proved a
// ratchet.
import { readFileSync } from 'node:fs';
import { codecs, PeerError } from './peer.mjs';

// In the order of shared/base/error.h.
const failures = [
  'truncated', 'malformed', 'unsupported', 'too-large', 'buffer-too-small', 'invalid-argument', 'unauthenticated',
  'unknown-key', 'replayed', 'exhausted', 'wrong-state', 'not-found', 'already-exists', 'expired', 'too-old',
];

export class WasmPeer {
  #exports;
  #now = 0;

  constructor(path) {
    const memory = () => this.#exports.memory.buffer;
    const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {
      env: {
        sotto_random: (at, size) => { crypto.getRandomValues(new Uint8Array(memory(), at, size)); },
        emscripten_notify_memory_growth: () => {},
      },
      wasi_snapshot_preview1: { proc_exit: (code) => { throw new Error(`the module ended with ${code}`); } },
    });
    this.#exports = instance.exports;
    this.#exports._initialize();
    if (this.#exports.sotto_initialize() !== 0) throw new Error('the module could not start');
  }

  async participant(format, { key256 = false } = {}) {
    const handle = this.call('create', format, 0, Number(key256));
    if (handle === 0) throw new PeerError('unsupported');
    return new WasmParticipant(this, handle);
  }

  async setTime(microseconds) {
    this.#now = microseconds / 1000;
  }

  get now() {
    return this.#now;
  }

  close() {}

  // Every result below zero is a failure.
  call(name, ...numbers) {
    const result = this.#exports[`sotto_participant_${name}`](...numbers);
    if (result < 0 && name !== 'ratcheted') throw new PeerError(failures[-1 - result]);
    return result;
  }

  write(bytes) {
    const at = this.#exports.sotto_input(bytes.length);
    new Uint8Array(this.#exports.memory.buffer).set(bytes, at);
    return bytes.length;
  }

  read(from, size) {
    const at = this.#exports[from]();
    return new Uint8Array(this.#exports.memory.buffer).slice(at, at + size);
  }
}

class WasmParticipant {
  #peer;
  #handle;

  constructor(peer, handle) {
    this.#peer = peer;
    this.#handle = handle;
  }

  async setKey(index, key, { use = true } = {}) {
    const passphrase = typeof key === 'string';
    const size = this.#peer.write(passphrase ? new TextEncoder().encode(key) : key);
    this.#peer.call('set_key', this.#handle, index, Number(passphrase), size, this.#peer.now);
    if (use) await this.useKey(index);
  }

  async useKey(index) {
    this.#peer.call('use_key', this.#handle, index, this.#peer.now);
  }

  async ratchet(index) {
    this.#peer.call('ratchet', this.#handle, index, this.#peer.now);
  }

  async seal(frame) {
    const size = this.#peer.call('seal', this.#handle, ...facts(frame), this.#peer.write(frame.data));
    return this.#peer.read('sotto_output', size);
  }

  async open(frame, data) {
    const written = this.#peer.write(data);
    const size = this.#peer.call('open', this.#handle, ...facts(frame), written, this.#peer.now);
    return { data: this.#peer.read('sotto_opened_at', size), ratcheted: this.#peer.call('ratcheted') >= 0 };
  }
}

function facts({ codec, key, ssrc, timestamp }) {
  return [codecs[codec], Number(key), 0, ssrc, timestamp];
}
