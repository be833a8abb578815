// LiveKit's keys of 256 bits, chosen through the module's own worker code, against LiveKit's worker.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { LiveKitWorker } from '../../interop/livekit/worker.mjs';
import { endpoint, key, named, receiver, sender } from './external_room.mjs';
import { VirtualTime } from './virtual_room.mjs';

const AES_256 = { suite: 1 }; // as create() says it to the worker for `keySize: 256`
const KEYS = { 'a raw key': key(5), 'a passphrase': 'correct horse battery staple' };

const asTheirs = (frame) => {
  const { synchronizationSource: ssrc, rtpTimestamp: timestamp } = frame.getMetadata();
  return { codec: 'vp8', ssrc, timestamp, key: frame.type === 'key', data: new Uint8Array(frame.data) };
};
const asOurs = (like, data) => ({ type: like.type, getMetadata: like.getMetadata, data: data.slice().buffer });
const text = (data) => new TextDecoder().decode(data).replace(/^[^]*?(?=<)/, '');

for (const [how, given] of Object.entries(KEYS)) {
  test(`under ${how} LiveKit with AES-256 opens what we seal, and we what LiveKit seals`, async () => {
    const time = new VirtualTime();
    const [ours, control] = [await endpoint(time, 'livekit', AES_256), await endpoint(time, 'livekit')];
    for (const end of [ours, control]) {
      end.setKey('local', given);
      end.setKey(named('them'), given);
    }
    const worker = await LiveKitWorker.start({ keySize: 256 });
    await worker.setKey('them', 0, given);
    const [encode, decode] = [await worker.track('encode', 'them'), await worker.track('decode', 'them')];
    const camera = sender(ours, 'camera'), smaller = sender(control, 'camera', 8);
    const slot = receiver(ours, 'them'), blind = receiver(control, 'them');
    for (const type of ['key', 'delta']) {
      const sealed = camera.send(type, `ours ${type}`);
      assert.equal(text(await decode(asTheirs(sealed))), `<ours ${type}>`);
      const frame = asTheirs(sealed);
      const encoded = Uint8Array.from([...frame.data.subarray(0, type === 'key' ? 10 : 3), ...new TextEncoder().encode(`<theirs ${type}>`)]);
      const theirs = await encode({ ...frame, timestamp: frame.timestamp + 1, data: encoded });
      slot.give(asOurs(sealed, theirs));
      blind.give(asOurs(sealed, theirs));
    }
    assert.deepEqual(slot.shown, ['theirs key', 'theirs delta']);
    assert.deepEqual(worker.errors(), []);
    // Keys of 128 bits are other keys, at either end.
    assert.equal(await decode(asTheirs(smaller.send('key', 'smaller'))), null);
    time.advance(1000);
    assert.deepEqual([blind.shown, blind.drops()], [[], { unauthenticated: 2 }]);
  });
}
