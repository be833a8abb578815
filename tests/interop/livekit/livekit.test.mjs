// Sotto's LiveKit format against LiveKit's own worker: what one seals, the other opens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { framesOf, syntheticH265 } from '../frames.mjs';
import { assertOpened, Format, startPeer } from '../peer.mjs';
import { LiveKitWorker } from './worker.mjs';

let peer;
before(async () => { peer = await startPeer(); });
after(() => peer.close());

const raw = new Uint8Array(randomBytes(32));
const keys = { 'a raw key': raw, 'a passphrase': 'correct horse battery staple' };
const mediaOf = (codec) => (codec === 'h265' ? syntheticH265() : framesOf(codec));

async function bothWith(key, { keySize = 128, index = 0 } = {}) {
  const ours = await peer.participant(Format.livekit, { key256: keySize === 256 });
  await ours.setKey(index, key);
  const worker = await LiveKitWorker.start({ keySize });
  await worker.setKey('them', index, key);
  return { ours, worker };
}

// Depacketizers make every start code four bytes long, so both sides authenticate (and hand on) what
// is in the clear in that form, whatever the encoder wrote.
function withWideStartCodes(data) {
  const out = [];
  data.forEach((byte, i) => {
    const short = byte === 0 && data[i + 1] === 0 && data[i + 2] === 1 && data[i - 1] !== 0;
    out.push(...(short ? [0, byte] : [byte]));
  });
  return Uint8Array.from(out);
}

function withShortStartCodes(frame) {
  const { data } = frame;
  const wide = (i) => data[i] === 0 && data[i + 1] === 0 && data[i + 2] === 0 && data[i + 3] === 1;
  return { ...frame, data: data.filter((_, i) => !wide(i)) };
}

async function assertBothWays({ ours, worker }, frames) {
  const encode = await worker.track('encode', 'them');
  const decode = await worker.track('decode', 'them');
  for (const frame of frames) {
    const expected = frame.codec.startsWith('h26') ? withWideStartCodes(frame.data) : frame.data;
    const theirs = await encode(frame);
    assert.ok(theirs, `LiveKit sealed nothing: ${worker.errors()}`);
    assert.deepEqual((await ours.open(frame, theirs)).data, expected, 'what LiveKit sealed');
    const sealed = await ours.seal(frame);
    assert.notDeepEqual(sealed, theirs);
    if (!frame.codec.startsWith('h26')) assert.equal(sealed.length, theirs.length);
    assert.deepEqual(await decode(frame, sealed), expected, `what Sotto sealed: ${worker.errors()}`);
  }
  assert.deepEqual(worker.errors(), []);
}

for (const codec of ['opus', 'vp8', 'vp9', 'h264', 'h265']) {
  for (const [kind, key] of Object.entries(keys)) {
    for (const keySize of [128, 256]) {
      test(`${codec} frames open in both directions under ${kind}, AES-${keySize}`, async () => {
        await assertBothWays(await bothWith(key, { keySize }), mediaOf(codec));
      });
    }
  }
}

test('frames of an encoder that writes start codes of three bytes open in both directions', async () => {
  for (const codec of ['h264', 'h265']) {
    const frames = mediaOf(codec).slice(0, 20).map(withShortStartCodes);
    assert.deepEqual([...frames[0].data.slice(0, 3)], [0, 0, 1]);
    await assertBothWays(await bothWith(raw), frames);
  }
});

test('every place of the ring of 16 works', async () => {
  const frames = framesOf('opus').slice(0, 2);
  for (const index of [0, 1, 7, 15]) await assertBothWays(await bothWith(raw, { index }), frames);
});

test('AV1, which LiveKit does not seal on the web, is refused', async () => {
  const { ours } = await bothWith(raw);
  await assert.rejects(ours.seal(framesOf('av1')[0]), /unsupported/);
});

