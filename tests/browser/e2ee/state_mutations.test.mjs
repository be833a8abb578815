// A member's program may be hostile: whatever JSON, or none, it seals as its state, the worker takes
// it over or refuses it with 'wrong-key', and its own sense of who is who stays sound.
import { LinkCore } from './inside.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { decodeBase64url, encodeBase64url, generator } from './state_mutations.mjs';
import { ALICE, VirtualTime, endpoint } from './virtual_room.mjs';

const GOOD = { endpoint: ALICE, seq: 5, name: 'Alice', muted: { microphone: false, camera: true },
  kids: { microphone: '0123456789abcdef', camera: 'fedcba9876543210' } };

async function room() {
  const bob = await endpoint(new VirtualTime());
  const core = new LinkCore(bob.context.core);
  const seal = (bytes) => encodeBase64url(core.sealMessage(bob.link.session.handle, decodeBase64url(ALICE), bytes));
  // The member's state as taken over, or null for a refusal; any other error fails the test.
  const open = (sealed) => {
    try {
      return bob.link.openState(ALICE, sealed);
    } catch (error) {
      assert.equal(error.name, 'E2eeError', String(error.stack));
      assert.ok(['wrong-key', 'replayed'].includes(error.code), error.code);
      return null;
    }
  };
  return { bob, seal, open };
}

test('10,000 mutations of a state, sealed by a holder of the link, are taken over soundly or refused', async () => {
  const { bob, seal, open } = await room();
  const { mutatedValue, mutatedBytes } = generator(20261123);
  let taken = 0;
  const text = new TextEncoder();
  for (let round = 0; round < 10000; round++) {
    const value = mutatedValue(GOOD);
    const json = text.encode(JSON.stringify(value) ?? '');
    const bytes = round % 2 === 0 ? json : mutatedBytes(json);
    if (bytes.length > 5000) continue;
    const state = open(seal(bytes));
    if (state === null) continue;
    taken++;
    assert.equal(typeof state.name, 'string');
    assert.equal(typeof state.muted.microphone, 'boolean');
    assert.equal(typeof state.muted.camera, 'boolean');
    assert.equal(state.endpoint, ALICE, 'nobody speaks for another');
  }
  assert.ok(taken > 100, `${taken} were good enough`);
  console.log(`${taken} of 10,000 taken over`);
  assert.equal({}.polluted, undefined, 'no prototype was changed');
  assert.equal(bob.link.members.owner('__proto__'), undefined);

  const last = { ...GOOD, seq: Number.MAX_SAFE_INTEGER };
  assert.equal(open(seal(text.encode(JSON.stringify(last)))).name, 'Alice', 'and the room goes on');
});

test('mutations of the sealed text itself are all refused', async () => {
  const { seal, open } = await room();
  const sealed = seal(new TextEncoder().encode(JSON.stringify(GOOD)));
  const { mutatedText } = generator(7);
  for (let round = 0; round < 3000; round++) {
    const changed = mutatedText(sealed);
    if (changed === sealed) continue;
    const same = decodeBase64url(changed)?.join() === decodeBase64url(sealed).join();
    assert.equal(open(changed) !== null, same, changed.slice(0, 60));
  }
});
