// What the two workers are held against: transforms that pass frames on, one that only copies them,
// and the browser's own AES-GCM with nothing round it.
import { core } from './capture.js';

const HEADER = 1, IV = 12, TRAILER = 2;

/** Frames go on as they are. */
export const passThrough = () => ({ transform: (frame, controller) => controller.enqueue(frame) });

/** Into the core's memory and out again, the input freed early: what no code in WebAssembly can do without. */
export function copies() {
  const { memory } = core.exports;
  const at = core.exports.sotto_input(256 << 10);
  return {
    transform(frame, controller) {
      const data = frame.data;
      const size = data.byteLength;
      new Uint8Array(memory.buffer, at, size).set(new Uint8Array(data));
      data.transfer?.(0);
      frame.data = memory.buffer.slice(at, at + size);
      controller.enqueue(frame);
    },
  };
}

/** AES-128-GCM as others seal frames with it: clear header || ciphertext and tag || IV || trailer. */
export function webCryptoSeal(key) {
  const random = crypto.getRandomValues(new Uint8Array(8));
  let counter = 0;
  return {
    async transform(frame, controller) {
      const data = frame.data;
      const iv = new Uint8Array(IV);
      iv.set(random);
      new DataView(iv.buffer).setUint32(8, counter++);
      const header = new Uint8Array(data, 0, HEADER);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: header }, key, new Uint8Array(data, HEADER));
      const out = new Uint8Array(HEADER + sealed.byteLength + IV + TRAILER);
      out.set(header);
      out.set(new Uint8Array(sealed), HEADER);
      out.set(iv, HEADER + sealed.byteLength);
      out[out.length - 2] = IV;
      frame.data = out.buffer;
      controller.enqueue(frame);
    },
  };
}

export function webCryptoOpen(key) {
  return {
    async transform(frame, controller) {
      const data = frame.data;
      const end = data.byteLength - IV - TRAILER;
      const iv = new Uint8Array(data, end, IV);
      const header = new Uint8Array(data, 0, HEADER);
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: header }, key, new Uint8Array(data, HEADER, end - HEADER));
      const out = new Uint8Array(HEADER + plain.byteLength);
      out.set(header);
      out.set(new Uint8Array(plain), HEADER);
      frame.data = out.buffer;
      controller.enqueue(frame);
    },
  };
}

export const gcmKey = () =>
  crypto.subtle.importKey('raw', new Uint8Array(16).fill(5), 'AES-GCM', false, ['encrypt', 'decrypt']);

/** As everybody puts a transform between two streams. */
export function connect({ readable, writable }, transformer) {
  readable.pipeThrough(new TransformStream(transformer)).pipeTo(writable).catch((error) => console.error(error));
}

/** The leanest way there is: a reader and a writer. */
export async function connectLean({ readable, writable }, { transform }) {
  const reader = readable.getReader();
  const writer = writable.getWriter();
  const controller = { enqueue: (frame) => void writer.write(frame) };
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    transform(value, controller);
    await writer.ready;
  }
}