test('LiveKit follows when Sotto ratchets', async () => {
  for (const keySize of [128, 256]) {
    const { ours, worker } = await bothWith(raw, { keySize });
    const decode = await worker.track('decode', 'them');
    for (const [i, frame] of framesOf('opus').slice(0, 12).entries()) {
      if (i % 3 === 2) await ours.ratchet(0);
      assert.deepEqual(await decode(frame, await ours.seal(frame)), frame.data, `frame ${i}`);
    }
  }
});

test('Sotto follows when LiveKit ratchets', async () => {
  for (const keySize of [128, 256]) {
    const { ours, worker } = await bothWith(raw, { keySize });
    const encode = await worker.track('encode', 'them');
    for (const [i, frame] of framesOf('vp8').slice(0, 12).entries()) {
      const ratchets = i % 4 === 3 ? i % 3 + 1 : 0;
      for (let step = 0; step < ratchets; ++step) await worker.ratchet('them', 0);
      const opened = await ours.open(frame, await encode(frame));
      assertOpened(opened, { data: frame.data, ratcheted: ratchets > 0 }, `frame ${i}`);
    }
  }
});

// LiveKit's worker 2.23 means to try eight steps too, but derives each attempt from the key it has, and
// so tries the first one eight times.
test('Sotto opens what LiveKit ratcheted up to eight steps ahead, not nine', async () => {
  for (const [steps, opens] of [[8, true], [9, false]]) {
    const { ours, worker } = await bothWith(raw);
    const encode = await worker.track('encode', 'them');
    const [frame] = framesOf('opus');
    for (let i = 0; i < steps; ++i) await worker.ratchet('them', 0);
    const opened = ours.open(frame, await encode(frame));
    if (opens) assert.deepEqual((await opened).data, frame.data);
    else await assert.rejects(opened, /unauthenticated/);
  }
});

test('a rotation to another place of the ring is followed without a lost frame', async () => {
  const { ours, worker } = await bothWith(raw);
  const next = new Uint8Array(randomBytes(32));
  const encode = await worker.track('encode', 'them');
  const decode = await worker.track('decode', 'them');
  const frames = framesOf('vp8').slice(0, 8);
  for (const [i, frame] of frames.entries()) {
    if (i === 4) {
      await ours.setKey(1, next);
      await worker.setKey('them', 1, next);
    }
    const theirs = await encode(frame);
    assert.equal(theirs.at(-1), i < 4 ? 0 : 1);
    assert.deepEqual((await ours.open(frame, theirs)).data, frame.data);
    assert.deepEqual(await decode(frame, await ours.seal(frame)), frame.data);
  }
});

test('neither opens what was sealed under another key', async () => {
  const { ours } = await bothWith(raw);
  const { worker } = await bothWith(new Uint8Array(32).fill(7));
  const encode = await worker.track('encode', 'them');
  const decode = await worker.track('decode', 'them');
  const [frame] = framesOf('opus');
  await assert.rejects(ours.open(frame, await encode(frame)), /unauthenticated/);
  assert.equal(await decode(frame, await ours.seal(frame)), null);
});

test('what LiveKit lets through, Sotto drops: replays, empty frames, frames that a server puts in', async () => {
  const { ours, worker } = await bothWith(raw);
  const encode = await worker.track('encode', 'them');
  const decode = await worker.track('decode', 'them');
  const [frame] = framesOf('opus');
  const sealed = await encode(frame);
  assert.deepEqual(await decode(frame, sealed), frame.data);
  assert.deepEqual(await decode(frame, sealed), frame.data, 'LiveKit opens a frame twice');
  await ours.open(frame, sealed);
  await assert.rejects(ours.open(frame, sealed), /replayed/);
  await assert.rejects(ours.open(frame, new Uint8Array()), /truncated/);

  const trailer = Uint8Array.from(Buffer.from('LK-INJECTED'));
  await worker.tell('setSifTrailer', { trailer });
  const silence = new Uint8Array(80);
  silence.set([0xf8, 0xff, 0xfe]);
  const injected = Uint8Array.from([...silence, ...trailer]);
  assert.deepEqual(await decode(frame, injected), silence, 'LiveKit plays what the server made');
  await assert.rejects(ours.open(frame, injected), /malformed|unknown-key|unauthenticated/);
});
