// An app's own keys in a live call of a real browser: every format, both ways to the frames, and what
// happens to people's pictures when keys change.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { events, loopback, see, start, stats, together, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();
const WAYS = ['script-transform', 'encoded-streams'];
const PASSPHRASE = { passphrase: 'correct horse battery staple' };
const CALLS = [
  ['sotto', 'a passphrase', PASSPHRASE, ['video/VP8', 'video/H264']],
  ['sotto', 'raw keys', { size: 32 }, ['video/VP9']],
  ['sotto', 'raw keys and AES-128-GCM', { size: 16, creation: { suite: 4 } }, ['video/VP8']],
  ['livekit', 'a passphrase', PASSPHRASE, ['video/VP8', 'video/H264']],
  ['livekit', 'raw keys', { size: 32 }, ['video/VP9']],
  ['livekit', 'keys of 256 bits', { size: 32, creation: { keySize: 256 } }, ['video/VP8']],
  ['jframe', 'raw keys', { size: 32 }, ['video/VP8']],
  ['dave', 'raw keys', { size: 16 }, ['video/VP8', 'video/H264']],
];
const app = (format, keys) => ({ ...keys, creation: { ...keys.creation, format } });
const kindOf = (all, kind) => all.find((stream) => stream.kind === kind);
// What must not happen to a frame of an honest call; a few duplicates are the browser's own.
function onlyQuiet(streams) {
  for (const { drops } of streams) assert.deepEqual(Object.keys(drops).filter((cause) => cause !== 'replayed' && cause !== 'empty'), []);
}

together('calls in every format', () => {
  for (const [format, how, keys, codecs] of CALLS) {
    for (const codec of codecs) {
      for (const via of WAYS) {
        test(`${format} with ${how}: ${codec} and Opus are seen and heard by ${via}`, () => withPage(async (page) => {
          await start(page, { codec, via, app: app(format, keys) });
          const seen = await untilSeenAndHeard(page);
          assert.equal(seen.codec, codec);
          const received = await stats(page, 'bob');
          onlyQuiet([...received, ...await stats(page, 'alice')]);
          assert.deepEqual(received.map(({ participant }) => participant), ['alice', 'alice']);
          const occupants = (await events(page, 'bob')).filter(({ type }) => type === 'occupant');
          assert.deepEqual(occupants.map(({ endpoint }) => endpoint), ['alice', 'alice']);
        }));
      }
    }
  }
});

test('with another passphrase nothing is decoded, and decryptionFailed says whose frames and why', () => withPage(async (page) => {
  await start(page, { app: app('sotto', { ...PASSPHRASE, late: 'bob' }) });
  await page.evaluate(() => call.bob.e2ee.setKey('another passphrase'));
  const failed = await until('decryptionFailed of both slots', async () => {
    const all = (await events(page, 'bob')).filter(({ type, cause }) => type === 'decryptionFailed' && cause === 'unauthenticated');
    return { all, ok: new Set(all.map(({ slot }) => slot)).size === 2 };
  });
  assert.ok(failed.all.every(({ participant }) => participant === 'alice'));
  const seen = await see(page);
  assert.deepEqual([seen.decoded, seen.picture], [0, null]);
}));

// Alice's and Bob's counts agree once the last frames have arrived.
async function everyFrame(page) {
  await page.evaluate(() => call.camera.sender.replaceTrack(null));
  return until('the last frame', async () => {
    const [sent, received] = [kindOf(await stats(page, 'alice'), 'video'), kindOf(await stats(page, 'bob'), 'video')];
    const [a, b] = [sent.frames + sent.clear, received.frames + received.clear];
    return { sent, received, ok: a === b, a, b };
  });
}
const sentKeyFrames = (page) => page.evaluate(async () => {
  const report = [...(await call.from.getStats()).values()].find(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
  return { made: report.keyFramesEncoded, asked: report.pliCount + report.firCount };
});
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// The same call twice at the same time: what happens to one of them only is not the machine's doing.
const besideControl = (via, body) => withPage((page) => withPage(async (control) => {
  const pages = [page, control];
  for (const each of pages) await start(each, { via, app: app('sotto', { size: 32 }) });
  await Promise.all(pages.map((each) => untilSeenAndHeard(each)));
  await body(page, control);
}));

const CHANGES = 4;
for (const via of WAYS) {
  test(`rotations and ratchets in the middle of a call lose no frame and cost no key frame, by ${via}`, () => besideControl(via, async (page, control) => {
    const costs = [];
    for (let change = 1; change <= CHANGES; change++) {
      const [before, decoded] = [await sentKeyFrames(page), (await see(page)).decoded];
      // Each end in its own time, and not always the same one first.
      await page.evaluate(async (index) => {
        const ends = [['alice', call.alice.e2ee], ['bob', call.bob.e2ee]];
        if (index % 2) ends.reverse();
        for (const [who, e2ee] of ends) await giveKey(e2ee, who, { size: 32 }, index, 'rotate');
      }, change);
      // A picture that is the first under its key, and comes after sound of the next step, would not open.
      await until('pictures under the new key', async () => (await see(page)).decoded >= decoded + 6);
      await page.evaluate(() => call.alice.e2ee.ratchet());
      // More than a second of them: as often the page is told of ratchets.
      await until('forty more pictures', async () => (await see(page)).decoded >= decoded + 40);
      const after = await sentKeyFrames(page);
      costs.push(after.made - before.made + after.asked - before.asked);
    }
    const [changed, alone] = await Promise.all([page, control].map(everyFrame));
    for (const { sent, received } of [changed, alone]) onlyQuiet([sent, received]);
    assert.ok(changed.sent.frames >= 40 * CHANGES);
    // A change that cost key frames would do so each time; a machine that stands still for seconds does now and then.
    assert.equal(median(costs), 0, `key frames that each change cost: ${costs}`);
    const ratchets = async (where) => (await events(where, 'bob')).filter(({ type }) => type === 'keyRatcheted');
    assert.deepEqual((await ratchets(page)).map(({ participant, index }) => `${participant} ${index}`), [1, 2, 3, 4].map((index) => `alice ${index}`));
    assert.deepEqual(await ratchets(control), []);
  }));
}

// Both off and on again, each first once; a receiver that is back on lets clear frames pass for a second at most.
const SWITCHES = [['bob', false, 3], ['alice', false, 6], ['alice', true, 3], ['bob', true, 6],
  ['bob', false, 3], ['alice', false, 6], ['bob', true, 3], ['alice', true, 6]];
const ROUNDS = 5;
const EVERYDAY_GAP_MS = 80; // of 30 pictures a second

for (const via of WAYS) {
  test(`off and on in the middle of a call: no frame is lost, nothing freezes, by ${via}`, () => besideControl(via, async (page, control) => {
    const gapAt = async (where, pictures) => {
      await until('more pictures', async () => (await where.evaluate(() => call.gaps.read())).shown >= pictures, { every: 20 });
      return (await where.evaluate(() => call.gaps.read())).worst;
    };
    const gaps = SWITCHES.map(() => []), controls = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, [who, on, pictures]] of SWITCHES.entries()) {
        await Promise.all([page, control].map((each) => each.evaluate(() => call.gaps.reset())));
        await page.evaluate(([name, to]) => call[name].e2ee.setEnabled(to), [who, on]);
        const [gap, beside] = await Promise.all([gapAt(page, pictures), gapAt(control, pictures)]);
        controls.push(beside);
        gaps[index].push(gap - Math.max(0, beside - EVERYDAY_GAP_MS));
      }
    }
    // What a switch costs is there each time, what a busy machine does is not, or is seen beside it.
    const worst = Math.max(...gaps.map(median));
    const [switched, alone] = await Promise.all([page, control].map(everyFrame));
    console.log(`by ${via}: longest gap at a switch, in the median of ${ROUNDS}, ${worst} ms; in a call left alone ${median(controls)} ms, ` +
      `${Math.max(...controls)} at most; ${switched.received.clear} frames in the clear`);
    for (const { sent, received } of [switched, alone]) onlyQuiet([sent, received]);
    assert.ok(switched.received.clear > 20 && alone.received.clear === 0);
    assert.ok(worst <= 300, `${worst} ms without a new picture`);
  }));
}

