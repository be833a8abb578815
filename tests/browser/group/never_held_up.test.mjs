// What MLS costs never shows in the picture: a group grows to more than a hundred, thirty-two at once, and
// people are removed, while each frame's way through the workers is timed. The control is the same call
// before. At the end the worker is made slow with whatever comes from the group, as it would be if MLS ran
// in it: that has to be seen.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { burden, frameLedger } from '../support/frame_ledger.mjs';
import { placeOf } from '../support/light_member.mjs';
import { until } from '../support/until.mjs';
import { agreementOf, inRoom } from './call.mjs';
import { crowdOf, KEY_PACKAGE } from './crowd.mjs';
import { compare, framesOf, round, waitsOf, watched } from './waits.mjs';

const COMINGS = [32, 32, 32, 8, 8, 8, 8]; // no more than 32 are let in at once
const REMOVALS = 5;
const BURDENED = 3;
const CROWD = COMINGS.reduce((sum, count) => sum + count);
const BOUND_MS = 20;
const DROPPED_MS = 500;
const STREAMS = 8; // two people's sound and pictures, sent and received
const CONTROL_FRAMES = 2000;

const nameOf = (index) => `Silent ${index}`;
const membersOf = async ({ group, page }) => (page ? (await page.evaluate(() => window.__sotto.group())).members : group.members());

// All are in one epoch, and there it is so.
const agreed = (people, what, holds) => until(`all agree that ${what}`, async () => {
  const agreements = new Set(await Promise.all(people.map(agreementOf)));
  const names = await Promise.all(people.map(async (person) => new Set((await membersOf(person)).map(({ name }) => name))));
  return { ok: agreements.size === 1 && names.every(holds), sizes: names.map(({ size }) => size) };
}, { timeout: 60_000, every: 50 });

const commits = (wish) => until('Mia has no other commit on its way', () => wish().then(() => true, (error) => {
  if (error.code !== 'not-now') throw error;
  return false;
}));

test('a group of more than a hundred grows and changes, and no frame waits for it', () => inRoom(async ({ bridge, link, mia, open }) => {
  const [ann, ben] = await Promise.all([['Ann', 21], ['Ben', 42]].map(([name, id]) => open(name, id, { prepare: frameLedger })));
  const pages = [ann, ben], all = [ann, ben, mia];
  for (const person of pages) await person.join();
  await ann.sees(ben);
  await ben.sees(ann);
  let asked = 0;
  mia.line.client.on('frame', (frame) => { if (frame[0] === KEY_PACKAGE) asked++; });
  const crowd = await crowdOf(CROWD, bridge, placeOf(link));
  let next = 0;
  // Members who never say anything would be waited for: Mia commits, by an update of her own.
  const admits = async (count) => {
    for (const { ask } of crowd.slice(next, next + count)) ask();
    next += count;
    await until('Mia has the key packages', () => asked >= next, { every: 50 });
    await commits(() => mia.group.update());
    await agreed(all, 'they are in', (names) => names.has(nameOf(next - 1)));
  };
  // Of those who came last: who has said nothing for half a minute is removed in any case. The link changes,
  // so that nobody else of the crowd can come after that.
  const removes = () => {
    const name = nameOf(--next);
    return round(pages, STREAMS, async () => {
      await commits(async () => mia.group.kick(await mia.idOf(name)));
      await agreed(all, 'one is gone', (names) => !names.has(name));
    });
  };
  try {
    const quiet = await watched(pages, () => until('frames without a change', async () =>
      framesOf(await waitsOf(pages)).length >= CONTROL_FRAMES, { timeout: 120_000, every: 500 }));
    const comings = [], removals = [], burdened = [];
    let most = 0;
    for (const count of COMINGS) {
      comings.push(await round(pages, STREAMS, () => admits(count)));
      most = Math.max(most, (await mia.group.members()).length);
    }
    while (removals.length < REMOVALS) removals.push(await removes());
    const figures = { comings: compare(comings, quiet), removals: compare(removals, quiet) };

    const slow = figures.removals.control + 2 * BOUND_MS;
    for (const person of pages) await burden(person, slow);
    while (burdened.length < BURDENED) burdened.push(await removes());
    const seen = compare(burdened, quiet);
    console.log(`${most} members: ${JSON.stringify(figures)}; slow by ${slow.toFixed(1)} ms: ${JSON.stringify(seen)}`);

    assert.ok(most > 100, `there were ${most}`);
    for (const [kind, { longest, control, ofAll }] of Object.entries(figures)) {
      assert.ok(longest <= control + BOUND_MS, `${kind} held frames up for ${longest.toFixed(1)} ms, ${control.toFixed(1)} without them`);
      assert.ok(ofAll < DROPPED_MS, `one frame waited for ${ofAll.toFixed(1)} ms in ${kind}, and may have been dropped`);
    }
    assert.ok(seen.longest > figures.removals.control + BOUND_MS, 'a slow worker is seen');
    for (const person of pages) assert.deepEqual(person.errors, []);
  } finally {
    for (const { close } of crowd) close();
  }
}));
