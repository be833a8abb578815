// Keys that an app hands out, in Firefox: by RTCRtpScriptTransform, whose transformer makes the
// sender's encoder begin anew (generateKeyFrame) and asks the other side's to.
import '../support/own_network.mjs';
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startPageServer } from '../e2ee/page_server.mjs';
import { events, see, start, stats } from '../e2ee/loopback.mjs';
import { launchFirefox } from '../support/firefox.mjs';
import { until } from '../support/until.mjs';

let server, browser;
before(async () => {
  server = await startPageServer();
  browser = await launchFirefox();
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function withPage(use) {
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => document.title === 'ready');
    assert.equal(await page.evaluate(() => E2ee.support()), 'script-transform');
    await use(page);
    await page.evaluate(() => call.stop());
  } finally {
    await page.close();
  }
}

const RAW = { size: 32 }, PASSPHRASE = { passphrase: 'correct horse battery staple' };
const video = async (page, who) => (await stats(page, who)).find(({ kind }) => kind === 'video');
const give = (page, who, app) => page.evaluate((name, keys) => giveKey(call[name].e2ee, name, keys), who, app);
// Requests for a key frame that have come from the other side.
const requests = (page) => page.evaluate(async () => {
  const report = [...(await call.from.getStats()).values()].find(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
  return (report.pliCount ?? 0) + (report.firCount ?? 0);
});
const untilSeen = (page) => until("Alice's picture", async () => {
  const seen = await see(page);
  return { ...seen, ok: JSON.stringify(seen.picture) === '[0,1,2,3]' && seen.decoded >= 20 };
});

for (const [how, app] of Object.entries({ 'raw keys': RAW, 'a passphrase': PASSPHRASE })) {
  test(`${how}: picture and sound are sealed, opened and shown`, () => withPage(async (page) => {
    await start(page, { app });
    await untilSeen(page);
    for (const who of ['alice', 'bob']) {
      await until(`${who}'s streams have carried frames`, async () => {
        const streams = await stats(page, who);
        return { streams, ok: streams.length >= 2 && streams.every(({ frames }) => frames >= 20) };
      });
      for (const { kind, drops, clear } of await stats(page, who)) {
        assert.equal(clear, 0, `${who}: ${kind} frames in the clear`);
        for (const cause of Object.keys(drops)) assert.ok(['replayed', 'empty', 'no-key', 'awaiting-key-frame'].includes(cause), cause);
      }
    }
    const occupants = (await events(page, 'bob')).filter(({ type }) => type === 'occupant');
    assert.deepEqual(occupants.map(({ endpoint }) => endpoint), ['alice', 'alice']);
  }));
}

test('a sender that gets its first key late begins with a key frame of its own making', () => withPage(async (page) => {
  await start(page, { app: { ...RAW, late: 'alice' } });
  await until('frames are dropped for want of a key', async () => ({ ok: ((await video(page, 'alice')).drops['no-key'] ?? 0) > 15 }));
  assert.equal((await video(page, 'alice')).frames, 0);
  await give(page, 'alice', RAW);
  await untilSeen(page);
  assert.ok((await video(page, 'alice')).keyFrames >= 1);
}));

test('a receiver that gets its first key late is shown the picture: a key frame is asked for and made', () => withPage(async (page) => {
  await start(page, { app: { ...RAW, late: 'bob' } });
  await until('frames have come that no key opens', async () => ({ ok: ((await video(page, 'bob')).drops['no-key'] ?? 0) > 15 }));
  await give(page, 'bob', RAW);
  await untilSeen(page);
  // The first is among those that were dropped.
  assert.ok((await video(page, 'alice')).keyFrames >= 2, 'another one, for the newcomer');
  assert.equal((await video(page, 'bob')).drops.unauthenticated, undefined);
}));

test('generateKeyFrames() has the encoder begin anew without a request from anybody', () => withPage(async (page) => {
  await start(page, { app: RAW });
  await untilSeen(page);
  for (let round = 0; round < 3; round++) {
    const before = await video(page, 'alice'), asked = await requests(page);
    await page.evaluate(() => call.alice.e2ee.generateKeyFrames());
    await until('another key frame', async () => {
      const { keyFrames, frames } = await video(page, 'alice');
      return { ok: keyFrames > before.keyFrames && frames > before.frames + 10, keyFrames, frames };
    });
    assert.equal(await requests(page), asked);
  }
}));
