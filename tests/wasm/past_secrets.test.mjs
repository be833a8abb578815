// What RFC 9420 section 9.2 has members delete stands nowhere in the module's memory afterwards: not in
// its heap, and not in what its stack has left behind.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { loadModule } from './modules.mjs';

const MASK = 0xa7;

function wanted({ memory, secrets_count, secrets_name, secrets_masked }) {
  return Array.from({ length: secrets_count() }, (_, i) => {
    const bytes = Buffer.from(memory.buffer), name = secrets_name(i), at = secrets_masked(i);
    // A half is enough to be found.
    const secret = Buffer.from(bytes.subarray(at, at + 16)).map((byte) => byte ^ MASK);
    return { name: bytes.toString('latin1', name, bytes.indexOf(0, name)), secret };
  });
}

const found = ({ memory }, list) =>
  list.filter(({ secret }) => Buffer.from(memory.buffer).includes(secret)).map(({ name }) => name);

test('secrets of past epochs, keys that were used or replaced, and what they came from are gone', async () => {
  const module = await loadModule('past-secrets.wasm');
  assert.equal(module.secrets_live(), 0);
  const list = wanted(module);
  assert.ok(list.length > 50, `${list.length} secrets`);
  const live = found(module, list);
  console.log(`${list.length} secrets, ${live.length} of them in memory while their epoch lasts`);
  // The search finds what members have to keep for as long as the epoch is the current one.
  for (const name of ['init_secret', 'exporter_secret', 'epoch_authenticator', 'leaf key', 'root key']) {
    for (let i = 0; i < 5; i++) assert.ok(live.includes(`member ${i} ${name}`), `member ${i} ${name}`);
  }
  // And some are gone already: they were used.
  const used = ['PSK', 'init_key', 'joiner_secret', 'psk_secret', 'welcome_secret', 'epoch_secret',
    'encryption_secret', 'epoch before: init_secret', 'key of an application message'];
  assert.deepEqual(used.filter((name) => live.includes(name)), []);

  assert.equal(module.secrets_move_on(), 0);
  assert.deepEqual(found(module, list), []);
});
