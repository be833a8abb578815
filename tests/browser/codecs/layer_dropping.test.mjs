// Somebody on the way drops layers, as an SFU does for a receiver with a small link. The layers of a
// stream are sealed one by one under one KID, so what is left opens, with gaps in its counters, and
// the decoder shows it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { loopback, see, stats, together } from '../e2ee/loopback.mjs';
import { until } from '../support/until.mjs';

const { withPage } = loopback();

// A sender of this scalability mode, and a bridge that keeps a frame when its layers are at most these.
const startLayered = (page, options) => page.evaluate(async ({ codec, scalabilityMode }) => {
  const native = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    return native.call(this, track, { ...init, ...track.kind === 'video' && { sendEncodings: [{ scalabilityMode }] } });
  };
  window.most = { spatial: 9, temporal: 9 };
  window.layers = { kept: {}, dropped: {} };
  const keeps = (frame) => {
    const { spatialIndex = 0, temporalIndex } = frame.getMetadata();
    if (temporalIndex === undefined) return true;
    const kept = spatialIndex <= most.spatial && temporalIndex <= most.temporal;
    const counts = kept ? layers.kept : layers.dropped;
    counts[`S${spatialIndex}T${temporalIndex}`] = (counts[`S${spatialIndex}T${temporalIndex}`] ?? 0) + 1;
    return kept;
  };
  // Between the module and the packetizer: only there do VP9 frames still say which layer they are.
  const streams = RTCRtpSender.prototype.createEncodedStreams;
  RTCRtpSender.prototype.createEncodedStreams = function () {
    const { readable, writable } = streams.call(this);
    const layer = new TransformStream({
      transform(frame, controller) { if (keeps(frame)) controller.enqueue(frame); },
    });
    layer.readable.pipeTo(writable).catch(() => undefined);
    return { readable, writable: layer.writable };
  };
  window.call = await startCall({ codec, via: 'encoded-streams' });
}, options);

const shown = async (page) => ({ ...await see(page), layers: await page.evaluate(() => layers) });

async function untilMovedOn(page, what, frames = 15) {
  const before = await shown(page);
  return until(what, async () => {
    const now = await shown(page);
    const ok = now.decoded >= before.decoded + frames && JSON.stringify(now.picture) === '[0,1,2,3]';
    return { ...now, ok };
  });
}

together('dropped layers', () => {
  for (const codec of ['video/VP9', 'video/VP8']) {
    test(`${codec} L1T3: with temporal layers dropped the picture goes on, and comes back whole`, () => withPage(async (page) => {
      await startLayered(page, { codec, scalabilityMode: 'L1T3' });
      await untilMovedOn(page, 'all layers');
      for (const temporal of [1, 0, 2]) {
        await page.evaluate((most_) => { most.temporal = most_; layers.kept = {}; layers.dropped = {}; }, temporal);
        const { layers } = await untilMovedOn(page, `temporal layers up to ${temporal}`);
        assert.ok(layers.kept[`S0T${temporal}`] > 0, JSON.stringify(layers));
        for (const name of Object.keys(layers.kept)) assert.ok(Number(name.at(-1)) <= temporal);
        if (temporal < 2) assert.ok(layers.dropped.S0T2 > 0, JSON.stringify(layers));
      }
      const video = (await stats(page, 'bob')).find(({ kind }) => kind === 'video');
      for (const cause of Object.keys(video.drops)) assert.ok(['replayed', 'empty'].includes(cause), JSON.stringify(video.drops));
    }));
  }
});
