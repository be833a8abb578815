// Frames without bytes: an encoder may hand one over, and a bridge may deliver one.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ALICE, VirtualTime, endpoint, frame, receiver, sender } from '../e2ee/virtual_room.mjs';

const empty = (mime, type) => frame(mime, type, '');

test("an encoder's empty frame is not sent, and counted", async () => {
  const alice = await endpoint(new VirtualTime());
  for (const [source, kind, mime, type] of [['microphone', 'audio', 'audio/opus', undefined],
    ['camera', 'video', 'video/VP8', 'empty'], ['screen', 'video', 'video/H264', 'key']]) {
    const sent = [];
    const stream = alice.room.addSender({ side: 'send', source, kind, codec: undefined, id: 0 }, () => undefined);
    stream.send(empty(mime, type), (sealed) => sent.push(sealed));
    stream.send(frame(mime, kind === 'video' ? 'delta' : undefined), (sealed) => sent.push(sealed));
    assert.equal(sent.length, 1, `${mime}: only the frame with bytes`);
    assert.ok(sent[0].data.byteLength > 18);
    assert.deepEqual(stream.report().drops, { empty: 1 });
  }
});

test('an empty frame off the wire is not played, counted without noise, and ends nothing', async () => {
  const time = new VirtualTime(), alice = await endpoint(time), bob = await endpoint(time);
  bob.link.openState(ALICE, alice.link.sealState(ALICE, { name: 'Alice', muted: { microphone: false, camera: false } }));
  const send = sender(alice, 'microphone'), slot = receiver(bob, 'a0', 'audio');
  slot.give(send(undefined, 'one'));
  slot.give(empty('audio/opus'));
  slot.give(send(undefined, 'two'));
  assert.deepEqual(slot.shown, ['one', 'two']);
  assert.deepEqual(slot.drops(), { empty: 1 });
  assert.deepEqual(bob.events.filter(({ type }) => type === 'decryptionFailed'), []);
});
