// What both models are written with: bytes, HMAC and AES-GCM of WebCrypto.
import { webcrypto } from 'node:crypto';

const { subtle } = webcrypto;
export const random = (size) => webcrypto.getRandomValues(new Uint8Array(size));
export const text = (string) => new TextEncoder().encode(string);

export function join(...parts) {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function be32(value) {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value >>> 0);
  return out;
}

export function le32(value) {
  return be32(value).reverse();
}

export async function hkdf(secret, salt, info, size) {
  const key = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, size * 8));
}

// One block of HKDF-Expand alone (RFC 5869 section 2.3), which WebCrypto does not have.
export async function hkdfExpand(prk, info, size) {
  const key = await subtle.importKey('raw', prk, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', key, join(info, [1]))).slice(0, size);
}

export async function aesGcm(operation, rawKey, iv, additionalData, data, tagLength = 128) {
  const key = await subtle.importKey('raw', rawKey, 'AES-GCM', false, [operation]);
  return new Uint8Array(await subtle[operation]({ name: 'AES-GCM', iv, additionalData, tagLength }, key, data));
}
