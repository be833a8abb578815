// A stream whose attaching is refused, for whatever reason, is not left to be sent or played in the
// clear; in Node, with a browser of the test's own.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/paths.mjs';

const { outputFiles } = await build({
  entryPoints: [join(root, 'wasm/src/index.ts')], bundle: true, format: 'esm', target: 'node18', write: false,
});
const { E2ee, LOCAL } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

class FakeWorker {
  posted = [];
  postMessage(message) {
    structuredClone(message); // refuses what a browser would
    this.posted.push(message);
    if (message.type === 'start') queueMicrotask(() => this.onmessage({ data: { type: 'ready' } }));
  }
  terminate() {}
}
globalThis.Worker = FakeWorker;
globalThis.RTCRtpScriptTransform = class { constructor(worker, options) { Object.assign(this, { worker, options }); } };

const create = (via = 'script-transform') => E2ee.create({ via, workerUrl: '/worker.js' });
const camera = (more) => ({
  track: { kind: 'video' }, replaced: [], replaceTrack(track) { this.replaced.push(track); return Promise.resolve(); }, ...more,
});
const incoming = (more) => ({ track: { kind: 'video', id: 'v0', stopped: 0, stop() { this.stopped++; } }, ...more });
const refusesTooLate = { createEncodedStreams() { throw new Error('too late'); } };

for (const [what, via, browser] of [
  ['too late for createEncodedStreams()', 'encoded-streams', refusesTooLate],
  ['no createEncodedStreams() at all', 'encoded-streams', {}],
  ['a transform that Chromium would go past', 'script-transform', refusesTooLate],
  ['a transform that the browser refuses', 'script-transform', { set transform(_) { throw new TypeError('no'); } }],
]) {
  test(`${what}: the sender sends nothing, the receiver plays nothing`, async () => {
    const e2ee = await create(via), make = (end) => Object.defineProperties(end, Object.getOwnPropertyDescriptors(browser));
    const sender = make(camera()), receiver = make(incoming());
    assert.throws(() => e2ee.attachSender(sender), { name: /E2eeError|UnsupportedError/ });
    assert.throws(() => e2ee.attachReceiver(receiver), { name: /E2eeError|UnsupportedError/ });
    assert.deepEqual([sender.replaced, receiver.track.stopped], [[null], 1]);
  });
}

test('a mistake in what attaching is asked for stops the stream, too', async () => {
  for (const options of [{ source: 'webcam' }, { source: 'microphone' }]) {
    const e2ee = await create(), sender = camera();
    assert.throws(() => e2ee.attachSender(sender, options), { code: 'bad-argument' });
    assert.deepEqual(sender.replaced, [null]);
  }
  for (const options of [{ participant: 7 }, { participant: LOCAL }, { participant: null }, { slot: 3 }, { source: 'webcam' }, { kind: 'audio', source: 'camera' }]) {
    const e2ee = await create(), receiver = incoming();
    assert.throws(() => e2ee.attachReceiver(receiver, options), { code: 'bad-argument' });
    assert.deepEqual([receiver.track.stopped, receiver.transform], [1, undefined], JSON.stringify(options));
  }
});

test('after the worker has ended a newcomer is cut off, whoever it is said to be', async () => {
  const e2ee = await create(), receiver = incoming();
  e2ee.close();
  assert.throws(() => e2ee.attachReceiver(receiver, { participant: 'ada' }), { code: 'closed' });
  assert.ok(receiver.transform, 'what has no transform would be played in the clear');
});

test('what is attached already goes on when somebody attaches it once more in vain', async () => {
  let times = 0;
  const sender = camera({
    createEncodedStreams() {
      if (times++) throw new Error('twice');
      return { readable: null, writable: null };
    },
  });
  const e2ee = await create('encoded-streams');
  e2ee.attachSender(sender);
  assert.throws(() => e2ee.attachSender(sender), { code: 'bad-argument', message: /attach each sender and receiver once/ });
  assert.throws(() => e2ee.attachSender(sender, { source: 'webcam' }), { code: 'bad-argument' });
  assert.deepEqual(sender.replaced, []);
});

test('a key of an index that there is not is left to the app', async () => {
  const e2ee = await create(), key = new Uint8Array(32).fill(7);
  for (const call of [e2ee.setKey(key, { index: -1 }), e2ee.rotate(key, { index: 1.5 })]) {
    await assert.rejects(call, { code: 'bad-argument' });
  }
  assert.equal(key[0], 7);
});

test('what cannot be handed to the worker is a bad argument, and a claim without a source is one', async () => {
  const e2ee = await create();
  await assert.rejects(e2ee.sealState('ada', { name: 'Ada', muted: {}, shout() {} }), { code: 'bad-argument', name: 'E2eeError' });
  for (const occupant of [undefined, { endpoint: 'ada' }, { endpoint: 7, source: 'camera' }]) {
    assert.throws(() => e2ee.claim('v0', occupant), { code: 'bad-argument' });
  }
  e2ee.claim('v0', null);
});
