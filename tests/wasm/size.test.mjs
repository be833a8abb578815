// What a browser loads before it can seal a frame, as brotli makes it. The goal is 20 KB (20,480 bytes);
// the limit is what has been reached, so that it does not grow unnoticed. Lower it with every saving.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const GOAL = 20_480;
const LIMITS = { 'worker.js': 9_200, 'sotto.wasm': 20_700 };

test('the frame layer is no larger than it has to be by now', () => {
  let total = 0;
  for (const [name, limit] of Object.entries(LIMITS)) {
    const size = brotliCompressSync(readFileSync(new URL(`../../wasm/dist/${name}`, import.meta.url))).length;
    console.log(`${name}: ${size} bytes of brotli, ${limit} at most`);
    assert.ok(size <= limit, `${name} has ${size} bytes of brotli, ${limit} at most`);
    total += size;
  }
  console.log(`frame layer: ${total} bytes of brotli; the goal is ${GOAL}`);
});
