// What people do in a call, done in Firefox, as a Chromium beside it sees and hears it.
import { ADDRESS } from '../support/own_network.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { FirefoxParticipant } from '../support/firefox_participant.mjs';
import { hears, seeAndHearEachOther } from '../support/meeting.mjs';
import { withPeople } from '../support/participant.mjs';
import { udpRelay } from '../support/relay.mjs';
import { until } from '../support/until.mjs';
import { everythingIsSealed } from './expectations.mjs';

async function foxAndChris(body, { relayed = false } = {}) {
  const bridge = await startBridge({ address: ADDRESS });
  const relay = relayed ? await udpRelay(bridge.mediaPort, { address: ADDRESS }) : null;
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const [fox, chris] = await Promise.all([
        open(url, { as: FirefoxParticipant, name: 'Fox', id: 21, query: 'debug=1', initScript: relay?.initScript }),
        open(url, { name: 'Chris', id: 42, query: 'debug=1' }),
      ]);
      await fox.join();
      await chris.join();
      await seeAndHearEachOther([fox, chris]);
      await body(fox, chris, relay);
    });
  } finally {
    relay?.close();
    await bridge.stop();
  }
}

test('mute, camera off, a shared screen, and leaving, in Firefox', () => foxAndChris(async (fox, chris) => {
  await fox.get('mic-toggle').click();
  await until('Fox is marked as muted', async () => (await chris.tileOf('Fox')).muted === 'true');
  await until('Chris hears nothing', async () => ({ ok: await chris.hears(fox) === null }));
  await fox.get('mic-toggle').click();
  await hears(chris, fox);

  await fox.get('camera-toggle').click();
  await until("Fox's tile shows no picture", async () => (await chris.tileOf('Fox')).picture === null);
  await fox.get('camera-toggle').click();
  await chris.sees(fox);

  await fox.get('share-toggle').click();
  const screen = async () => (await chris.tiles()).find((tile) => tile.group === 'screen');
  await until('the screen moves', async () => { const tile = await screen(); return { ok: tile?.frames > 5 && tile.picture === fox.id, tile }; });
  await fox.get('share-toggle').click();
  await until("the screen's tile is gone", async () => !await screen());
  await chris.sees(fox);

  await everythingIsSealed(fox);
  await everythingIsSealed(chris);
  await fox.get('leave-button').click();
  await fox.get('ended').waitFor();
  await until("Fox's tile is gone", async () => !await chris.tileOf('Fox'));
  assert.deepEqual(fox.errors, []);
}));

test('five seconds without UDP: the media of a Firefox comes back without a rejoin', () => foxAndChris(async (fox, chris, relay) => {
  assert.ok(relay.counts.up > 10, 'the media really takes the relay');
  const before = await fox.tileOf('Chris');
  relay.block(true);
  await new Promise((resolve) => setTimeout(resolve, 5000)); // the outage itself is a length of time
  relay.block(false);
  const start = Date.now();
  await fox.sees(chris);
  await chris.sees(fox);
  console.log(`media back both ways ${Date.now() - start} ms after 5 s without UDP`);
  assert.equal((await fox.tileOf('Chris')).endpoint, before.endpoint, 'no rejoin');
}, { relayed: true }));
