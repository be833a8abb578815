// An SFU drops the upper spatial layers of VP9 (L3T3_KEY: they lean on the lower ones at key frames
// only). Each layer of a picture is a sealed frame of its own; the receiver's module opens those of
// the base layer alone, and a decoder shows them. What is dropped here are encoded frames between two
// modules, which a decoder of WebCodecs takes: WebRTC's own waits for the packet with the marker bit,
// which an SFU sets anew and nothing in a page can.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { loopback, stats } from '../e2ee/loopback.mjs';
import { until } from '../support/until.mjs';

const { withPage } = loopback();

// Large enough for three layers, each half the next (Chromium makes none narrower than 240).
const startLayered = (page) => page.evaluate(async () => {
  const { readPicture } = await import('./sources.js');
  const capture = HTMLCanvasElement.prototype.captureStream;
  HTMLCanvasElement.prototype.captureStream = function (rate) {
    const large = Object.assign(document.createElement('canvas'), { width: 960, height: 540 });
    const context = large.getContext('2d');
    const paint = () => context.drawImage(this, 0, 0, large.width, large.height);
    paint();
    setInterval(paint, 1000 / rate);
    return capture.call(large, rate);
  };
  const addTransceiver = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    const layered = { sendEncodings: [{ scalabilityMode: 'L3T3_KEY', maxBitrate: 3_000_000 }] };
    return addTransceiver.call(this, track, { ...init, ...track.kind === 'video' && layered });
  };

  window.most = { spatial: 0 };
  window.seen = { kept: {}, dropped: {}, opened: 0, decoded: 0, width: 0, picture: null, error: null };
  const deliver = new TransformStream();
  const towardsBob = deliver.writable.getWriter();
  const send = RTCRtpSender.prototype.createEncodedStreams;
  RTCRtpSender.prototype.createEncodedStreams = function () {
    const { readable, writable } = send.call(this);
    if (this.track.kind !== 'video') return { readable, writable };
    const between = new TransformStream({
      transform(frame, controller) {
        const { spatialIndex = 0, temporalIndex = 0 } = frame.getMetadata();
        const counts = spatialIndex <= most.spatial ? seen.kept : seen.dropped;
        const name = `S${spatialIndex}T${temporalIndex}`;
        counts[name] = (counts[name] ?? 0) + 1;
        if (counts === seen.kept) void towardsBob.write(structuredClone(frame));
        controller.enqueue(frame);
      },
    });
    between.readable.pipeTo(writable).catch(() => undefined);
    return { readable, writable: between.writable };
  };

  const decoder = new VideoDecoder({
    output(frame) {
      seen.decoded++;
      seen.width = frame.videoWidth = frame.displayWidth;
      seen.picture = readPicture(frame);
      frame.close();
    },
    error(error) { seen.error = error.message; },
  });
  decoder.configure({ codec: 'vp09.00.31.08' });
  const receive = RTCRtpReceiver.prototype.createEncodedStreams;
  RTCRtpReceiver.prototype.createEncodedStreams = function () {
    const streams = receive.call(this);
    if (this.track.kind !== 'video') return streams;
    const opened = new WritableStream({
      write({ type, data }) {
        if (decoder.state !== 'closed') decoder.decode(new EncodedVideoChunk({ type, data, timestamp: seen.opened++ * 66_667 }));
      },
    });
    return { readable: deliver.readable, writable: opened };
  };
  window.call = await startCall({ codec: 'video/VP9', via: 'encoded-streams' });
});

test('VP9 L3T3_KEY: with only the base layer of every picture delivered, it opens and is decoded', () => withPage(async (page) => {
  await startLayered(page);
  const { seen } = await until('three layers sent, one of them opened and shown', async () => {
    const now = await page.evaluate(() => seen);
    const layers = new Set(Object.keys(now.dropped).map((name) => name.slice(0, 2)));
    assert.equal(now.error, null);
    return { ok: now.decoded >= 40 && layers.has('S1') && layers.has('S2') && now.dropped.S2T0 > 5 && JSON.stringify(now.picture) === '[0,1,2,3]', seen: now };
  }, { timeout: 60000 });
  assert.deepEqual(Object.keys(seen.kept).sort(), ['S0T0', 'S0T1', 'S0T2'], JSON.stringify(seen));
  assert.equal(seen.width, 240, 'a quarter of what the sender draws');
  assert.ok(seen.opened >= seen.decoded);
  const video = (await stats(page, 'bob')).find(({ kind }) => kind === 'video');
  assert.ok(video.frames >= seen.opened && video.frames >= 40);
  for (const cause of Object.keys(video.drops)) assert.ok(['replayed', 'empty', 'awaiting-key-frame'].includes(cause), JSON.stringify(video.drops));
}));
