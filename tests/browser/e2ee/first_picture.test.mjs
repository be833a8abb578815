// What the page is told of a new occupant's first picture, in virtual time.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ALICE, BOB, CAROL, VirtualTime, endpoint, introduce, receiver, sender } from './virtual_room.mjs';

async function twoInOneSlot() {
  const time = new VirtualTime();
  const [alice, bob, carol] = [await endpoint(time), await endpoint(time), await endpoint(time)];
  introduce(alice, ALICE, bob);
  introduce(carol, CAROL, bob);
  const slot = receiver(bob, 'v0', 'video');
  const pictures = { [ALICE]: sender(alice, 'camera'), [CAROL]: sender(carol, 'camera') };
  const show = (endpoint, timestamp, type = 'key') => {
    bob.room.claim('v0', { endpoint, source: 'camera' });
    slot.give({ ...pictures[endpoint](type), timestamp });
  };
  const told = () => bob.events.filter(({ type }) => type === 'occupant').map(({ endpoint, first }) => ({ endpoint, first }));
  return { bob, alice, show, told };
}

test("a slot's first picture comes after nothing, the next occupant's after the newest before it", async () => {
  const { show, told } = await twoInOneSlot();
  show(ALICE, 1000);
  show(ALICE, 7000, 'delta');
  show(ALICE, 4000, 'delta'); // out of order
  show(CAROL, 9000);
  assert.deepEqual(told(), [
    { endpoint: ALICE, first: { rtpTimestamp: 1000, after: null } },
    { endpoint: CAROL, first: { rtpTimestamp: 9000, after: 7000 } },
  ]);
});

test('newest goes on over the wrap of RTP timestamps', async () => {
  const { show, told } = await twoInOneSlot();
  show(ALICE, 0xfffffff0);
  show(ALICE, 16, 'delta');
  show(CAROL, 48);
  assert.deepEqual(told().at(-1).first, { rtpTimestamp: 48, after: 16 });
});

test('sound, and pictures of a browser that tells no time, come without it', async () => {
  const { alice, bob, show, told } = await twoInOneSlot();
  receiver(bob, 'a0', 'audio').give({ ...sender(alice, 'microphone')(), timestamp: 5 });
  show(CAROL, undefined);
  assert.deepEqual(told(), [{ endpoint: ALICE, first: undefined }, { endpoint: CAROL, first: undefined }]);
});
