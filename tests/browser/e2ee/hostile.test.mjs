// A bridge that meddles with sealed frames, and one that lies about whose they are.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { events, loopback, start, stats, together, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();
const video = async (page) => (await stats(page, 'bob')).find(({ kind }) => kind === 'video');
const dropped = (page, cause, atLeast) => until(`${atLeast} frames dropped: ${cause}`, async () => {
  const { drops } = await video(page);
  return { drops, ok: (drops[cause] ?? 0) >= atLeast };
});

// `how` is the name of an attack of page/attacks.js, on Bob's camera slot.
const startAttack = (page, how) => page.evaluate(async (name) => {
  const attacks = await import('./attacks.js');
  window.attack = { on: false };
  window.call = await startCall({ via: 'encoded-streams', codec: 'video/VP8', alter: { received: attacks[name](attack) } });
}, how);

together('a bridge that meddles', () => {
  test('a frame with one bit changed is dropped, and the picture goes on without it', () => withPage(async (page) => {
    await startAttack(page, 'flipBit');
    await untilSeenAndHeard(page);
    await page.evaluate(() => { attack.on = true; });
    await dropped(page, 'unauthenticated', 10);
    const failure = (await events(page, 'bob')).find(({ cause }) => cause === 'unauthenticated');
    assert.equal(failure.endpoint, await page.evaluate(() => ALICE), 'the page can say whose frames fail');
    await page.evaluate(() => { attack.on = false; });
    await untilSeenAndHeard(page);
  }));

  test('recorded frames played again are dropped without noise', () => withPage(async (page) => {
    await startAttack(page, 'replay');
    await untilSeenAndHeard(page);
    const before = (await video(page)).frames;
    await page.evaluate(() => { attack.on = true; });
    await dropped(page, 'replayed', 20);
    await until('the living picture goes on', async () => (await video(page)).frames > before + 10);
    assert.deepEqual((await events(page, 'bob')).filter(({ type }) => type === 'decryptionFailed'), []);
  }));

  test('clear frames put in by the bridge are never shown', () => withPage(async (page) => {
    await startAttack(page, 'clearFrames');
    await untilSeenAndHeard(page);
    await page.evaluate(() => { attack.on = true; });
    await until('clear frames dropped', async () => {
      const { drops } = await video(page);
      return { drops, ok: Object.entries(drops).some(([cause, count]) => cause !== 'replayed' && count >= 10) };
    });
    const frames = (await video(page)).frames;
    await until('more of them', async () => Object.values((await video(page)).drops).reduce((a, b) => a + b) > 40);
    assert.ok((await video(page)).frames <= frames + 1, 'none was passed on');
  }));

  test('a claim that disagrees with the key stops the picture and is counted', () => withPage(async (page) => {
    await start(page);
    await untilSeenAndHeard(page);
    await page.evaluate(() => call.bob.e2ee.claim('v0', { endpoint: BOB, source: 'camera' }));
    const { drops } = await dropped(page, 'claim-mismatch', 60);
    const failures = (await events(page, 'bob')).filter(({ cause }) => cause === 'claim-mismatch');
    assert.ok(failures.length >= 1, 'told');
    assert.ok(failures.length <= drops['claim-mismatch'] / 5, 'and not for each frame');
    await page.evaluate(() => call.bob.e2ee.claim('v0', { endpoint: ALICE, source: 'camera' }));
    await until('the picture again', async () => (await events(page, 'bob')).filter((event) =>
      event.type === 'occupant' && event.slot === 'v0').length === 2);
    await untilSeenAndHeard(page);
  }));

  test("another stream of the same member is not shown as the camera", () => withPage(async (page) => {
    await start(page);
    await untilSeenAndHeard(page);
    await page.evaluate(() => call.bob.e2ee.claim('v0', { endpoint: ALICE, source: 'screen' }));
    await dropped(page, 'claim-mismatch', 10);
  }));

  test('an older state of a member, or one given out as another member\'s, is refused', () => withPage(async (page) => {
    const refusals = await page.evaluate(async () => {
      const alice = await makeEndpoint('script-transform', SECRET), bob = await makeEndpoint('script-transform', SECRET);
      const stranger = await makeEndpoint('script-transform', OTHER_SECRET);
      const state = (name) => alice.e2ee.sealState(ALICE, { name, muted: { microphone: false, camera: true } });
      const code = (promise) => promise.then((value) => value.name, (error) => `${error.name} ${error.code}`);
      const first = await state('Alice'), second = await state('Alice, renamed');
      return {
        sizes: [first.length, second.length],
        second: await code(bob.e2ee.openState(ALICE, second)),
        again: await code(bob.e2ee.openState(ALICE, second)),
        first: await code(bob.e2ee.openState(ALICE, first)),
        asBob: await code(bob.e2ee.openState(BOB, second)),
        cut: await code(bob.e2ee.openState(ALICE, second.slice(0, -4))),
        nonsense: await code(bob.e2ee.openState(ALICE, 'not sealed')),
        otherLink: await code(stranger.e2ee.openState(ALICE, second)),
        noKey: await code((await makeEndpoint('script-transform', null)).e2ee.openState(ALICE, second)),
      };
    });
    assert.equal(refusals.sizes[0], refusals.sizes[1], 'the size tells nothing of the name');
    delete refusals.sizes;
    assert.deepEqual(refusals, {
      second: 'Alice, renamed', again: 'Alice, renamed', first: 'E2eeError replayed', asBob: 'KeyError wrong-key',
      cut: 'KeyError wrong-key', nonsense: 'KeyError wrong-key', otherLink: 'KeyError wrong-key', noKey: 'KeyError no-key',
    });
  }));
});
