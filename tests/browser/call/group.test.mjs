// A call on a group's keys, as it is by default: who is there is what the group says, on every page.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { seeAndHearEachOther } from '../support/meeting.mjs';
import { agreeOnTheGroup, withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

const tileNames = async (person) => (await person.tiles()).filter((tile) => !tile.self).map(({ name }) => name).sort();
const identityOf = async (viewer, name) => (await viewer.group()).members.find((member) => member.name === name).identity;

async function onBridge(body) {
  const bridge = await startBridge();
  try {
    await withPeople((open) => body(open, bridge));
  } finally {
    await bridge.stop();
  }
}

test('two people meet in a group, a third joins, one leaves, one reloads: every page has the right people', () =>
  onBridge(async (open, bridge) => {
    const { url } = bridge.link();
    const person = (name, id) => open(url, { name, id, query: 'debug=1' });
    const [ann, ben, cat] = await Promise.all([person('Ann', 21), person('Ben', 42), person('Cat', 84)]);
    await ann.join();
    await ben.join();
    await agreeOnTheGroup([ann, ben]);
    await seeAndHearEachOther([ann, ben]);
    for (const one of [ann, ben]) await one.isEncrypted();
    const secondEpoch = (await ann.group()).epoch;

    await cat.join();
    await agreeOnTheGroup([ann, ben, cat]);
    await seeAndHearEachOther([ann, ben, cat]);
    assert.ok((await ann.group()).epoch > secondEpoch, 'a new member, new keys');
    assert.deepEqual(await tileNames(ann), ['Ben', 'Cat']);
    assert.deepEqual(await tileNames(ben), ['Ann', 'Cat']);
    assert.deepEqual(await tileNames(cat), ['Ann', 'Ben']);

    const withBen = (await ann.group()).epoch;
    await ben.get('leave-button').click();
    await agreeOnTheGroup([ann, cat]);
    assert.ok((await ann.group()).epoch > withBen, 'one member fewer, new keys');
    await until("Ben's tile is gone on both pages", async () =>
      [await tileNames(ann), await tileNames(cat)].flat().sort().join() === 'Ann,Cat');
    await seeAndHearEachOther([ann, cat]);

    const identity = await identityOf(ann, 'Cat');
    await cat.page.reload();
    await cat.join();
    await agreeOnTheGroup([ann, cat]);
    assert.equal(await identityOf(ann, 'Cat'), identity, 'the same person as before');
    await until('one tile of the other on each page', async () =>
      [await tileNames(ann), await tileNames(cat)].flat().sort().join() === 'Ann,Cat');
    await seeAndHearEachOther([ann, cat]);
    for (const one of [ann, cat]) {
      await one.isEncrypted();
      assert.deepEqual(one.errors, []);
    }
  }));

test('whom a moderator removes is told so, and the page, the address and the copied link have the new link', () =>
  onBridge(async (open, bridge) => {
    const { url } = bridge.link();
    const people = await Promise.all([['Ann', 21], ['Ben', 42], ['Cat', 84]].map(([name, id]) => open(url, { name, id, query: 'debug=1' })));
    for (const person of people) await person.join();
    const [ann, ben, cat] = people;
    await agreeOnTheGroup(people);
    await seeAndHearEachOther(people);
    await ann.remove(cat);
    await cat.get('ended').waitFor();
    assert.equal(await cat.get('ended').getAttribute('data-reason'), 'kicked');
    await agreeOnTheGroup([ann, ben]);
    await until("Cat's tile is gone on both pages", async () => [await tileNames(ann), await tileNames(ben)].flat().sort().join() === 'Ann,Ben');
    const links = [ann, ben].map((person) => new URL(person.page.url()).hash);
    assert.match(links[0], /^#1\.[\w-]{43}$/);
    assert.equal(links[0], links[1]);
    // By the new link, a fourth person; by a reload, one of those who were there.
    const dan = await open(ann.page.url(), { name: 'Dan', id: 168, query: 'debug=1' });
    await dan.join();
    await ben.page.reload();
    await ben.join();
    await agreeOnTheGroup([ann, ben, dan]);
    await seeAndHearEachOther([ann, ben, dan]);
    for (const person of [ann, ben, dan]) assert.deepEqual(person.errors, []);
  }));

// At once: after a restart pages wait for their connections to fail.
describe('calls of two', { concurrency: 2 }, () => {
  test('a bridge that is restarted loses nobody: the group goes on, under the keys that it has', () =>
    onBridge(async (open, bridge) => {
      const { url } = bridge.link();
      const [ann, ben] = await Promise.all([['Ann', 21], ['Ben', 42]].map(([name, id]) => open(url, { name, id, query: 'debug=1' })));
      await ann.join();
      await ben.join();
      await agreeOnTheGroup([ann, ben]);
      await seeAndHearEachOther([ann, ben]);
      const before = await Promise.all([ann, ben].map((person) => person.group()));
      await bridge.stop();
      for (const person of [ann, ben]) await until(`${person.name} is told so`, async () => (await person.get('banner').count()) > 0);
      const next = await startBridge({ port: bridge.port, mediaPort: bridge.mediaPort });
      try {
        await seeAndHearEachOther([ann, ben]);
        await agreeOnTheGroup([ann, ben]);
        const after = await Promise.all([ann, ben].map((person) => person.group()));
        for (const [index, group] of after.entries()) {
          assert.deepEqual(group.members.map(({ id, identity }) => [id, identity]), before[index].members.map(({ id, identity }) => [id, identity]),
            'the same members in the same places: nobody had to be let in again');
        }
        for (const person of [ann, ben]) assert.deepEqual(person.errors, []);
      } finally {
        await next.stop();
      }
    }));

  test('a room on a link’s keys has no group, and says so in its address', () =>
    onBridge(async (open, bridge) => {
      const { url } = bridge.link();
      const [ann, ben] = await Promise.all([['Ann', 21], ['Ben', 42]].map(([name, id]) => open(url, { name, id, query: 'debug=1&keys=link' })));
      const loaded = [];
      ben.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
      await ben.page.reload();
      await ann.join();
      await ben.join();
      await seeAndHearEachOther([ann, ben]);
      assert.equal(await ann.group(), null);
      assert.equal(loaded.some((path) => /group|epochs/.test(path)), false, `nothing of groups is loaded: ${loaded}`);
      assert.ok(loaded.includes('/link.js'), `${loaded}`);
    }));
});
