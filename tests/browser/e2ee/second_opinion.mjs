// Sotto's frame seal a second time, on Node's own ciphers, after docs/sframe-profile.md and RFC 9605.
import { createCipheriv, createHmac } from 'node:crypto';

export const CODECS = { 'audio/opus': 1, 'video/VP8': 2, 'video/VP9': 3, 'video/AV1': 4, 'video/H264': 5,
  'video/H265': 6 };
const SHELLS = { 'video/VP8': ['11', '1000009d012a10001000'], 'video/AV1': ['30', '08'] };

const hmac = (key, ...parts) => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};
// HKDF-Expand for one block or less.
const expand = (prk, info, size) => hmac(prk, info, Buffer.of(1)).subarray(0, size);
const u64 = (value) => { const out = Buffer.alloc(8); out.writeBigUInt64BE(BigInt(value)); return out; };

export function linkKeys(secret, room, generation) {
  const prk = hmac('sotto 1', secret);
  const gen = Buffer.alloc(4);
  gen.writeUInt32BE(generation);
  const context = Buffer.concat([Buffer.of(room.length), Buffer.from(room), gen]);
  return {
    baseKey: (kid) => expand(prk, Buffer.concat([Buffer.from('link-sframe'), context, Buffer.from(kid, 'hex')]), 32),
    messageKey: () => expand(prk, Buffer.concat([Buffer.from('link-message'), context]), 32),
  };
}

// RFC 9605, section 4.3: numbers below 8 lie in the first byte, others follow it.
function header(kid, ctr) {
  const number = (value) => {
    const bytes = u64(value).subarray(u64(value).findIndex((byte) => byte !== 0));
    return value < 8n ? { bits: Number(value), bytes: Buffer.alloc(0) } : { bits: 8 | (bytes.length - 1), bytes };
  };
  const k = number(BigInt(`0x${kid}`)), c = number(BigInt(ctr));
  return Buffer.concat([Buffer.of(k.bits << 4 | c.bits), k.bytes, c.bytes]);
}

// Every codec but H.264 and H.265, whose shells escape.
export function seal({ baseKey, kid, ctr, codec, keyFrame, frame }) {
  const suite = Buffer.from('f001', 'hex');
  const secret = hmac('', baseKey);
  const label = (name) => Buffer.concat([Buffer.from(`SFrame 1.0 Secret ${name} `), Buffer.from(kid, 'hex'), suite]);
  const key = expand(secret, label('key'), 32), salt = expand(secret, label('salt'), 12);
  const nonce = Buffer.from(salt);
  u64(ctr).forEach((byte, at) => { nonce[4 + at] ^= byte; });
  const head = header(kid, ctr);
  const video = codec.startsWith('video/');
  const info = Buffer.of((video ? 32 : 0) | (video && keyFrame ? 16 : 0) | CODECS[codec]);
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.concat([head, Buffer.of(1)]));
  const body = Buffer.concat([cipher.update(Buffer.concat([info, frame])), cipher.final(), cipher.getAuthTag()]);
  const shell = Buffer.from(SHELLS[codec]?.[keyFrame ? 1 : 0] ?? '', 'hex');
  return Buffer.concat([shell, head, body]);
}
