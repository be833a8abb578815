// Firefox and Chromium in one call: each decodes what the other has sealed, in every codec that both have.
import { ADDRESS } from '../support/own_network.mjs';
import { test } from 'node:test';
import { startBridge } from '../support/bridge.mjs';
import { FirefoxParticipant } from '../support/firefox_participant.mjs';
import { seeAndHearEachOther } from '../support/meeting.mjs';
import { Participant, withPeople } from '../support/participant.mjs';
import { everythingIsSealed, nothingPassesTheModule, usesOnly } from './expectations.mjs';

const fox = { as: FirefoxParticipant, name: 'Fox', id: 21 };
const chris = { as: Participant, name: 'Chris', id: 42 };

// Whoever is there first is asked for a key frame when the other comes.
for (const codec of ['VP8', 'VP9', 'AV1']) for (const order of [[fox, chris], [chris, fox]]) {
  const [first, second] = order.map(({ as }) => (as === FirefoxParticipant ? 'Firefox' : 'Chromium'));
  test(`${codec}: ${first}, and ${second} who comes later, see and hear each other, everything sealed`, async () => {
    const bridge = await startBridge({ address: ADDRESS });
    try {
      await withPeople(async (open) => {
        const { url } = bridge.link();
        const people = await Promise.all(order.map((one) => open(url, { ...one, query: `debug=1&codec=${codec}` })));
        for (const person of people) {
          await person.join();
          await person.get('stage').waitFor();
        }
        await seeAndHearEachOther(people);
        for (const person of people) {
          await everythingIsSealed(person);
          await nothingPassesTheModule(person);
          await usesOnly(person, codec);
        }
      });
    } finally {
      await bridge.stop();
    }
  });
}
