// Janus chooses among sealed VP8 layers, whose key frames it tells by the shell alone.
import '../support/own_network.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { paintedCamera } from '../support/painted_camera.mjs';
import { until } from '../support/until.mjs';
import { ID, inRoom, secretOf } from './call.mjs';

const ours = { name: 'ann', secret: secretOf(1) };
const encodings = [{ rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 200_000 }, { rid: 'f', maxBitrate: 600_000 }];

async function layersOf(end) {
  const streams = await end.reports('outbound-rtp');
  return streams.map(({ rid, frameWidth, framesSent, targetBitrate }) => ({ rid, frameWidth, framesSent, targetBitrate }));
}

test('Janus switches a subscriber between two sealed layers, down and up again', () => inRoom('VP8', async (open) => {
  const [ann, ben] = await Promise.all([open(), open()]);
  const feed = await ann.publish({ codec: 'vp8', encodings, ...ours });
  await ben.subscribe({ feed, ...ours });
  await ben.seesAndHears();
  for (const [layer, width] of [[1, 640], [0, 320], [1, 640]]) {
    await ben.page.evaluate((substream) => chooseLayer(substream), layer);
    await until(`layer ${layer} on the screen`, async () => {
      const { frameWidth, framesDecoded } = await ben.video();
      return { ok: frameWidth === width, frameWidth, framesDecoded, sent: await layersOf(ann) };
    });
    await ben.seesAndHears();
  }
  for (const stream of await ben.stats()) {
    assert.equal(stream.drops.unauthenticated, undefined, JSON.stringify(stream));
    assert.ok(stream.keyFrames >= (stream.kind === 'video' ? 3 : 0), `a key frame for each switch: ${JSON.stringify(stream)}`);
  }
}, { prepare: paintedCamera(ID, { scale: 2 }) }));
