// The order in which a module's functions are downloaded (wasm/order.mjs): like ones together, and none lost.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPackingOrder } from '../../wasm/order.mjs';

const product = (name, constant) => ` (func $${name} (param $0 i32) (result i32)
  (i32.mul
   (call $twice
    (local.get $0)
   )
   (i32.const ${constant})
  )
 )
`;
const difference = (name, constant) => ` (func $${name} (param $0 i32) (result i32)
  (i32.sub
   (i32.xor
    (local.get $0)
    (i32.const 5)
   )
   (i32.const ${constant})
  )
 )
`;
const MODULE = `(module
 (type $i32_=>_i32 (func (param i32) (result i32)))
 (export "first" (func $first))
 (export "second" (func $second))
 (export "third" (func $third))
 (export "fourth" (func $fourth))
${product('first', 3)}${difference('second', 7)}${product('third', 1000)}${difference('fourth', 9)} (func $twice (param $0 i32) (result i32)
  (i32.add
   (local.get $0)
   (local.get $0)
  )
 )
)
`;
const order = (text) => [...text.matchAll(/^ \(func \$(\S+)/gm)].map(([, name]) => name);

test('functions that are alike stand side by side, and each stands once', () => {
  const ordered = inPackingOrder(MODULE);
  const names = order(ordered);
  assert.deepEqual([...names].sort(), order(MODULE).sort());
  assert.equal(Math.abs(names.indexOf('first') - names.indexOf('third')), 1);
  assert.equal(Math.abs(names.indexOf('second') - names.indexOf('fourth')), 1);
  assert.equal(ordered.length, MODULE.length);
});

test('a module in another order computes what it did', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-order-'));
  try {
    const results = [];
    for (const text of [MODULE, inPackingOrder(MODULE)]) {
      const source = join(folder, 'module.wat');
      writeFileSync(source, text);
      execFileSync('wasm-as', [source, '-o', join(folder, 'module.wasm')]);
      const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'module.wasm')));
      results.push(['first', 'second', 'third', 'fourth'].map((name) => instance.exports[name](21)));
    }
    assert.deepEqual(results[0], [126, 9, 42000, 7]);
    assert.deepEqual(results[1], results[0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
