// Every section of the published vectors and of the profile's own, in both directions.
// Returns how many cases each section had; throws at the first that is wrong.
import { loadVectorsModule } from './vectors_module.js';

const CODECS = { 'audio/opus': 1, 'video/VP8': 2, 'video/VP9': 3, 'video/AV1': 4, 'video/H264': 5, 'video/H265': 6 };
const SOTTO_SUITE = 0xf001;
const SENDER_KEY_SALT = new TextEncoder().encode('sotto sender key 1');

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (view) => view && Array.from(view, (byte) => byte.toString(16).padStart(2, '0')).join('');

function expect(got, wanted, what) {
  const text = got instanceof Uint8Array ? hex(got) : got;
  if (text !== wanted) throw new Error(`${what}: ${text} instead of ${wanted}`);
}
function refused(result, what) {
  if (result !== null) throw new Error(`${what}: was not refused`);
}

function flipped(view, at) {
  const copy = view.slice();
  copy[at < 0 ? copy.length + at : at] ^= 1;
  return copy;
}

function headers(module, cases) {
  for (const { kid, ctr, encoded } of cases) {
    expect(module.encodeHeader(kid, ctr), encoded, 'encoded header');
    const header = module.decodeHeader(bytes(encoded));
    expect(header?.kid, BigInt(kid), 'KID');
    expect(header?.ctr, BigInt(ctr), 'CTR');
    refused(module.decodeHeader(bytes(encoded + '00').subarray(0, encoded.length / 2 - 1)), 'cut header');
  }
}

function aeads(module, cases) {
  for (const { cipher_suite: suite, key, nonce, aad, pt, ct, enc_key, auth_key } of cases) {
    expect(key, enc_key + auth_key, 'halves of the key');
    const [k, n, a] = [key, nonce, aad].map(bytes);
    expect(module.aead(true, suite, k, n, a, bytes(pt)), ct, `ciphertext of suite ${suite}`);
    expect(module.aead(false, suite, k, n, a, bytes(ct)), pt, `plaintext of suite ${suite}`);
    for (const at of [0, -1]) refused(module.aead(false, suite, k, n, a, flipped(bytes(ct), at)), 'changed ciphertext');
  }
}

function sframes(module, cases) {
  for (const c of cases) {
    const baseKey = bytes(c.base_key), metadata = bytes(c.metadata);
    expect(module.derive(c.cipher_suite, c.kid, baseKey), c.sframe_key + c.sframe_salt, `key of suite ${c.cipher_suite}`);
    expect(module.encrypt(c.cipher_suite, c.kid, c.ctr, baseKey, metadata, bytes(c.pt)), c.ct, `suite ${c.cipher_suite}`);
    expect(module.decrypt(c.cipher_suite, baseKey, metadata, bytes(c.ct)), c.pt, `suite ${c.cipher_suite}`);
    for (const at of [-1, 6]) refused(module.decrypt(c.cipher_suite, baseKey, metadata, flipped(bytes(c.ct), at)), 'changed frame');
    refused(module.decrypt(c.cipher_suite, baseKey, flipped(metadata, 0), bytes(c.ct)), 'changed metadata');
  }
}

function frames(module, cases) {
  if (!module.startSealer(BigInt(`0x${cases[0].kid}`), bytes(cases[0].base_key))) throw new Error('no sealer');
  for (const { base_key, kid, codec, key_frame, frame, wire } of cases) {
    expect(module.seal(CODECS[codec], key_frame, bytes(frame)), wire, `sealed ${codec}`);
    const opened = module.open(BigInt(`0x${kid}`), CODECS[codec], bytes(base_key), bytes(wire));
    expect(opened, frame, `opened ${codec}`);
  }
}

function senderKeys(module, cases) {
  for (const { kind, material, steps, kid, base_key, codec, frames: list } of cases) {
    const first = kind === 'raw' ? bytes(material) : module.pbkdf2(bytes(material), SENDER_KEY_SALT, 600000, 32);
    const baseKey = module.ratchet(SOTTO_SUITE, first, steps);
    expect(baseKey, base_key, 'ratcheted key');
    frames(module, list.map((one) => ({ ...one, base_key, kid, codec, key_frame: false })));
  }
}

// `published`, `published256`: the two published files or null; `own`: tests/vectors/sframe-profile.json.
export async function runVectors(wasm, { published, published256, own }) {
  const module = await loadVectorsModule(wasm);
  const counts = {};
  const run = (section, check, cases) => {
    check(module, cases);
    counts[section] = cases.length;
  };
  if (published) {
    run('header', headers, published.header);
    run('aes_ctr_hmac', aeads, published.aes_ctr_hmac);
    run('aes_256_ctr_hmac', aeads, published.aes_256_ctr_hmac);
    run('sframe', sframes, published.sframe);
  }
  if (published256) run('sframe_aes_256_ctr_hmac', sframes, published256.sframe_aes_256_ctr_hmac);
  run('own frames', frames, own.frames);
  run('own sender keys', senderKeys, own.sender_keys);

  const start = performance.now();
  module.pbkdf2(bytes('00'), SENDER_KEY_SALT, 600000, 32);
  return { counts, passphraseMs: Math.round(performance.now() - start) };
}
