// The browser's Ed25519 accepts what Debian's libsodium accepts natively, and nothing else: members who
// disagree about one signature are in different groups from then on.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { loadModule } from './modules.mjs';

const SEEDS = Number(process.env.SOTTO_ED25519_SEEDS ?? 400);  // 25 signatures each

test('of keys and signatures of every kind, the browser accepts exactly those that libsodium accepts', async (t) => {
  assert.ok(process.env.SOTTO_ED25519_VERDICTS, 'SOTTO_ED25519_VERDICTS names the native program');
  const { ed25519_verdicts } = await loadModule('ed25519-verdicts.wasm');
  const native = execFileSync(process.env.SOTTO_ED25519_VERDICTS, [String(SEEDS)], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .trim().split('\n').map(Number);
  assert.equal(native.length, SEEDS);
  native.forEach((verdicts, seed) => assert.equal(ed25519_verdicts(seed) >>> 0, verdicts, `seed ${seed}`));

  const accepted = (bit) => native.filter((verdicts) => verdicts >>> bit & 1).length;
  assert.equal(accepted(0), SEEDS, 'good signatures');
  // Of keys and commitments with a part of small order libsodium accepts some, which is what the others could get wrong.
  for (const bit of [1, 2, 3, 4]) assert.ok(accepted(bit) > 0 && accepted(bit) < SEEDS, `mixed order ${bit}`);
  t.diagnostic(`${25 * SEEDS} signatures, ${[0, 1, 2, 3, 4].map(accepted).reduce((a, b) => a + b)} accepted`);
});
