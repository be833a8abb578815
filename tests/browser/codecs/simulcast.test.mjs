// Simulcast of the codecs that the demo sends in one size only: the bridge takes one layer or the
// other for a receiver by what their shells say, and changes between them at key frames. Each layer
// has its own picture size, which for H.264 stands in sealed parameter sets alone.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

const WIDE = { width: 1280, height: 800 }, NARROW = { width: 260, height: 240 };

// Before the page's own script: a camera of one encoding becomes one of two, each half the other.
// Without a scalability mode Chromium takes several encodings of VP9 for spatial layers of one.
const twoLayers = `{
  const native = RTCPeerConnection.prototype.addTransceiver;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    if (track.kind !== 'video' || init?.sendEncodings?.length !== 1) return native.call(this, track, init);
    const [encoding] = init.sendEncodings;
    const layers = [{ rid: 'q', scaleResolutionDownBy: 2, maxBitrate: 150000 }, { rid: 'h', maxBitrate: 600000 }];
    return native.call(this, track, { ...init, sendEncodings: layers.map((layer) => ({ ...encoding, scaleResolutionDownBy: 1, scalabilityMode: 'L1T1', ...layer })) });
  };
}`;

async function shown(person, name) {
  return person.page.evaluate((wanted) => {
    const tile = [...document.querySelectorAll('[data-testid=tile]')].find(({ dataset }) => dataset.name === wanted);
    const video = tile?.querySelector('[data-testid=tile-video]');
    return { width: video?.videoWidth ?? 0, frames: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0 };
  }, name);
}

function untilWidth(person, name, width) {
  let since = null;
  return until(`${person.name} sees ${name} ${width} pixels wide, moving`, async () => {
    const now = await shown(person, name);
    if (now.width !== width) since = null;
    else since ??= now.frames;
    return { ok: since !== null && now.frames > since + 10, ...now };
  });
}

for (const codec of ['AV1', 'H264', 'VP9']) {
  test(`${codec} simulcast: the bridge changes the layer with the size of the tile, and back`, async () => {
    const bridge = await startBridge();
    try {
      await withPeople(async (open) => {
        const { url } = bridge.link();
        const [ann, ben] = await Promise.all([open(url, { name: 'Ann', query: `debug=1&codec=${codec}&capture=640x360@15`, initScript: twoLayers }),
          open(url, { name: 'Ben', id: 42, query: `debug=1&codec=${codec}&capture=320x180@15`, viewport: WIDE })]);
        await ann.join();
        await ben.join();
        await untilWidth(ben, 'Ann', 640);
        await ben.page.setViewportSize(NARROW);
        await untilWidth(ben, 'Ann', 320);
        await ben.page.setViewportSize(WIDE);
        await untilWidth(ben, 'Ann', 640);
        const layers = (await ann.page.evaluate(() => window.__sotto.rtc('outbound-rtp')))
          .filter(({ kind, framesEncoded }) => kind === 'video' && framesEncoded > 0);
        assert.deepEqual(layers.map(({ rid }) => rid).sort(), ['h', 'q'], 'both layers were sent');
        const video = (await ben.stats()).filter(({ kind, direction }) => kind === 'video' && direction === 'receive');
        for (const { drops } of video) {
          assert.equal(drops.unauthenticated ?? 0, 0, JSON.stringify(drops));
          assert.equal(drops.malformed ?? 0, 0, JSON.stringify(drops));
        }
        await ben.isEncrypted();
      });
    } finally {
      await bridge.stop();
    }
  });
}
