// Sotto's side of the interoperation tests: the native process of peer.cc, or what browsers run
// (wasm_peer.mjs), as SOTTO_INTEROP_PEER names the one program or the other module.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const Format = { livekit: 1, jframe: 2, dave: 3 };
export const codecs = { opus: 1, vp8: 2, vp9: 3, av1: 4, h264: 5, h265: 6 };
const hex = (bytes) => (bytes.length ? Buffer.from(bytes).toString('hex') : '-');

export class PeerError extends Error {}

export async function startPeer() {
  const peer = process.env.SOTTO_INTEROP_PEER;
  if (!peer) throw new Error('SOTTO_INTEROP_PEER must name the program interop_peer or sotto-formats.wasm');
  if (!peer.endsWith('.wasm')) return new NativePeer(peer);
  const { WasmPeer } = await import('./wasm_peer.mjs');
  return new WasmPeer(peer);
}

// The frame came through, and all else that this peer tells of it is as expected.
export function assertOpened(opened, expected, message) {
  assert.deepEqual(opened.data, expected.data, message);
  for (const [name, value] of Object.entries(expected)) {
    if (name in opened) assert.deepEqual(opened[name], value, message);
  }
}

class NativePeer {
  #process;
  #waiting = [];
  #ids = 0;

  constructor(program) {
    this.#process = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#waiting.shift().resolve(line));
    this.#process.on('exit', (code) => {
      for (const { reject } of this.#waiting) reject(new Error(`interop_peer ended with ${code}`));
    });
  }

  async ask(...words) {
    const answer = await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${words.join(' ')}\n`);
    });
    const [verdict, ...rest] = answer.split(' ');
    if (verdict !== 'ok') throw new PeerError(rest.join(' '));
    return rest;
  }

  async participant(format, { key256 = false } = {}) {
    const id = ++this.#ids;
    await this.ask('new', id, format, Number(key256));
    return new Participant(this, id);
  }

  setTime(microseconds) {
    return this.ask('time', microseconds);
  }

  close() {
    this.#process.stdin.end();
  }
}

class Participant {
  #peer;
  #id;

  constructor(peer, id) {
    this.#peer = peer;
    this.#id = id;
  }

  // A string is a passphrase.
  async setKey(index, key, { use = true } = {}) {
    const passphrase = typeof key === 'string';
    await this.#peer.ask('key', this.#id, index, Number(passphrase), hex(passphrase ? Buffer.from(key) : key));
    if (use) await this.useKey(index);
  }

  useKey(index) {
    return this.#peer.ask('use', this.#id, index);
  }

  ratchet(index) {
    return this.#peer.ask('ratchet', this.#id, index);
  }

  // `frame`: { codec, key, ssrc, timestamp, data }. Returns the sealed bytes.
  async seal(frame) {
    return (await this.#frame('seal', frame)).data;
  }

  open(frame, data) {
    return this.#frame('open', { ...frame, data });
  }

  async #frame(verb, { codec, key, ssrc, timestamp, data }) {
    const words = await this.#peer.ask(verb, this.#id, codecs[codec], Number(key), ssrc, timestamp, hex(data));
    const bytes = words[0] === '-' ? new Uint8Array() : new Uint8Array(Buffer.from(words[0], 'hex'));
    return { data: bytes, index: Number(words[1]), counter: Number(words[2]), ratcheted: words[3] === '1' };
  }
}
