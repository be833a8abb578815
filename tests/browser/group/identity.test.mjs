// Who I am to others: one identity in a browser profile, over reloads and in every room, whose key no script
// gets out; or, where an app asks for it, one for a single call.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { LightMember, placeOf } from '../support/light_member.mjs';
import { until } from '../support/until.mjs';
import { inRoom } from './call.mjs';

const seenBy = (member, name, seen = () => true) => until(`${member.name} sees ${name}`, async () => {
  const found = (await member.group.members()).find((other) => other.name === name);
  return found !== undefined && seen(found) && found.identity;
});

// The package beside the page, as an app has it; its worker is there already.
async function withPackage(context) {
  await context.route('**/package/index.js', async (route) => {
    await route.fulfill({ contentType: 'text/javascript', body: await readFile(new URL('../../../wasm/dist/index.js', import.meta.url)) });
  });
}

// Founds a room on a road that leads nowhere, and is its only member.
const identityAlone = (person, identity) => person.page.evaluate(async (identity) => {
  const { Group } = await import('/package/index.js');
  const transport = { connect: async () => ({ others: 0 }), send: () => undefined };
  const group = await Group.join({ room: `alone-${Math.random()}`, link: `0.${'A'.repeat(43)}`, name: 'Ann', transport, identity, workerUrl: '/group.js' });
  try {
    for (;;) {
      const [self] = await group.members();
      if (self) return self.identity;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    group.close();
  }
}, identity);

test('one identity in a profile: after a reload, in another room, and for another app of the origin', () => inRoom(async ({ bridge, mia, open }) => {
  const ann = await open('Ann', 21, { prepare: withPackage });
  await ann.join();
  const identity = await seenBy(mia, 'Ann');
  const endpoint = await ann.page.evaluate(() => window.__sotto.endpoint());
  await ann.page.reload();
  await ann.join();
  assert.equal(await seenBy(mia, 'Ann', (found) => found.endpoint !== endpoint), identity, 'the same after a reload');

  const elsewhere = bridge.link();
  const zoe = await (await LightMember.join(bridge, { ...placeOf(elsewhere), name: 'Zoe' })).in();
  try {
    const query = new URL(ann.page.url()).search;
    await ann.page.goto(elsewhere.url.replace('#', `${query}#`));
    await ann.join();
    assert.equal(await seenBy(zoe, 'Ann'), identity, 'the same in another room');
    assert.equal(await identityAlone(ann, 'kept'), identity);
  } finally {
    zoe.close();
  }
}));

test('no script gets the key of an identity out, and a call of its own leaves nothing behind', () => inRoom(async ({ open }) => {
  const ann = await open('Ann', 21, { prepare: withPackage });
  const others = [await identityAlone(ann, 'new'), await identityAlone(ann, 'new')];
  assert.equal(await ann.page.evaluate(async () => (await indexedDB.databases()).length), 0, 'nothing is kept of a new one');
  const kept = await identityAlone(ann, 'kept');
  assert.equal(new Set([...others, kept]).size, 3, 'each is another');
  const stored = await ann.page.evaluate(async () => {
    const settled = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
    const store = (await settled(indexedDB.open('sotto-group'))).transaction('profile').objectStore('profile');
    const [names, key] = await Promise.all([settled(store.getAllKeys()), settled(store.get('identity'))]);
    const outcome = (format) => crypto.subtle.exportKey(format, key).then(() => 'exported', (error) => error.name);
    return { names, type: key.type, extractable: key.extractable, usages: key.usages, outcomes: [await outcome('raw'), await outcome('jwk')] };
  });
  assert.ok(stored.names.every((name) => ['identity', 'pins'].includes(name)), stored.names.join());
  assert.deepEqual({ type: stored.type, extractable: stored.extractable, usages: stored.usages }, { type: 'secret', extractable: false, usages: ['sign'] });
  assert.deepEqual(stored.outcomes, ['InvalidAccessError', 'InvalidAccessError']);
  assert.deepEqual(ann.errors, []);
}));
