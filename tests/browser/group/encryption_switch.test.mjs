// A moderator switches encryption off and on in the middle of a call: everybody's page and worker follow,
// nothing freezes, and what is on the wire is what the lock says. Somebody who comes while it is off
// sees and hears everybody, and is told.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { frameTap, tappedFrames } from '../support/frame_tap.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';
import { QUERY } from './call.mjs';

const ROUNDS = 4;
const WITHIN_MS = 1000;
const FREEZE_MS = 300;
const VIEWPORT = { width: 480, height: 640 };

// Runs in each page: the longest time that a picture of somebody else stood still, and when the lock and the
// strip under the call said what. Clocks of one machine.
const watch = `{
  window.seen = { still: 0, said: [] };
  const look = () => {
    for (const video of document.querySelectorAll('[data-testid=tile]:not([data-self=true]) [data-testid=tile-video]')) {
      if (video.watched) continue;
      video.watched = true;
      let last = null;
      const shown = (now) => {
        if (last !== null && !video.paused) seen.still = Math.max(seen.still, now - last);
        last = now;
        video.requestVideoFrameCallback(shown);
      };
      video.requestVideoFrameCallback(shown);
    }
    const off = document.querySelector('[data-testid=lock]')?.dataset.state === 'off';
    const told = document.querySelector('[data-testid=banner][data-kind=insecure]') !== null;
    const last = seen.said.at(-1);
    if (last?.off !== off || last?.told !== told) seen.said.push({ off, told, at: Date.now() });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}`;
const prepare = async (context) => { await frameTap(context); await context.addInitScript(watch); };

const lowerQuartile = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 4)];
const resetStill = (people) => Promise.all(people.map(({ page }) => page.evaluate(() => { seen.still = 0; })));
const still = (people) => Promise.all(people.map(({ page }) => page.evaluate(() => seen.still)));

// When the page of each said so; each must have.
const saidBy = (people, off) => until(`everybody is told that it is ${off ? 'off' : 'on'}`, async () => {
  const said = await Promise.all(people.map(({ page }) => page.evaluate(() => seen.said.at(-1))));
  return { ok: said.every((one) => one.off === off && one.told === off), said, at: Math.max(...said.map(({ at }) => at)) };
});

async function switchTo(moderator, off) {
  if (await moderator.get('security-panel').count() === 0) await moderator.get('lock').click();
  if (off) await moderator.get('encryption-off').click();
  const button = moderator.get(off ? 'encryption-yes' : 'encryption-on');
  await button.waitFor();
  const at = await moderator.page.evaluate(() => Date.now());
  await button.click();
  return at;
}

// Pictures go on, in the way that the lock says: of every receiving slot so many more.
async function goesOn(people, off, frames = 15) {
  const count = async (person) => (await person.stats()).filter(({ direction, kind }) => direction === 'receive' && kind === 'video')
    .map(({ clear, frames: opened }) => (off ? clear : opened));
  const before = await Promise.all(people.map(count));
  await until(`pictures come ${off ? 'in the clear' : 'sealed'}`, async () => {
    const now = await Promise.all(people.map(count));
    const grown = now.map((slots, i) => slots.filter((value, slot) => value >= (before[i][slot] ?? 0) + frames).length);
    return { ok: grown.every((slots) => slots >= people.length - 1), grown, before, now };
  }, { timeout: 30_000 });
}

const sentLast = async (person) => (await tappedFrames(person)).slice(-40);
const same = ({ plain, sealed }) => plain.equals(sealed);

test('encryption goes off and on for everybody at a moderator’s word, and nothing freezes', async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const ann = await open(url, { name: 'Ann', id: 21, query: QUERY, viewport: VIEWPORT, prepare });
      await ann.join();
      await until('Ann is in her group', async () => (await ann.group())?.state === 'in');
      const ben = await open(url, { name: 'Ben', id: 42, query: QUERY, viewport: VIEWPORT, prepare });
      const cat = await open(url, { name: 'Cat', id: 84, query: QUERY, viewport: VIEWPORT, prepare });
      await Promise.all([ben.join(), cat.join()]);
      const people = [ann, ben, cat];
      await Promise.all(people.map((person, i) => person.sees(people[(i + 1) % 3])));
      for (const person of people) await person.isEncrypted();
      const freezes = { control: [], switched: [] }, took = [];
      for (let round = 0; round < ROUNDS; round++) {
        await resetStill(people);
        await goesOn(people, false);
        freezes.control.push(...await still(people));
        for (const off of [true, false]) {
          await resetStill(people);
          const at = await switchTo(ann, off);
          took.push((await saidBy(people, off)).at - at);
          await goesOn(people, off);
          freezes.switched.push(...await still(people));
          for (const person of [ben, cat]) {
            const frames = await sentLast(person);
            assert.ok(frames.length > 20 && frames.every((frame) => same(frame) === off), `what ${person.name} sends and gets is ${off ? '' : 'not '}in the clear`);
          }
          if (!off) for (const person of people) await person.isEncrypted();
        }
      }
      const listed = (values) => values.map((value) => value.toFixed(0)).join(' ');
      console.log(`told after, ms: ${listed(took)}; longest still picture, ms: ${listed(freezes.switched)}; without a switch ${listed(freezes.control)}`);
      assert.ok(lowerQuartile(took) <= WITHIN_MS, `everybody knows it after ${lowerQuartile(took)} ms`);
      const bound = Math.max(FREEZE_MS, 1.25 * lowerQuartile(freezes.control));
      assert.ok(lowerQuartile(freezes.switched) <= bound, `pictures stand still for ${lowerQuartile(freezes.switched)} ms, ${bound} allowed`);
      // One that waits for a key frame that does not come through stands for as long as encryption is off.
      const stuck = freezes.switched.filter((ms) => ms > bound + WITHIN_MS);
      assert.ok(stuck.length <= 1, `pictures stood still for ${listed(stuck)} ms`);

      await switchTo(ann, true);
      await saidBy(people, true);
      await cat.close();
      const dan = await open(url, { name: 'Dan', id: 168, query: QUERY, viewport: VIEWPORT, prepare });
      await dan.join();
      await dan.sees(ann);
      await ann.sees(dan);
      await until('Dan hears Ann', async () => await dan.hears(ann) !== null);
      await dan.get('banner').getByText('Encryption is off in this room: the server can hear and see this call.').waitFor();
      const shown = dan.page.getByTestId('encryption-switch').getByRole('button');
      await dan.get('lock').click();
      assert.equal(await shown.count(), 0, 'who is no moderator cannot switch it');
      await switchTo(ann, false);
      await saidBy([ann, ben, dan], false);
      await dan.sees(ann);
      await ann.sees(dan);
      for (const person of [ann, ben, dan]) await person.isEncrypted();
    });
  } finally {
    await bridge.stop();
  }
});
