// Nobody is heard who is not on the page, whatever the bridge says when.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {LinkRoster} = await load('call/keys/link_roster.ts');
const {LinkRoomModel} = await load('call/keys/link_room_model.ts');

// `heard`: whose frames the worker would open.
function page(...endpoints) {
  const heard = new Set();
  const e2ee = {
    openState: async (endpoint) => (heard.add(endpoint), {name: endpoint, muted: {}}),
    forget: (endpoint) => heard.delete(endpoint),
  };
  const model = new LinkRoomModel();
  model.applyJoined({resumed: false, endpoints: endpoints.map((endpoint) => ({endpoint, state: 's', tracks: []}))});
  const roster = new LinkRoster(e2ee, model, () => undefined, () => undefined);
  return {roster, model, heard};
}

test('a state of somebody who has left, or never came, opens nothing', async () => {
  const {roster, model, heard} = page('ann');
  await roster.open('ann', 's');
  roster.left('ann');
  model.apply({type: 'endpoint-left', endpoint: 'ann'});
  await roster.open('ann', 's');
  await roster.open('mallory', 's');
  assert.deepEqual([...heard], []);
});

test('whoever is missing in the snapshot after an outage is forgotten by the worker too', async () => {
  const {roster, heard} = page('ann', 'ben');
  await roster.open('ann', 's');
  await roster.open('ben', 's');
  roster.forgetAllBut(new Set(['ben']));
  assert.deepEqual([...heard], ['ben']);
});
