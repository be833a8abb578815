// Firefox and Chromium in one call: each decodes what the other has sealed, in every codec that both have.
import { ADDRESS } from '../support/own_network.mjs';
import { test } from 'node:test';
import { startBridge } from '../support/bridge.mjs';
import { FirefoxParticipant } from '../support/firefox_participant.mjs';
import { withPeople } from '../support/participant.mjs';
import { everythingIsSealed, nothingPassesTheModule, seeAndHearEachOther, usesOnly } from './expectations.mjs';

for (const codec of ['VP8', 'VP9', 'AV1']) {
  test(`${codec}: Firefox and Chromium see and hear each other, everything sealed`, async () => {
    const bridge = await startBridge({ address: ADDRESS });
    try {
      await withPeople(async (open) => {
        const { url } = bridge.link();
        const query = `debug=1&codec=${codec}`;
        const fox = await open(url, { as: FirefoxParticipant, name: 'Fox', id: 21, query });
        const ben = await open(url, { name: 'Ben', id: 42, query });
        await fox.join();
        await ben.join();
        await seeAndHearEachOther(fox, ben);
        for (const one of [fox, ben]) {
          await everythingIsSealed(one);
          await nothingPassesTheModule(one);
          await usesOnly(one, codec);
        }
      });
    } finally {
      await bridge.stop();
    }
  });
}
