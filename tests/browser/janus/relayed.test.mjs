// What Janus gets is what it relays, and nothing of an encoder's frame is in it.
import '../support/own_network.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { inRoom, secretOf } from './call.mjs';

const ours = { name: 'ann', secret: secretOf(1) };
const WINDOW = 12; // longer than the longest shell that all frames share

function* windows(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  for (let at = 0; at + WINDOW <= text.length; at++) yield text.slice(at, at + WINDOW);
}

test('what Janus relays is bit for bit what the module sealed, and has no plaintext in it', () => inRoom('VP8', async (open) => {
  const [ann, ben, janus] = await Promise.all([open(), open(), open()]);
  const feed = await ann.publish({ codec: 'vp8', tap: true, ...ours });
  await ben.subscribe({ feed, ...ours });
  await janus.subscribe({ feed, bare: true });
  await ben.seesAndHears();
  const relayed = await until('frames as Janus relays them', async () => {
    const frames = await janus.frames();
    const count = (video) => frames.filter((frame) => frame.video === video).length;
    return count(true) >= 60 && count(false) >= 60 && frames;
  });
  const passed = await ann.frames();
  const text = ({ bytes }) => Buffer.from(bytes).toString('latin1');
  const of = (stage) => passed.filter((frame) => frame.stage === stage);

  const sealed = new Set(of('sealed').map(text));
  const others = relayed.filter((frame) => !sealed.has(text(frame)));
  assert.deepEqual(others.map(({ video, bytes }) => ({ video, head: bytes.slice(0, 16) })), []);

  const seen = new Set(relayed.flatMap(({ bytes }) => [...windows(bytes)]));
  const found = (stage, video) => {
    const all = of(stage).filter((frame) => frame.video === video).flatMap(({ bytes }) => [...windows(bytes)]);
    return { all: all.length, found: all.filter((piece) => seen.has(piece)).length };
  };
  for (const video of [true, false]) {
    const plain = found('plain', video);
    assert.ok(plain.all > 1000, `plaintext to look for: ${plain.all}`);
    assert.equal(plain.found, 0, `${video ? 'video' : 'audio'} in the clear`);
    const control = found('sealed', video);
    assert.ok(control.found > 1000, `the same search finds the sealed bytes: ${control.found} of ${control.all}`);
  }
  assert.equal(await janus.picture(), null, 'and a decoder shows nothing of it');
}));
