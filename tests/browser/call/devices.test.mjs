// Another camera and another microphone in mid-call: the others go on seeing and hearing, and
// nothing is negotiated anew.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

test('camera and microphone are changed in mid-call', async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const [ann, ben] = await Promise.all([open(url, { name: 'Ann', query: 'debug=1', args: ['--use-fake-device-for-media-stream=device-count=4'] }),
        open(url, { name: 'Ben', id: 42, query: 'debug=1' })]);
      await ann.join();
      await ben.join();
      await ann.sees(ben);
      const frames = async () => (await ben.tileOf('Ann'))?.frames ?? 0;
      await until("Ben sees Ann's first camera", async () => await frames() > 5);
      const endpoint = (await ben.tileOf('Ann')).endpoint;

      await ann.get('devices-button').click();
      for (const kind of ['camera', 'microphone']) {
        const select = ann.get(`${kind}-select`).locator('visible=true').first();
        const used = () => ann.page.evaluate((source) => window.__sotto.tiles && [...document.querySelectorAll('video')]
          .map((video) => video.srcObject?.getTracks().find((track) => track.kind === source)?.getSettings().deviceId)
          .filter(Boolean), kind === 'camera' ? 'video' : 'audio');
        const current = await select.inputValue();
        const values = await select.locator('option').evaluateAll((options) => options.map((option) => option.value));
        // The last: Chromium 156 plays the picture of its second fake camera, but does not encode it.
        const next = values.filter((value) => value && value !== current && value !== 'default').at(-1);
        assert.ok(next, `a second ${kind} to choose: ${values}`);
        await select.selectOption(next);
        if (kind === 'camera') await until('the other camera is in use', async () => { const ids = await used(); return { ok: ids.includes(next), ids, next }; });
        const before = await frames();
        await until(`Ben goes on seeing Ann after another ${kind}`, async () => { const now = await frames(); return { ok: now > before + 15, now, before }; });
      }
      await until('Ben hears Ann', async () => await ben.hears(await ann) !== null);
      assert.equal((await ben.tileOf('Ann')).endpoint, endpoint, 'no rejoin');
      await ann.isEncrypted();
    });
  } finally {
    await bridge.stop();
  }
});
