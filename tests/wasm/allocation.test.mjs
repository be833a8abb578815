// The allocator of the browser's modules (wasm/src/allocation.cc): nothing overlaps, nothing is lost, and
// the end of memory is an answer.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bytesFrom, loadModule } from './modules.mjs';

const PAGE = 65_536;
const load = () => loadModule('allocation.wasm');

test('what is allocated lies at multiples of 16, and keeps its bytes while others come and go', async () => {
  const { memory, test_allocate, test_release } = await load();
  const random = bytesFrom('allocation'), number = () => random(4).readUInt32LE();
  const held = [];
  for (let i = 0; i < 30_000; i++) {
    if (held.length > 0 && (held.length > 300 || number() % 2 === 0)) {
      const [{ at, size, mark }] = held.splice(number() % held.length, 1);
      const bytes = new Uint8Array(memory.buffer, at, size);
      assert.ok(bytes.every((byte) => byte === mark), `${size} bytes were overwritten`);
      test_release(at);
    } else {
      const size = number() % 20 === 0 ? number() % 100_000 : number() % 400, mark = i % 251;
      const at = test_allocate(size);
      assert.ok(at !== 0 && at % 16 === 0);
      new Uint8Array(memory.buffer, at, size).fill(mark);
      held.push({ at, size, mark });
    }
  }
  assert.ok(memory.buffer.byteLength < 64 * 2 ** 20);
});

test('what is released can be had again in any size: memory does not grow', async () => {
  const { memory, test_allocate, test_release } = await load();
  const round = (size) => {
    const all = Array.from({ length: 1000 }, () => test_allocate(size));
    assert.ok(all.every((at) => at !== 0));
    all.filter((_, i) => i % 2 === 0).forEach(test_release);
    all.filter((_, i) => i % 2 === 1).reverse().forEach(test_release);
  };
  round(4000);
  const before = memory.buffer.byteLength;
  for (const size of [16, 4000, 1, 0, 2500, 4000]) round(size);
  assert.equal(memory.buffer.byteLength, before);
  // All of it in one piece, as large as all that there was.
  const whole = test_allocate(1000 * 4000);
  assert.ok(whole !== 0);
  assert.equal(memory.buffer.byteLength, before);
});

test('at the end of memory there is null where that is asked for, and else a trap', async () => {
  const { memory, test_allocate, test_allocate_or_trap, test_release } = await load();
  for (const size of [64 * 2 ** 20, 2 ** 31, 2 ** 32 - 32, 2 ** 32 - 1]) assert.equal(test_allocate(size), 0, String(size));
  const held = [];
  for (let at = test_allocate(2 ** 20); at !== 0; at = test_allocate(2 ** 20)) held.push(at);
  assert.ok(held.length >= 58 && memory.buffer.byteLength <= 64 * 2 ** 20);
  assert.throws(() => test_allocate_or_trap(2 ** 20), WebAssembly.RuntimeError);
  test_release(held.pop());
  assert.ok(test_allocate(2 ** 20 - PAGE) !== 0);
});
