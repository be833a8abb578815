// The bridge's transport-wide feedback lets Chromium's sending rate rise from where it starts.
import { test } from 'node:test';
import { startBridge } from '../support/bridge.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

test("Chromium's estimate of what it may send rises well over its start of 300 kbit/s", async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const [ann, ben] = await Promise.all([open(url, { name: 'Ann', query: 'debug=1' }), // Chromium's own moving test picture
        open(url, { name: 'Ben', id: 42, query: 'debug=1' })]);
      await ann.join();
      await ben.join();
      await ann.sees(ben);
      const seen = await until('an estimate of 900 kbit/s or more', async () => {
        const pairs = await ann.page.evaluate(() => window.__sotto.rtc('candidate-pair'));
        const kbps = Math.max(0, ...pairs.map((pair) => (pair.availableOutgoingBitrate ?? 0) / 1000));
        return { ok: kbps >= 900, kbps };
      });
      console.log(`may send ${seen.kbps.toFixed(0)} kbit/s`);
    });
  } finally {
    await bridge.stop();
  }
});
