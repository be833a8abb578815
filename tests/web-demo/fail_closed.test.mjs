// With a dead encryption worker nothing may be left behind that a later negotiation sends in the clear.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {attachTransform} = await load('../../wasm/src/attach.ts');
const {WorkerChannel} = await load('../../wasm/src/worker_channel.ts');
const {Publisher} = await load('media/publisher.ts');

const ENDED = new Error('the worker has ended');
const endedChannel = {ended: ENDED, worker: {}, send() { throw ENDED; }};

test('a stream that is attached to a dead worker is cut off, not left without a transform', () => {
  globalThis.RTCRtpScriptTransform = class { constructor(worker, options) { Object.assign(this, {worker, options}); } };
  const sender = {};
  assert.throws(() => attachTransform(endedChannel, 'script-transform', sender, {side: 'send'}), ENDED);
  assert.equal(sender.transform.worker, endedChannel.worker);
});

test('the older way too: its streams are taken, and nobody reads them', () => {
  let taken = 0;
  const sender = {createEncodedStreams: () => (taken++, {readable: {}, writable: {}})};
  assert.throws(() => attachTransform(endedChannel, 'encoded-streams', sender, {side: 'send'}), ENDED);
  assert.equal(taken, 1);
});

test('a source that cannot be sealed is not in the next offer', async () => {
  const transceivers = [];
  globalThis.RTCRtpSender = {};
  globalThis.RTCPeerConnection = class {
    addTransceiver() {
      const transceiver = {sender: {}, mid: '0', stopped: false, stop() { this.stopped = true; }};
      transceivers.push(transceiver);
      return transceiver;
    }
    async createOffer() {
      return {sdp: transceivers.filter(({stopped}) => !stopped).map(({mid}) => `a=mid:${mid}`).join()};
    }
    async setLocalDescription() {}
  };
  const publisher = new Publisher({attachSender() { throw ENDED; }}, 'VP8', []);
  assert.throws(() => publisher.add('screen', {getSettings: () => ({})}), ENDED);
  assert.equal(publisher.has('screen'), false);
  assert.deepEqual(await publisher.offer(), {sdp: '', tracks: []});
});

test('a worker that has failed, in whatever way, seals and opens nothing more', () => {
  for (const fail of [(worker) => worker.onmessage({data: {type: 'failed', code: 'worker-failed', message: 'trap'}}), (worker) => worker.onerror({message: 'oops'})]) {
    let worker;
    globalThis.Worker = class {
      terminated = false;
      constructor() { worker = this; }
      terminate() { this.terminated = true; }
    };
    const told = [];
    const channel = new WorkerChannel('/worker.js', (message) => told.push(message.type));
    fail(worker);
    assert.deepEqual([worker.terminated, channel.ended?.code, told], [true, 'worker-failed', ['failed']]);
  }
});
