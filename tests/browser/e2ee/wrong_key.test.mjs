// Who lacks the key sees nothing, says so, and is never given sealed bytes to decode.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { events, loopback, see, start, stats, together, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();

together('without the key', () => {
  test('with another link secret nothing is decoded and decryptionFailed tells', () => withPage(async (page) => {
    await start(page, { bobSecret: 'wrong' });
    assert.equal(await page.evaluate(() => call.refused), 'wrong-key');
    const failed = await until('decryptionFailed of both slots', async () => {
      const all = (await events(page, 'bob')).filter(({ type }) => type === 'decryptionFailed');
      return { all, ok: new Set(all.map(({ slot }) => slot)).size === 2 && all.length >= 4 };
    });
    for (const { cause } of failed.all) assert.equal(cause, 'unknown-key');
    const seen = await see(page);
    assert.deepEqual([seen.decoded, seen.picture, seen.hertz], [0, null, null]);
    for (const { frames } of await stats(page, 'bob')) assert.equal(frames, 0);
    const told = (await events(page, 'bob')).filter(({ type }) => type === 'occupant');
    assert.deepEqual(told, [], 'no tile is labelled');
  }));

  test('a sender without a key sends nothing and says so', () => withPage(async (page) => {
    await start(page, { aliceKey: false, exchange: false });
    const sent = await until('frames dropped for lack of a key', async () => {
      const all = await stats(page, 'alice');
      return all.length === 2 && all.every(({ drops }) => drops['no-key'] > 20) && all;
    });
    for (const { frames } of sent) assert.equal(frames, 0);
    const sending = (await events(page, 'alice')).filter(({ type }) => type === 'sending');
    assert.deepEqual(sending.map(({ sealed }) => sealed), [false, false]);
    const wire = await page.evaluate(async () => [...(await call.to.getStats()).values()]
      .filter((report) => report.type === 'inbound-rtp').map((report) => report.bytesReceived));
    for (const bytes of wire) assert.equal(bytes, 0, 'no payload crossed the wire');
    // The key arrives: the same streams go on, sealed.
    await page.evaluate(async () => {
      await call.alice.e2ee.setKeyProvider(new LinkKeyProvider({ room: 'quiet-otter', generation: 0, secret: SECRET }));
      await call.exchange();
    });
    await untilSeenAndHeard(page);
  }));

  test('frames that come before their key wait for it, and the picture starts at once', () => withPage(async (page) => {
    await start(page, { exchange: false });
    await until('a key that is missing', async () => (await events(page, 'bob')).some(({ type }) => type === 'keyMissing'));
    await page.evaluate(() => call.exchange());
    await untilSeenAndHeard(page);
  }));

  test('a member who left is not heard any more', () => withPage(async (page) => {
    await start(page);
    await untilSeenAndHeard(page);
    await page.evaluate(() => call.bob.e2ee.forget(ALICE));
    await until('frames of the forgotten dropped', async () =>
      (await stats(page, 'bob')).every(({ drops }) => drops['unknown-key'] > 10));
    const before = await stats(page, 'bob');
    await until('more of them dropped', async () =>
      (await stats(page, 'bob')).every(({ drops }, at) => drops['unknown-key'] > before[at].drops['unknown-key'] + 10));
    const now = await stats(page, 'bob');
    assert.deepEqual(now.map(({ frames }) => frames), before.map(({ frames }) => frames));
  }));
});
