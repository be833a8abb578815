// Our ChaCha20-Poly1305 as WebAssembly, at every level of optimisation, against Node's (OpenSSL).
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bytesFrom, loadModule } from './modules.mjs';

const LEVELS = ['O1', 'O2', 'O3', 'Os', 'Oz', 'shipped'];
const TEXT = 44;

function expected({ key, nonce, aad, plain }) {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(aad, { plaintextLength: plain.length });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

class Kernel {
  static async load(level) {
    const kernel = new Kernel();
    kernel.exports = await loadModule(`kernel_${level}.wasm`);
    const { memory, test_buffer, test_buffer_size } = kernel.exports;
    kernel.buffer = Buffer.from(memory.buffer, test_buffer(), test_buffer_size());
    return kernel;
  }

  // Where `input` has its text is its sealed form afterwards, and the other way round.
  #write({ key, nonce, aad }, text) {
    this.buffer.fill(0xee, 0, TEXT + aad.length + 2 * text.length + 200);
    this.buffer.set(key);
    this.buffer.set(nonce, 32);
    this.buffer.set(aad, TEXT);
    this.buffer.set(text, TEXT + aad.length);
  }

  #read(aad, at, size) {
    const start = TEXT + aad.length + at;
    assert.ok(this.buffer.subarray(start + size, start + size + 64).every((byte) => byte === 0xee), 'wrote past its output');
    return Buffer.from(this.buffer.subarray(start, start + size));
  }

  seal(input, apart) {
    this.#write(input, input.plain);
    this.exports.test_seal(input.aad.length, input.plain.length, apart);
    return this.#read(input.aad, apart, input.plain.length + 16);
  }

  // The plain bytes; when refused, what lies in their place instead.
  open(input, sealed, inPlace) {
    const size = sealed.length - 16, apart = inPlace ? 0 : sealed.length + 64;
    this.#write(input, sealed);
    const authentic = this.exports.test_open(input.aad.length, size, apart) === 1;
    return { authentic, plain: inPlace ? Buffer.from(this.buffer.subarray(TEXT + input.aad.length, TEXT + input.aad.length + size)) : this.#read(input.aad, apart, size) };
  }
}

const random = bytesFrom('chacha20-poly1305');
const caseOf = (size, aad) => ({ key: random(32), nonce: random(12), aad: random(aad), plain: random(size) });

function check(kernel, input) {
  const sealed = expected(input), what = `${input.plain.length} bytes, AAD ${input.aad.length}`;
  assert.ok(kernel.seal(input, 0).equals(sealed), `${what}, sealed in place`);
  assert.ok(kernel.seal(input, input.plain.length + 64).equals(sealed), `${what}, sealed`);
  for (const inPlace of [true, false]) {
    const { authentic, plain } = kernel.open(input, sealed, inPlace);
    assert.ok(authentic && plain.equals(input.plain), `${what}, opened ${inPlace ? 'in place' : ''}`);
  }
}

for (const level of LEVELS) {
  test(`at ${level}, every size up to 1,100 bytes agrees with OpenSSL`, async () => {
    const kernel = await Kernel.load(level);
    for (let size = 0; size <= 1100; size++) check(kernel, caseOf(size, size % 37));
    for (const size of [4096, 10_240, 65_537, 102_400]) check(kernel, caseOf(size, 17));
  });

  test(`at ${level}, random cases agree with OpenSSL`, async () => {
    const kernel = await Kernel.load(level);
    for (let i = 0; i < 2000; i++) {
      const [size, aad] = [random(2).readUInt16LE() % 3000, random(1)[0] % 80];
      check(kernel, caseOf(size, aad));
    }
  });

  test(`at ${level}, a changed bit anywhere is refused and zeros are left`, async () => {
    const kernel = await Kernel.load(level);
    let refused = 0;
    for (const size of [0, 1, 80, 128, 129, 300, 449]) {
      const input = caseOf(size, 21), sealed = expected(input);
      const refuse = (changed, bytes) => {
        for (const inPlace of [true, false]) {
          const { authentic, plain } = kernel.open(changed, bytes, inPlace);
          assert.ok(!authentic && plain.every((byte) => byte === 0), `${size} bytes`);
        }
        refused++;
      };
      const flipped = (bytes, at) => {
        const copy = Buffer.from(bytes);
        copy[at] ^= 1 << at % 8;
        return copy;
      };
      for (let at = 0; at < sealed.length; at++) refuse(input, flipped(sealed, at));
      for (const part of ['key', 'nonce', 'aad']) {
        for (let at = 0; at < input[part].length; at++) refuse({ ...input, [part]: flipped(input[part], at) }, sealed);
      }
    }
    assert.ok(refused > 1500);
  });
}

test('the kernel in the module that ships is built with SIMD', async () => {
  // 0xfd is the prefix of every vector instruction; a module without any would run scalar code.
  const wasm = readFileSync(new URL('../../build/wasm/bin/sotto.wasm', import.meta.url));
  assert.ok(wasm.filter((byte) => byte === 0xfd).length > 400);
});
