// Each codec end to end through the bridge, with the whole frame sealed, also after a key frame request.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { seeEachOther } from '../support/meeting.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

for (const codec of ['VP8', 'VP9', 'H264', 'AV1']) {
  test(`${codec}: two people see each other, and a third who comes later sees both`, async () => {
    const bridge = await startBridge();
    try {
      await withPeople(async (open) => {
        const { url } = bridge.link();
        const query = `debug=1&codec=${codec}`;
        const [ann, ben, cat] = await Promise.all([['Ann', 21], ['Ben', 42], ['Cat', 84]].map(([name, id]) => open(url, { name, id, query })));
        await ann.join();
        await ben.join();
        await seeEachOther([ann, ben]);
        const used = await ann.page.evaluate(() => window.__sotto.codecs());
        assert.deepEqual(used.filter((mime) => /^video/i.test(mime)).map((mime) => mime.toLowerCase()),
          [`video/${codec.toLowerCase()}`]);
        // A newcomer makes the bridge ask the senders for a key frame in mid-call.
        const before = await ann.page.evaluate(() => window.__sotto.keyFramesSent());
        await cat.join();
        await Promise.all([cat.sees(ann), cat.sees(ben)]);
        await until('the key frame that was asked for', async () => {
          const now = await ann.page.evaluate(() => window.__sotto.keyFramesSent());
          return { ok: now > before, before, now };
        });
        await ben.sees(ann);
        await cat.isEncrypted();
      });
    } finally {
      await bridge.stop();
    }
  });
}
