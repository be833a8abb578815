// The test-only module (tests/wasm/vectors.cc) with bytes in and bytes out. Runs in Node and in pages.
export async function loadVectorsModule(wasm) {
  let memory = null;
  const { instance } = await WebAssembly.instantiate(wasm, {
    env: {
      sotto_random: (at, size) => crypto.getRandomValues(new Uint8Array(memory.buffer, at, size)),
      emscripten_notify_memory_growth: () => undefined,
    },
    wasi_snapshot_preview1: { proc_exit: () => { throw new Error('the module has aborted'); } },
  });
  const e = instance.exports;
  memory = e.memory;
  e._initialize();
  if (e.vectors_initialize() !== 0) throw new Error('the module could not start');

  const put = (...parts) => {
    let at = e.vectors_input();
    for (const part of parts) {
      new Uint8Array(memory.buffer, at, part.length).set(part);
      at += part.length;
    }
  };
  const take = (size) => (size < 0 ? null : new Uint8Array(memory.buffer, e.vectors_output(), size).slice());
  const halves = (value) => [Number(BigInt(value) >> 32n), Number(BigInt(value) & 0xffffffffn)];

  return {
    encodeHeader: (kid, ctr) => take(e.vectors_encode_header(...halves(kid), ...halves(ctr))),
    decodeHeader(bytes) {
      put(bytes);
      if (e.vectors_decode_header(bytes.length) !== bytes.length) return null;
      const view = new DataView(take(16).buffer);
      return { kid: view.getBigUint64(0), ctr: view.getBigUint64(8) };
    },
    derive(suite, kid, baseKey) {
      put(baseKey);
      return take(e.vectors_derive(suite, ...halves(kid), baseKey.length));
    },
    encrypt(suite, kid, ctr, baseKey, metadata, plain) {
      put(baseKey, metadata, plain);
      return take(e.vectors_encrypt(suite, ...halves(kid), ...halves(ctr), baseKey.length, metadata.length, plain.length));
    },
    decrypt(suite, baseKey, metadata, sframe) {
      put(baseKey, metadata, sframe);
      return take(e.vectors_decrypt(suite, baseKey.length, metadata.length, sframe.length));
    },
    aead(sealing, suite, key, nonce, aad, text) {
      put(key, nonce, aad, text);
      return take(e.vectors_aead(sealing ? 1 : 0, suite, aad.length, text.length));
    },
    ratchet(suite, baseKey, steps) {
      put(baseKey);
      return take(e.vectors_ratchet(suite, baseKey.length, steps));
    },
    pbkdf2(passphrase, salt, iterations, size) {
      put(passphrase, salt);
      return take(e.vectors_pbkdf2(passphrase.length, salt.length, iterations, size));
    },
    startSealer(kid, baseKey) {
      put(baseKey);
      return e.vectors_start_sealer(...halves(kid), baseKey.length) === 0;
    },
    seal(codec, keyFrame, frame) {
      put(frame);
      return take(e.vectors_seal(codec, keyFrame ? 1 : 0, frame.length));
    },
    open(kid, codec, baseKey, wire) {
      put(baseKey, wire);
      return take(e.vectors_open(...halves(kid), codec, baseKey.length, wire.length));
    },
  };
}
