// Keys that the app hands out, in every frame format, in virtual time.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { VirtualTime } from './virtual_room.mjs';
import { endpoint, key, named, readable, receiver, sender } from './external_room.mjs';

const FORMATS = (process.env.FORMATS ?? 'sotto livekit jframe dave').split(' ');
const SIZES = { sotto: 32, livekit: 32, jframe: 32, dave: 16 };

async function two(format) {
  const time = new VirtualTime();
  const [alice, bob] = [await endpoint(time, format), await endpoint(time, format)];
  const raw = (fill) => key(fill, SIZES[format]);
  return { time, alice, bob, raw };
}

for (const format of FORMATS) {
  test(`${format}: a raw key of one sender opens that sender's frames and seals one's own`, async () => {
    const { alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(1));
    const camera = sender(alice, 'camera'), voice = sender(alice, 'microphone', 8);
    const slot = receiver(bob, 'alice'), ear = receiver(bob, 'alice', 'audio');
    const sealed = [camera.send('key', 'face'), camera.send('delta', 'moves')];
    for (const frame of sealed) assert.ok(!readable(frame, 'face') && !readable(frame, 'moves'));
    slot.give(...sealed);
    ear.give(voice.send(undefined, 'hello'));
    assert.deepEqual([slot.shown, ear.shown], [['face', 'moves'], ['hello']]);
    assert.deepEqual([slot.drops(), ear.drops()], [{}, {}]);
    assert.equal(slot.report().participant, 'alice');
    assert.deepEqual(bob.of('occupant').map(({ endpoint: who }) => who), ['alice', 'alice']);
  });

  test(`${format}: another's key opens nothing, and the event says who and why`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(2));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key'), camera.send('delta'));
    time.advance(1000);
    assert.deepEqual(slot.shown, []);
    const failed = bob.of('decryptionFailed');
    assert.equal(failed.length, 1, 'one a second');
    assert.equal(failed[0].participant, 'alice');
    assert.equal(failed[0].cause, format === 'sotto' ? failed[0].cause : 'unauthenticated');
  });

  test(`${format}: a key frame sent before its key arrives waits for it; so does everything after`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', 'one'));
    time.advance(400);
    slot.give(camera.send('delta', 'two'));
    assert.deepEqual(bob.of('keyMissing').map(({ participant }) => participant), ['alice']);
    bob.setKey(named('alice'), raw(1));
    assert.deepEqual(slot.shown, ['one', 'two']);
    assert.deepEqual(slot.asked, [], 'no key frame was needed');
  });

  test(`${format}: a receiver that gets its first key too late for the key frame asks for one`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', 'lost'));
    time.advance(2000);
    slot.give(camera.send('delta', 'useless'));
    bob.setKey(named('alice'), raw(1));
    assert.equal(slot.asked.length, 1);
    slot.give(camera.send('key', 'face'));
    assert.deepEqual(slot.shown, ['face']);
  });

  test(`${format}: a sender without a key sends nothing, and begins with a key frame when it has one`, async () => {
    const { alice, raw } = await two(format);
    const camera = sender(alice, 'camera'), voice = sender(alice, 'microphone');
    assert.equal(camera.send('key'), undefined);
    assert.deepEqual(camera.report().drops, { 'no-key': 1 });
    assert.deepEqual(alice.of('sending'), [{ type: 'sending', source: 'camera', sealed: false, clear: false }]);
    alice.setKey('local', raw(1));
    assert.ok(camera.send('delta'));
    assert.ok(voice.send());
    assert.equal(camera.asked.length, 1);
    assert.equal(voice.asked.length, 0);
    assert.ok(camera.send('delta'));
    assert.equal(camera.asked.length, 1);
  });

  test(`${format}: a rotation loses no frame and costs no key frame, whoever is first`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', '0'));
    // The receiver first: what is on its way still opens.
    const late = camera.send('delta', '1');
    assert.equal(bob.rotate(named('alice'), raw(2)), 1);
    slot.give(late);
    assert.equal(alice.rotate('local', raw(2)), 1);
    slot.give(camera.send('delta', '2'));
    const expected = ['0', '1', '2'];
    if (format !== 'dave') { // whose frames do not name their key, so that a new one looks like a forgery
      // The sender first: what overtakes the key waits.
      alice.rotate('local', raw(3));
      slot.give(camera.send('delta', '3'));
      time.advance(300);
      slot.give(camera.send('delta', '4'));
      bob.rotate(named('alice'), raw(3));
      slot.give(camera.send('delta', '5'));
      expected.push('3', '4', '5');
    }
    assert.deepEqual(slot.shown, expected);
    assert.deepEqual([slot.drops(), slot.asked, camera.asked], [{}, [], []]);
  });

  test(`${format}: a key can be handed out first and used later`, async () => {
    const { alice, bob, raw } = await two(format);
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    alice.setKey('local', raw(1));
    alice.setKey('local', raw(2), 1, false);
    bob.setKey(named('alice'), raw(1));
    slot.give(camera.send('key', 'first'));
    bob.setKey(named('alice'), raw(2), 1);
    alice.use(1);
    slot.give(camera.send('delta', 'second'));
    assert.deepEqual(slot.shown, ['first', 'second']);
    assert.throws(() => alice.use(5), { code: 'no-key' });
  });

  test(`${format}: a replayed frame, into any of the sender's slots, is dropped and counted`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    const once = camera.send('key', 'once');
    slot.give(once, once);
    time.advance(5000);
    const other = receiver(bob, 'alice', 'video', 'v9');
    other.give(once);
    assert.deepEqual([slot.shown, other.shown], [['once'], []]);
    assert.deepEqual([slot.drops(), other.drops()], [{ replayed: 1 }, { replayed: 1 }]);
  });

  test(`${format}: one participant's frames open under no other's name`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(1));
    bob.setKey(named('carol'), raw(3));
    const slot = receiver(bob, 'carol');
    slot.give(sender(alice, 'camera').send('key', 'alice as carol'));
    time.advance(1000);
    assert.deepEqual(slot.shown, []);
    assert.ok(Object.keys(slot.drops()).every((cause) => ['unauthenticated', 'unknown-key'].includes(cause)));
  });

  test(`${format}: a server that swaps two senders' streams has both dropped and counted`, async () => {
    const { time, alice, bob, raw } = await two(format);
    const carol = await endpoint(time, format);
    alice.setKey('local', raw(1));
    carol.setKey('local', raw(3));
    bob.setKey(named('alice'), raw(1));
    bob.setKey(named('carol'), raw(3));
    const streams = [sender(alice, 'camera'), sender(carol, 'camera', 9)];
    const slots = [receiver(bob, 'alice'), receiver(bob, 'carol')];
    slots.forEach((slot, at) => slot.give(streams[at].send('key', `${at}`)));
    for (let i = 0; i < 5; i++) slots.forEach((slot, at) => slot.give(streams[1 - at].send('key', 'swapped')));
    time.advance(1000);
    slots.forEach((slot, at) => slot.give(streams[at].send('delta', 'back')));
    for (const [at, slot] of slots.entries()) {
      assert.deepEqual(slot.shown, [`${at}`, 'back']);
      const drops = slot.drops();
      assert.equal((drops.unauthenticated ?? 0) + (drops['unknown-key'] ?? 0), 5, JSON.stringify(drops));
    }
  });

  test(`${format}: who is forgotten is not heard, and not with recorded frames after coming back`, async () => {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    const recorded = camera.send('key', 'once');
    slot.give(recorded);
    bob.room.forget('alice');
    slot.give(camera.send('key', 'gone'));
    time.advance(1000);
    assert.deepEqual(slot.shown, ['once']);
    // DAVE's keys are new in every epoch; elsewhere the app may give the same one again.
    if (format === 'dave') bob.setKey(named('alice'), raw(2), 1);
    else bob.setKey(named('alice'), raw(1));
    slot.give(recorded);
    assert.deepEqual(slot.shown, ['once']);
  });

  test(`${format}: clear frames of a server are never shown`, async () => {
    const { time, alice, bob, raw } = await two(format);
    bob.setKey(named('alice'), raw(1));
    alice.room.switchTo(false);
    const slot = receiver(bob, 'alice'), ear = receiver(bob, 'alice', 'audio');
    const camera = sender(alice, 'camera'), voice = sender(alice, 'microphone');
    for (let i = 0; i < 30; i++) { slot.give(camera.send(i ? 'delta' : 'key', 'clear')); ear.give(voice.send(undefined, 'clear')); time.advance(66); }
    time.advance(1000);
    assert.deepEqual([slot.shown, ear.shown, slot.report().clear], [[], [], 0]);
    if (format !== 'sotto') assert.deepEqual(slot.drops(), { 'not-encrypted': 30 });
  });
}

