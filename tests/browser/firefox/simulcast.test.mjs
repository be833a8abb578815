// Firefox sends its camera in layers, and the bridge chooses among them for a Chromium.
import { ADDRESS } from '../support/own_network.mjs';
import { test } from 'node:test';
import { startBridge } from '../support/bridge.mjs';
import { FirefoxParticipant } from '../support/firefox_participant.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';
import { everythingIsSealed, nothingPassesTheModule } from './expectations.mjs';

test('two sealed layers of a Firefox: the large one for a large tile, the small one for a small tile', async () => {
  const bridge = await startBridge({ address: ADDRESS });
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const [fox, chris] = await Promise.all([
        open(url, { as: FirefoxParticipant, name: 'Fox', id: 21, scale: 2, query: 'debug=1' }),
        open(url, { name: 'Chris', id: 42, query: 'debug=1' }),
      ]);
      await fox.join();
      await chris.join();
      const rtc = (person, type) => person.page.evaluate((wanted) => window.__sotto.rtc(wanted), type);
      await until('two layers leave Firefox', async () => {
        const sent = (await rtc(fox, 'outbound-rtp')).filter(({ kind }) => kind === 'video')
          .map(({ rid, framesEncoded, packetsSent, frameWidth }) => ({ rid, framesEncoded, packetsSent, frameWidth }));
        return { ok: sent.filter(({ packetsSent }) => packetsSent > 10).length === 2, sent };
      });
      const width = async () => (await rtc(chris, 'inbound-rtp')).filter(({ kind, framesDecoded }) => kind === 'video' && framesDecoded > 0)
        .map(({ frameWidth, framesDecoded }) => ({ frameWidth, framesDecoded }));
      for (const [size, expected] of [[{ width: 1280, height: 800 }, 640], [{ width: 300, height: 300 }, 320], [{ width: 1280, height: 800 }, 640]]) {
        await chris.page.setViewportSize(size);
        await until(`the layer of ${expected} pixels in a window of ${size.width}`, async () => {
          const seen = await width();
          return { ok: seen.some(({ frameWidth }) => frameWidth === expected), seen };
        });
        await chris.sees(fox);
      }
      for (const person of [fox, chris]) {
        await everythingIsSealed(person);
        await nothingPassesTheModule(person);
      }
    });
  } finally {
    await bridge.stop();
  }
});
