// An SFU that drops VP9 layers: Janus takes spatial and temporal layers away from a subscriber by the
// payload descriptor alone, and marks the picture's end anew. Each spatial layer of a picture is a
// sealed frame of its own, so those that are left open and are played.
import '../support/own_network.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ID, inRoom, secretOf } from '../janus/call.mjs';
import { paintedCamera } from '../support/painted_camera.mjs';
import { until } from '../support/until.mjs';

const ours = { name: 'ann', secret: secretOf(1) };
const encodings = [{ scalabilityMode: 'L2T3_KEY', maxBitrate: 900_000 }];

// Janus reads VP9 layers only in rooms that are made for it.
const makeSvcRoom = ({ page, url }) => page.evaluate(async (janus) => {
  const { JanusSession } = await import('./janus_client.js');
  const session = await JanusSession.open(janus);
  const handle = await session.attach();
  await handle.ask({ request: 'destroy', room: 1234 });
  await handle.ask({ request: 'create', room: 1234, publishers: 3, audiocodec: 'opus', videocodec: 'vp9',
    vp9_profile: '0', video_svc: true, require_e2ee: true, fir_freq: 0 });
  window.svcRoomKeeper = session;
}, url);

// What Janus' own client library says with an offer that has layers.
const announceLayers = ({ page }) => page.evaluate((svc) => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) {
    const message = JSON.parse(text);
    if (message.jsep?.type === 'offer') message.jsep.svc = [{ mindex: 1, mid: '1', svc }];
    send.call(this, JSON.stringify(message));
  };
}, encodings[0].scalabilityMode);

// Janus changes spatial layers at a key frame and does not ask for one by itself.
async function choose(receiver, sender, layers) {
  await receiver.page.evaluate((wanted) => {
    const { mid } = end.pc.getTransceivers().find((transceiver) => transceiver.receiver.track.kind === 'video');
    return end.handle.request({ request: 'configure', streams: [{ mid, ...wanted }] });
  }, layers);
  await sender.page.evaluate(() => end.e2ee.generateKeyFrames());
}

// Frames decoded for each second of a while of play, by the frames' own clock.
async function rate(end) {
  const first = await end.video();
  const last = await until('two seconds of play', async () => {
    const now = await end.video();
    return { ok: now.timestamp - first.timestamp >= 2000, ...now };
  });
  return (last.framesDecoded - first.framesDecoded) * 1000 / (last.timestamp - first.timestamp);
}

const untilWidth = (end, width) => until(`a picture ${width} wide`, async () => {
  const { frameWidth, framesDecoded } = await end.video();
  return { ok: frameWidth === width, frameWidth, framesDecoded };
}, { timeout: 40000 });

test('VP9 SVC: what is left when an SFU drops layers is seen, in every step down and up', () => inRoom('VP9', async (open) => {
  const keeper = await open(), ann = await open(), ben = await open();
  await makeSvcRoom(keeper);
  await announceLayers(ann);
  const published = await ann.publish({ codec: 'vp9', encodings, ...ours });
  const [sent] = (await ann.reports('outbound-rtp')).filter(({ kind }) => kind === 'video');
  assert.equal(sent.scalabilityMode, 'L2T3_KEY', 'Chromium sends layers');
  await ben.subscribe({ ...published, ...ours });
  await ben.seesAndHears();
  await untilWidth(ben, 640);
  const full = await rate(ben);

  await choose(ben, ann, { spatial_layer: 0 });
  await untilWidth(ben, 320);
  await ben.seesAndHears();

  await choose(ben, ann, { temporal_layer: 0 });
  await until('less than half of the frames a second', async () => {
    const now = await rate(ben);
    return { ok: now < full / 2, now, full };
  }, { timeout: 40000 });
  assert.equal(await ben.picture(), ID, 'and the picture stands');

  await choose(ben, ann, { spatial_layer: 1, temporal_layer: 2 });
  await untilWidth(ben, 640);
  await ben.seesAndHears();
  for (const { kind, drops } of await ben.stats()) {
    for (const cause of Object.keys(drops)) {
      assert.ok(['replayed', 'empty', 'awaiting-key-frame'].includes(cause), `${kind}: ${JSON.stringify(drops)}`);
    }
  }
}, { prepare: paintedCamera(ID, { scale: 2 }) }));
