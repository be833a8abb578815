// LiveKit's own worker, as the npm package livekit-client ships it, outside a browser: the script runs
// in a context of its own with the globals that it takes from a worker, and frames go through the very
// streams that it sets up. Nothing of it is replaced.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const script = require.resolve('livekit-client').replace(/dist\/.*$/, 'dist/livekit-client.e2ee.worker.js');
const source = readFileSync(script, 'utf8');

class EncodedFrame {
  #metadata;

  constructor({ codec, ssrc, timestamp }, data) {
    this.data = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
    this.timestamp = timestamp;
    const mimeType = codec === 'opus' ? 'audio/opus' : `video/${codec.toUpperCase()}`;
    this.#metadata = { synchronizationSource: ssrc, rtpTimestamp: timestamp, payloadType: 96, mimeType };
  }

  getMetadata() {
    return this.#metadata;
  }
}
class RTCEncodedAudioFrame extends EncodedFrame {}
class RTCEncodedVideoFrame extends EncodedFrame {
  constructor(frame, data) {
    super(frame, data);
    this.type = frame.key ? 'key' : 'delta';
  }
}

// What the package's page side makes of a passphrase (a string) or of random bytes.
function importKey(key) {
  const bytes = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  const algorithm = typeof key === 'string' ? 'PBKDF2' : 'HKDF';
  return webcrypto.subtle.importKey('raw', bytes, algorithm, false, ['deriveBits', 'deriveKey']);
}

export class LiveKitWorker {
  #context;
  #tracks = 0;
  messages = [];

  static async start({ keySize = 128, ratchetWindowSize = 8, failureTolerance = 10 } = {}) {
    const worker = new LiveKitWorker();
    await worker.tell('init', {
      keyProviderOptions: {
        sharedKey: false, ratchetSalt: 'LKFrameEncryptionKey', ratchetWindowSize, failureTolerance,
        keyringSize: 16, keySize,
      },
      loglevel: 'silent',
    });
    return worker;
  }

  constructor() {
    const globals = {
      crypto: webcrypto, TransformStream, TextEncoder, TextDecoder, console, setTimeout, clearTimeout,
      setInterval, clearInterval, RTCEncodedAudioFrame, RTCEncodedVideoFrame,
      ArrayBuffer, Uint8Array, DataView, // Node's WebCrypto takes those of its own realm only
      postMessage: (message) => this.messages.push(message),
    };
    this.#context = vm.createContext(globals);
    this.#context.self = this.#context;
    vm.runInContext(source, this.#context, { filename: script });
  }

  // The worker handles messages one after another and acknowledges only some: an `enable` behind a
  // message is answered when that message is done.
  async tell(kind, data) {
    this.#context.onmessage({ data: { kind, data } });
    const mark = { kind: 'enable', data: { enabled: true, participantIdentity: 'nobody' } };
    this.#context.onmessage({ data: mark });
    while (!this.messages.includes(mark)) await new Promise((resolve) => setTimeout(resolve));
  }

  async setKey(identity, index, key) {
    await this.tell('setKey', {
      participantIdentity: identity, isPublisher: true, key: await importKey(key), keyIndex: index,
      updateCurrentKeyIndex: true,
    });
    await this.tell('enable', { enabled: true, participantIdentity: identity });
  }

  async ratchet(identity, index) {
    const before = this.#count('ratchetKey');
    await this.tell('ratchetRequest', { participantIdentity: identity, keyIndex: index });
    while (this.#count('ratchetKey') === before) await new Promise((resolve) => setTimeout(resolve));
  }

  #count(kind) {
    return this.messages.filter((message) => message.kind === kind).length;
  }

  errors() {
    return this.messages.filter((message) => message.kind === 'error').map((message) => message.data.error.message);
  }

  // A track of this participant: a function that puts a frame in and gives what came out, or null when
  // the worker dropped it.
  async track(operation, identity) {
    const input = new TransformStream();
    const output = new TransformStream({}, undefined, { highWaterMark: 16 });
    await this.tell(operation, {
      participantIdentity: identity, trackId: `track-${++this.#tracks}`, hasPacketTrailer: false,
      readableStream: input.readable, writableStream: output.writable,
    });
    const writer = input.writable.getWriter();
    const reader = output.readable.getReader();
    // A frame that is known to come out again, empty as LiveKit lets it pass, marks the end of each.
    return async (frame, data = frame.data) => {
      const kind = frame.codec === 'opus' ? RTCEncodedAudioFrame : RTCEncodedVideoFrame;
      const end = new RTCEncodedAudioFrame(frame, new Uint8Array());
      await writer.write(new kind(frame, data));
      const written = writer.write(end);
      const { value } = await reader.read();
      if (value === end) return null;
      await reader.read();
      await written;
      return new Uint8Array(value.data);
    };
  }
}
