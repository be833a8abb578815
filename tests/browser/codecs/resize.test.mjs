// Another picture size in mid-call. For H.264 it is the encoder's new parameter sets that say so, and
// those are sealed: the shell goes on saying the same to everybody.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { loopback, start, stats, together, untilSeenAndHeard } from '../e2ee/loopback.mjs';
import { until } from '../support/until.mjs';

const { withPage } = loopback();
// How key frames' shells begin and where they end, as received: Chromium's depacketizer adds its
// usual video usability information to every SPS.
const KEY_SHELLS = { 'video/VP8': '1000009d012a', 'video/H264': '000000016742e01fda014016' };
const LAST_OF_SHELL = { 'video/VP8': '10001000', 'video/H264': '0000000168ce3c80' };

const scale = (page, by) => page.evaluate(async (factor) => {
  const { sender } = call.camera;
  const parameters = sender.getParameters();
  parameters.encodings[0].scaleResolutionDownBy = factor;
  await sender.setParameters(parameters);
}, by);

const untilWidth = (page, width) => until(`a picture ${width} wide, moving`, () => page.evaluate(async (wanted) => {
  const { decoded } = await call.see();
  window.since = call.video.videoWidth === wanted ? window.since ?? decoded : null;
  return { ok: window.since !== null && decoded > window.since + 10, width: call.video.videoWidth, decoded };
}, width));

together('another size', () => {
  for (const codec of ['video/H264', 'video/VP8', 'video/VP9', 'video/AV1']) {
    test(`${codec}: a picture that becomes smaller and larger again is seen in each size`, () => withPage(async (page) => {
      await start(page, { codec });
      await page.evaluate(() => {
        window.heads = [];
        call.bob.e2ee.watch('v0', ({ head, keyFrame }) => heads.push({ keyFrame, bytes: Array.from(head) }));
      });
      await untilSeenAndHeard(page);
      await untilWidth(page, 320);
      for (const [factor, width] of [[2, 160], [1, 320], [4, 80], [1, 320]]) {
        await scale(page, factor);
        await untilWidth(page, width);
      }
      const video = (await stats(page, 'bob')).find(({ kind }) => kind === 'video');
      for (const cause of Object.keys(video.drops)) assert.ok(['replayed', 'empty'].includes(cause), JSON.stringify(video.drops));

      const begins = KEY_SHELLS[codec];
      if (begins === undefined) return;
      const shells = (await page.evaluate(() => heads)).map(({ bytes }) => Buffer.from(bytes).toString('hex'))
        .filter((head) => head.startsWith(begins)).map((head) => head.slice(0, head.indexOf(LAST_OF_SHELL[codec])));
      assert.ok(new Set(shells).size <= 1, `whatever the size, the shell is the same: ${[...new Set(shells)]}`);
    }));
  }
});
