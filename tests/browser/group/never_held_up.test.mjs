// What MLS costs never shows in the picture: a group grows to more than a hundred, thirty-two at once, and
// changes on, while each frame's way through the workers is timed. The control is the same call before.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { frameLedger, ledger, resetLedger } from '../support/frame_ledger.mjs';
import { placeOf } from '../support/light_member.mjs';
import { until } from '../support/until.mjs';
import { agreementOf, inRoom } from './call.mjs';
import { crowdOf, KEY_PACKAGE } from './crowd.mjs';

const CROWD = 128;
const AT_ONCE = 32;
const BOUND_MS = 20;
const HOLD_MS = 500;

// Frames that were passed on, and how long the worker had them: from one side of its pipe to the other.
async function waits(people) {
  const streams = (await Promise.all(people.map(ledger))).flat();
  const times = streams.flatMap(({ entries }) => entries).filter(({ out }) => out !== null).map((entry) => entry.out - entry.in).sort((a, b) => a - b);
  return { frames: times.length, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)], p999: times[Math.floor(times.length * 0.999)], longest: times.at(-1),
    over: times.filter((time) => time > BOUND_MS).length };
}

const settled = (people, size) => until(`all are in one epoch, of ${size}`, async () => {
  const agreements = new Set(await Promise.all(people.map(agreementOf)));
  const sizes = await Promise.all(people.map(async ({ group, page }) => (page ? (await page.evaluate(() => window.__sotto.group())).members : await group.members()).length));
  return { ok: agreements.size === 1 && sizes.every((found) => found === size), sizes };
}, { timeout: 60_000 });

test('a group of more than a hundred grows and changes, and no frame waits for it', () => inRoom(async ({ bridge, link, mia, join, open }) => {
  const ann = await open('Ann', 21, { prepare: frameLedger });
  const ben = await open('Ben', 42, { prepare: frameLedger });
  const pages = [ann, ben], all = [ann, ben, mia];
  for (const person of pages) await person.join();
  await ann.sees(ben);
  await ben.sees(ann);
  let seen = 0;
  mia.line.client.on('frame', (frame) => { if (frame[0] === KEY_PACKAGE) seen++; });
  const crowd = await crowdOf(CROWD, bridge, placeOf(link));
  try {
    for (const person of pages) await resetLedger(person);
    const began = performance.now();
    // Members who never say anything would be waited for: Mia commits, by an update of her own.
    const commits = (wish) => until('Mia has no other commit on its way', () => wish().then(() => true, (error) => {
      if (error.code !== 'not-now') throw error;
      return false;
    }));
    const admits = async (asked, size) => {
      await until('Mia has the key packages', () => seen >= asked);
      await commits(() => mia.group.update());
      await settled(all, size);
    };
    for (let asked = 0; asked < CROWD; asked += AT_ONCE) {
      for (const { ask } of crowd.slice(asked, asked + AT_ONCE)) ask();
      await admits(asked + AT_ONCE, 3 + asked + AT_ONCE);
    }
    const zoe = await join('Zoe');
    await admits(CROWD + 1, 4 + CROWD);
    await zoe.in();
    await settled(all, 4 + CROWD);
    const changing = await waits(pages);
    const seconds = (performance.now() - began) / 1000;
    for (const person of pages) await resetLedger(person);
    const unwanted = await mia.idOf('Zoe');
    await commits(() => mia.group.kick(unwanted));
    await settled(all, 3 + CROWD);
    const removal = await waits(pages);
    for (const person of pages) await resetLedger(person);
    const control = await until('as many frames without a change', async () => {
      const found = await waits(pages);
      return found.frames >= changing.frames && found;
    }, { timeout: 120_000 });
    console.log(`${CROWD + 1} come in ${seconds.toFixed(1)} s: ${JSON.stringify(changing)}\none is removed: ${JSON.stringify(removal)}\ncontrol: ${JSON.stringify(control)}`);
    assert.ok(changing.frames > 200, 'frames were flowing');
    // One frame in a thousand may have met a busy machine, and not MLS.
    assert.ok(changing.p999 <= control.p999 + BOUND_MS, `frames were held up for ${changing.p999.toFixed(1)} ms, ${control.p999.toFixed(1)} without MLS`);
    // At a removal senders change keys at once: what they send waits at whoever is slower with the same
    // commit. Until then nobody plays it; after half a second it would be dropped.
    assert.ok(removal.frames > 0 && removal.longest < HOLD_MS, `a removal held frames up for ${removal.longest.toFixed(1)} ms`);
    assert.ok(removal.over <= removal.frames / 4, `${removal.over} of ${removal.frames} frames waited for a removal`);
    for (const person of pages) assert.deepEqual(person.errors, []);
  } finally {
    for (const { close } of crowd) close();
  }
}));
