// JFrame after its published description, on WebCrypto: one sender or one receiver.
import { aesGcm, be32, hkdf, join, text } from './bytes.mjs';

const ratchetWindow = 8;

function clearBytes({ codec, key }) {
  if (codec === 'opus') return 1;
  return key ? 10 : 3;
}

export class JFrameModel {
  #raw;
  #index = 0;
  #counts = new Map();

  setKey(index, raw) {
    this.#index = index;
    this.#raw = raw;
  }

  static ratcheted(raw) {
    return hkdf(raw, text('JFrameRatchetKey'), new Uint8Array(), 32);
  }

  static aesKey(raw) {
    return hkdf(raw, text('JFrameEncryptionKey'), new Uint8Array(), 16);
  }

  async ratchet() {
    this.#raw = await JFrameModel.ratcheted(this.#raw);
  }

  async seal(frame) {
    const { ssrc, timestamp, data } = frame;
    const count = this.#counts.get(ssrc) ?? Math.floor(Math.random() * 0xffff);
    this.#counts.set(ssrc, count + 1);
    const clear = data.slice(0, clearBytes(frame));
    const iv = join(be32(ssrc), be32(timestamp), be32(count % 0xffff));
    const sealed = await aesGcm('encrypt', await JFrameModel.aesKey(this.#raw), iv, clear, data.slice(clear.length));
    return join(clear, sealed, iv, [12, this.#index]);
  }

  // Null for what does not open.
  async open(frame, wire) {
    if (wire.at(-1) !== this.#index || wire.at(-2) !== 12) return null;
    const clear = wire.slice(0, clearBytes(frame));
    const iv = wire.slice(-14, -2);
    let raw = this.#raw;
    for (let step = 0; step <= ratchetWindow; ++step) {
      try {
        const key = await JFrameModel.aesKey(raw);
        const plain = await aesGcm('decrypt', key, iv, clear, wire.slice(clear.length, -14));
        this.#raw = raw;
        return join(clear, plain);
      } catch {
        raw = await JFrameModel.ratcheted(raw);
      }
    }
    return null;
  }
}
