// A third party's SFU: Debian's Janus with its VideoRoom carries what the module has sealed, and
// cannot tell what it is.
import '../support/own_network.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { inRoom, secretOf } from './call.mjs';

const ours = { name: 'ann', secret: secretOf(1) };

// Chromium delivers a few frames twice, and takes padding for empty frames.
const EVERYDAY = ['replayed', 'empty', 'awaiting-key-frame'];

for (const codec of ['VP8', 'VP9', 'H264', 'AV1']) {
  test(`${codec} and Opus through Janus: seen and heard with the key, by a late joiner too, and by nobody without`,
    () => inRoom(codec, async (open) => {
      const ann = await open(), ben = await open();
      const published = await ann.publish({ codec: codec.toLowerCase(), ...ours });
      assert.equal(await ben.subscribe({ ...published, ...ours }), true);
      await ben.seesAndHears();
      const { codecId } = await ben.video();
      assert.equal((await ben.reports('codec')).find(({ id }) => id === codecId).mimeType, `video/${codec}`);

      const eve = await open(), cat = await open();
      assert.equal(await eve.subscribe({ ...published, secret: secretOf(2) }), 'wrong-key');
      const keyFrames = async () => (await ann.stats()).find(({ kind }) => kind === 'video').keyFrames;
      const before = await keyFrames();
      await cat.subscribe({ ...published, ...ours });
      await cat.seesAndHears();
      assert.ok(await keyFrames() > before, 'the key frame that Janus asked for on behalf of the newcomer');

      for (const kind of ['audio', 'video']) {
        await until(`Eve's module has dropped fifty ${kind} frames`, async () => {
          const { drops, frames } = (await eve.stats()).find((stream) => stream.kind === kind);
          return { ok: (drops['unknown-key'] ?? 0) > 50 && frames === 0, drops, frames };
        });
      }
      assert.equal((await eve.video()).framesDecoded ?? 0, 0, 'Eve decodes nothing');
      assert.equal(await eve.picture(), null);
      assert.equal(await eve.tone(), null);

      for (const end of [ann, ben, cat]) {
        for (const stream of await end.stats()) {
          assert.ok(stream.frames > 20 && !stream.clear, JSON.stringify(stream));
          for (const cause of Object.keys(stream.drops)) assert.ok(EVERYDAY.includes(cause), JSON.stringify(stream));
        }
        assert.deepEqual(end.errors, []);
      }
    }));
}
