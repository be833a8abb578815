// Sotto's DAVE against a model of Discord's: what one seals, the other opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { framesOf, syntheticH265 } from '../frames.mjs';
import { random } from '../models/bytes.mjs';
import { DaveModel, transformed } from '../models/dave.mjs';
import { assertOpened, Format, startPeer } from '../peer.mjs';

let peer;
before(async () => { peer = await startPeer(); });
after(() => peer.close());

async function both(epoch = 1) {
  const secret = random(16);
  const ours = await peer.participant(Format.dave);
  await ours.setKey(epoch, secret);
  return { ours, secret, model: new DaveModel(secret) };
}

for (const codec of ['opus', 'vp8', 'vp9', 'av1', 'h264', 'h265']) {
  test(`${codec} frames open in both directions`, async () => {
    const { ours, model } = await both();
    for (const frame of codec === 'h265' ? syntheticH265() : framesOf(codec, { most: 40 })) {
      const expected = transformed(frame);
      const opened = await ours.open(frame, await model.seal(frame));
      assert.deepEqual(opened.data, expected, 'what the model sealed');
      const back = await model.open(await ours.seal(frame));
      assert.deepEqual(back.data, expected, 'what Sotto sealed');
    }
  });
}

test('the counter begins at 1 and goes up by one a frame, through all epochs', async () => {
  const { ours, model } = await both(4);
  const frames = framesOf('opus');
  assert.equal((await model.open(await ours.seal(frames[0]))).nonce, 1);
  assert.equal((await model.open(await ours.seal(frames[1]))).nonce, 2);
  const next = random(16);
  await ours.setKey(5, next);
  assert.equal((await new DaveModel(next).open(await ours.seal(frames[2]))).nonce, 3);
});

test('the generation follows the highest byte of the counter, in order and not', async () => {
  const { ours, model } = await both();
  const frames = framesOf('opus');
  for (const [i, nonce] of [1, 0x00ffffff, 0x01000000, 0x01000001, 0x02000000, 0x0fffffff].entries()) {
    model.nonce = nonce - 1;
    const opened = await ours.open(frames[i], await model.seal(frames[i]));
    assertOpened(opened, { data: frames[i].data, counter: nonce });
  }
});

test('a generation more than 250 ahead is refused, one that is 250 ahead opens', async () => {
  const { ours, model } = await both();
  const [frame] = framesOf('opus');
  model.nonce = 251 * 2 ** 24;
  await assert.rejects(ours.open(frame, await model.seal(frame)), /unauthenticated/);
  model.nonce = 250 * 2 ** 24;
  assert.deepEqual((await ours.open(frame, await model.seal(frame))).data, frame.data);
});

test('frames of the epoch before open for ten seconds after the next one is in use', async () => {
  const { ours, model } = await both(1);
  const frames = framesOf('opus');
  await peer.setTime(1_000_000);
  const secret = random(16);
  await ours.setKey(2, secret);
  assertOpened(await ours.open(frames[0], await model.seal(frames[0])), { data: frames[0].data, index: 1 });
  const newer = await ours.open(frames[1], await new DaveModel(secret).seal(frames[1]));
  assertOpened(newer, { data: frames[1].data, index: 2 });
  await peer.setTime(10_999_999);
  assert.deepEqual((await ours.open(frames[2], await model.seal(frames[2]))).data, frames[2].data);
  await peer.setTime(11_000_000);
  await assert.rejects(ours.open(frames[3], await model.seal(frames[3])), /unauthenticated/);
});

test('silence that a server makes, and a frame in the clear, are errors', async () => {
  const { ours } = await both();
  const [frame] = framesOf('opus');
  await assert.rejects(ours.open(frame, Uint8Array.of(0xf8, 0xff, 0xfe)), /truncated/);
  await assert.rejects(ours.open(frame, frame.data), /malformed|truncated/);
});
