// What a bridge sees of the frames, recorded where it stands: constant shells and ciphertext, and
// not one byte of the encoder's output.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { loopback, start, stats, together, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();
const HEX = (bytes) => Buffer.from(bytes).toString('hex');

// The clear bytes before the SFrame header (shared/media/shell.h).
const HEADER = 17; // an SFrame header at its longest
const VP8_KEY = '1000009d012a10001000', VP8_DELTA = '11';

async function recorded(page, options) {
  await start(page, { via: 'encoded-streams', alter: {}, ...options });
  await untilSeenAndHeard(page);
  return page.evaluate(() => call.between.seen);
}

together('what a bridge sees', () => {
  test('VP8 and Opus leave as a constant shell and ciphertext', () => withPage(async (page) => {
    const { plain, sent, received } = await recorded(page, { codec: 'video/VP8' });
    for (const list of [sent, received]) {
      const video = list.filter(({ type }) => type !== 'audio');
      for (const { type, bytes } of video) {
        assert.ok(HEX(bytes).startsWith(type === 'key' ? VP8_KEY : VP8_DELTA), `${type} ${HEX(bytes)}`);
      }
      assert.ok(video.length >= 20 && video.some(({ type }) => type === 'key'));
    }
    assertLooksRandom(sent, (frame) => HEADER + (frame.type === 'audio' ? 0 : frame.type === 'key' ? 10 : 1));
    assertNothingShared(plain, sent);
  }));

  test('VP9 leaves as nothing but ciphertext', () => withPage(async (page) => {
    const { plain, sent } = await recorded(page, { codec: 'video/VP9' });
    assertLooksRandom(sent, () => HEADER);
    assertNothingShared(plain, sent);
  }));

  // The tape itself must be able to hear: an unsealed call shows the encoder's bytes on it.
  test('the same recording of an unsealed call does show the encoder (control)', () => withPage(async (page) => {
    const seen = await page.evaluate(async () => {
      const { startPlainWithTap } = await import('./plain_tap.js');
      return startPlainWithTap();
    });
    const keys = seen.filter(({ type }) => type === 'key');
    assert.ok(keys.length > 0);
    // RFC 6386, section 9.1: the start code, then the picture's real size.
    for (const { bytes } of keys) assert.equal(HEX(bytes.slice(3, 10)), '9d012a4001b400');
    assert.throws(() => assertLooksRandom(seen, () => 0), /is the same in/);
    assert.throws(() => assertNothingShared(seen, seen), /on the wire/);
  }));

  // Behind shell and SFrame header, a position that has the same value in many frames is structure,
  // and encoders' frames begin with structure.
  function assertLooksRandom(frames, start) {
    const bodies = frames.filter(({ size }) => size >= 60).map((frame) => frame.bytes.slice(start(frame)));
    assert.ok(bodies.length >= 30, `${bodies.length} frames`);
    for (let position = 0; position < 16; position++) {
      const counts = new Map();
      for (const body of bodies) counts.set(body[position], (counts.get(body[position]) ?? 0) + 1);
      const most = Math.max(...counts.values());
      assert.ok(most < bodies.length / 4, `byte ${position} is the same in ${most} of ${bodies.length} frames`);
    }
  }

  // No eight bytes in a row that the encoder wrote are on the wire.
  function assertNothingShared(plain, sent) {
    const windows = ({ bytes }) => bytes.slice(7).map((_, at) => HEX(bytes.slice(at, at + 8)));
    const written = new Set(plain.flatMap(windows));
    assert.ok(written.size > 1000);
    for (const window of sent.flatMap(windows)) assert.ok(!written.has(window), `${window} is on the wire`);
  }

  test('samples show what arrives: five a second at most, ciphertext and its public numbers', () => withPage(async (page) => {
    await start(page, { codec: 'video/H264' });
    await untilSeenAndHeard(page);
    await page.evaluate(() => {
      window.samples = [];
      window.stopWatching = call.bob.e2ee.watch('v0', (sample) =>
        samples.push({ ...sample, head: Array.from(sample.head), at: performance.now() }));
    });
    const samples = await until('samples of the camera', () => page.evaluate(() => samples.length >= 12 && samples));
    for (const { slot, kind, head, size, kid, ctr } of samples) {
      assert.deepEqual([slot, kind], ['v0', 'video']);
      assert.ok(head.length === Math.min(96, size), `${head.length} of ${size}`);
      assert.equal(HEX(head.slice(0, 4)), '00000001');
      assert.match(kid, /^[0-9a-f]{16}$/);
      assert.match(ctr, /^[0-9]+$/);
    }
    assert.equal(new Set(samples.map(({ kid }) => kid)).size, 1);
    assert.ok(Number(samples.at(-1).ctr) > Number(samples[0].ctr));
    // In the median: one that a busy machine tells late is nearer to the next.
    const sixths = samples.slice(6).map(({ at }, index) => (at - samples[index].at) / 6).sort((a, b) => a - b);
    assert.ok(sixths[sixths.length >> 1] > 150, `not more often: ${sixths}`);
    const count = await page.evaluate(() => { stopWatching(); return samples.length; });
    const frames = (await stats(page, 'bob')).find(({ kind }) => kind === 'video').frames;
    await until('a second more of frames', async () =>
      (await stats(page, 'bob')).find(({ kind }) => kind === 'video').frames > frames + 30);
    assert.ok(await page.evaluate(() => samples.length) <= count + 1, 'watching has stopped');
  }));
});