test('a million forged frames neither grow memory, flood the page, nor stop a good one', async () => {
  for (const format of ['sotto', 'livekit', 'dave']) {
    const { time, alice, bob, raw } = await two(format);
    alice.setKey('local', raw(1));
    bob.setKey(named('alice'), raw(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', 'first'));
    const size = () => bob.context.core.exports.memory.buffer.byteLength;
    const model = camera.send('delta', 'never delivered');
    const before = size(), started = bob.events.length;
    for (let i = 0; i < 1_000_000; i++) {
      const bytes = new Uint8Array(model.data.slice(0));
      // Everything but the clear beginning and how the format's frames end: key numbers, counters, tags.
      for (let at = 3; at < bytes.length - (format === 'sotto' ? 0 : 2); at++) bytes[at] = (i * 2654435761 >>> at % 20) + at * i;
      slot.give({ ...model, data: bytes.buffer });
      if (i % 100 === 0) time.advance(1);
      if (i % 100_000 === 0) slot.give(camera.send('delta', `good ${i}`));
    }
    assert.equal(slot.shown.length, 11, `${format}: ${slot.shown}`);
    assert.ok(size() - before <= 1 << 20, `${format}: ${size() - before} bytes more`);
    const told = bob.events.length - started, causes = Object.keys(slot.drops()).length;
    assert.ok(told <= 11 * (causes + 1), `${format}: ${told} events for ${causes} causes in 10 s`);
  }
});
