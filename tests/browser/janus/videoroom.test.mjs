// A third party's SFU: Debian's Janus with its VideoRoom carries what the module has sealed, and
// cannot tell what it is.
import '../support/own_network.mjs';
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { inRoom, secretOf } from './call.mjs';

const ours = { name: 'ann', secret: secretOf(1) };

// Chromium delivers a few frames twice, and takes padding for empty frames.
const EVERYDAY = ['replayed', 'empty', 'awaiting-key-frame'];

// Two at a time: each waits for pictures most of its time.
describe('every codec', { concurrency: 2 }, () => {
  for (const codec of ['VP8', 'VP9', 'H264', 'AV1']) {
    test(`${codec} and Opus through Janus: seen and heard with the key, by a late joiner too, and by nobody without`,
      () => inRoom(codec, async (open) => {
        const [ann, ben, cat, eve] = await Promise.all([open(), open(), open(), open()]);
        const feed = await ann.publish({ codec: codec.toLowerCase(), ...ours });
        await ben.subscribe({ feed, ...ours });
        await ben.seesAndHears();
        const { codecId } = await ben.video();
        assert.equal((await ben.reports('codec')).find(({ id }) => id === codecId).mimeType, `video/${codec}`);

        await eve.subscribe({ feed, ...ours, secret: secretOf(2) });
        const keyFrames = async () => (await ann.stats()).find(({ kind }) => kind === 'video').keyFrames;
        const before = await keyFrames();
        await cat.subscribe({ feed, ...ours });
        await cat.seesAndHears();
        assert.ok(await keyFrames() > before, 'the key frame that Janus asked for on behalf of the newcomer');

        await Promise.all(['audio', 'video'].map(async (kind) => {
          await until(`Eve's module has dropped fifty ${kind} frames`, async () => {
            const { drops, frames } = (await eve.stats()).find((stream) => stream.kind === kind);
            return { ok: (drops.unauthenticated ?? 0) > 50 && frames === 0, drops, frames };
          });
        }));
        assert.equal((await eve.video()).framesDecoded ?? 0, 0, 'Eve decodes nothing');
        assert.equal(await eve.picture(), null);
        assert.equal(await eve.tone(), null);

        for (const end of [ann, ben, cat]) {
          const streams = await until('frames of each stream', async () => {
            const all = await end.stats();
            return { ok: all.every(({ frames }) => frames > 20), all };
          });
          for (const stream of streams.all) {
            assert.ok(!stream.clear, JSON.stringify(stream));
            for (const cause of Object.keys(stream.drops)) assert.ok(EVERYDAY.includes(cause), JSON.stringify(stream));
          }
          assert.deepEqual(end.errors, []);
        }
      }));
  }
});

test('the publisher rotates its key in mid-call, and nobody needs a key frame for it', () => inRoom('VP8', async (open) => {
  const [ann, ben] = await Promise.all([open(), open()]);
  const feed = await ann.publish({ codec: 'vp8', ...ours });
  await ben.subscribe({ feed, ...ours });
  await ben.seesAndHears();
  const video = async () => (await ben.stats()).find(({ kind }) => kind === 'video');
  const costs = [];
  for (const byte of [3, 4, 5]) {
    const before = await video();
    for (const end of [ben, ann]) await end.page.evaluate((secret) => rotate(secret), secretOf(byte));
    await ben.seesAndHears();
    const after = await video();
    costs.push(after.keyFrames - before.keyFrames);
    assert.deepEqual(Object.keys(after.drops).filter((cause) => !EVERYDAY.includes(cause)), []);
  }
  // What a rotation costs is there each time, what a machine that stands still costs is not.
  assert.ok(costs.filter((cost) => cost > 0).length <= 1, `key frames after each rotation: ${costs}`);
}));