for (const via of WAYS) together(`what keys that come late and workers that end do, by ${via}`, () => {
  test(`a receiver's first key brings its picture by a key frame, by ${via}`, () => withPage(async (page) => {
    await start(page, { via, app: app('sotto', { size: 32, late: 'bob' }) });
    await until('a key that is missing', async () => (await events(page, 'bob'))
      .some(({ type, participant }) => type === 'keyMissing' && participant === 'alice'));
    await until('the first pictures are gone', async () => kindOf(await stats(page, 'bob'), 'video').drops['no-key'] > 20);
    assert.equal((await see(page)).decoded, 0);
    await page.evaluate(() => giveKey(call.bob.e2ee, 'bob', { size: 32 }));
    await untilSeenAndHeard(page);
  }));

  test(`a sender's first key makes a key frame at once, by ${via}`, () => withPage(async (page) => {
    await start(page, { via, app: app('sotto', { size: 32, late: 'alice' }) });
    const dropping = await until('frames dropped for lack of a key', async () => {
      const all = await stats(page, 'alice');
      return all.length === 2 && all.every(({ drops }) => drops['no-key'] > 20) && all;
    });
    for (const { frames } of dropping) assert.equal(frames, 0);
    await page.evaluate(() => giveKey(call.alice.e2ee, 'alice', { size: 32 }));
    await untilSeenAndHeard(page);
  }));

  test(`the app can have key frames made, by ${via}`, () => withPage(async (page) => {
    await start(page, { via, app: app('sotto', PASSPHRASE) });
    await untilSeenAndHeard(page);
    const before = await sentKeyFrames(page);
    await page.evaluate(() => call.alice.e2ee.generateKeyFrames());
    const after = await until('one more key frame', async () => {
      const now = await sentKeyFrames(page);
      return { ...now, ok: now.made > before.made };
    });
    assert.equal(after.asked, before.asked, 'nobody had asked for it');
  }));

  test(`when the worker has ended nothing passes, though encryption was off, by ${via}`, () => withPage(async (page) => {
    await start(page, { via, app: app('sotto', PASSPHRASE) });
    await untilSeenAndHeard(page);
    await page.evaluate(() => Promise.all([call.bob.e2ee.setEnabled(false), call.alice.e2ee.setEnabled(false)]));
    await until('clear pictures', async () => kindOf(await stats(page, 'bob'), 'video').clear > 10);
    const sent = () => page.evaluate(async () => [...(await call.from.getStats()).values()]
      .filter(({ type }) => type === 'outbound-rtp').map(({ packetsSent, retransmittedPacketsSent }) => packetsSent - retransmittedPacketsSent));
    await page.evaluate(() => call.alice.e2ee.close());
    const still = await until('nothing more sent', async () => {
      const before = await sent();
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const now = await sent();
      return { now, ok: now.every((count, at) => count === before[at]) };
    });
    const error = await page.evaluate(() => call.alice.e2ee.setEnabled(true).catch(({ name, code, message }) => ({ name, code, message })));
    assert.deepEqual([error.name, error.code], ['WorkerError', 'closed']);
    assert.match(error.message, /E2ee\.create\(\)/);
    assert.ok(still.now.every((count) => count > 0));
  }));
});
