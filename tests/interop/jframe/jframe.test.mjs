// Sotto's JFrame against a model of Jitsi's: what one seals, the other opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { framesOf } from '../frames.mjs';
import { random } from '../models/bytes.mjs';
import { JFrameModel } from '../models/jframe.mjs';
import { assertOpened, Format, startPeer } from '../peer.mjs';

let peer;
before(async () => { peer = await startPeer(); });
after(() => peer.close());

async function both(index = 0) {
  const key = random(32);
  const ours = await peer.participant(Format.jframe);
  await ours.setKey(index, key);
  const sender = new JFrameModel();
  const receiver = new JFrameModel();
  sender.setKey(index, key);
  receiver.setKey(index, key);
  return { ours, sender, receiver };
}

for (const codec of ['opus', 'vp8']) {
  test(`${codec} frames open in both directions`, async () => {
    const { ours, sender, receiver } = await both(9);
    for (const frame of framesOf(codec)) {
      const opened = await ours.open(frame, await sender.seal(frame));
      assertOpened(opened, { data: frame.data, index: 9 });
      assert.deepEqual(await receiver.open(frame, await ours.seal(frame)), frame.data);
    }
  });
}

test('a ratchet on either side is followed by the other, up to eight steps', async () => {
  const { ours, sender, receiver } = await both();
  const frames = framesOf('opus');
  for (const [i, steps] of [1, 2, 8].entries()) {
    for (let step = 0; step < steps; ++step) await sender.ratchet();
    const opened = await ours.open(frames[i], await sender.seal(frames[i]));
    assertOpened(opened, { data: frames[i].data, ratcheted: true });
  }
  // The key that Sotto followed to is the one that it seals with: 11 steps from where the model began.
  assert.equal(await receiver.open(frames[3], await ours.seal(frames[3])), null);
  for (let step = 0; step < 3; ++step) await receiver.ratchet();
  assert.deepEqual(await receiver.open(frames[4], await ours.seal(frames[4])), frames[4].data);
});

test('nine steps at once open on neither side', async () => {
  const { ours, sender, receiver } = await both();
  const [frame, second] = framesOf('opus');
  for (let step = 0; step < 9; ++step) {
    await sender.ratchet();
  }
  await assert.rejects(ours.open(frame, await sender.seal(frame)), /unauthenticated/);
  for (let step = 0; step < 9; ++step) await ours.ratchet(0);
  assert.equal(await receiver.open(second, await ours.seal(second)), null);
});

test('codecs that JFrame does not carry are refused', async () => {
  const { ours } = await both();
  for (const codec of ['vp9', 'av1', 'h264']) {
    await assert.rejects(ours.seal(framesOf(codec)[0]), /unsupported/, codec);
  }
});
