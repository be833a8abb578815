// Encryption off and on in the middle of a call: only because the app says so, without a gap, and
// closed again within a second whatever a server does.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { VirtualTime, ALICE, introduce } from './virtual_room.mjs';
import * as link from './virtual_room.mjs';
import { endpoint, key, named, receiver, sender } from './external_room.mjs';

async function two(format = 'sotto') {
  const time = new VirtualTime();
  const [alice, bob] = [await endpoint(time, format), await endpoint(time, format)];
  alice.setKey('local', key(1));
  bob.setKey(named('alice'), key(1));
  return { time, alice, bob, camera: sender(alice, 'camera'), slot: receiver(bob, 'alice') };
}
const texts = (count, from = 0) => Array.from({ length: count }, (_, at) => String(at + from));

for (const format of ['sotto', 'livekit', 'jframe']) {
  for (const first of ['sender', 'receiver']) {
    test(`${format}: off and on again, the ${first} first, without losing a frame`, async () => {
      const { time, alice, bob, camera, slot } = await two(format);
      let number = 0;
      const play = (count) => {
        for (let i = 0; i < count; i++) { slot.give(camera.send(number ? 'delta' : 'key', String(number++))); time.advance(66); }
      };
      const order = first === 'sender' ? [alice, bob] : [bob, alice];
      play(10);
      // Off is safe in one order only: who still wants it sealed plays nothing else.
      bob.room.switchTo(false);
      play(5);
      alice.room.switchTo(false);
      play(10);
      for (const one of order) { one.room.switchTo(true); play(5); }
      play(20);
      assert.deepEqual(slot.shown, texts(number));
      assert.deepEqual([slot.drops(), camera.report().drops], [{}, {}]);
      assert.ok(slot.report().clear >= 10);
      assert.deepEqual(bob.of('decryptionFailed'), []);
      assert.deepEqual(bob.of('keyMissing'), []);
    });
  }
}

test('a receiver that still wants encryption plays nothing in the clear', async () => {
  const { time, alice, camera, slot } = await two();
  slot.give(camera.send('key', 'sealed'));
  alice.room.switchTo(false);
  for (let i = 0; i < 60; i++) { slot.give(camera.send('delta', 'clear')); time.advance(66); }
  assert.deepEqual([slot.shown, slot.report().clear], [['sealed'], 0]);
});

test("back on, clear frames pass until the sender's first sealed one, and none after it", async () => {
  const { alice, bob, camera, slot } = await two();
  for (const one of [alice, bob]) one.room.switchTo(false);
  slot.give(camera.send('key', 'clear'));
  bob.room.switchTo(true);
  slot.give(camera.send('delta', 'not yet'));
  const late = camera.send('delta', 'late');
  alice.room.switchTo(true);
  slot.give(camera.send('delta', 'sealed'), late);
  assert.deepEqual(slot.shown, ['clear', 'not yet', 'sealed']);
  assert.equal(Object.values(slot.drops()).reduce((a, b) => a + b, 0), 1);
});

test('back on, no clear frame passes after one second, though nothing sealed has come', async () => {
  const { time, alice, bob, camera, slot } = await two();
  for (const one of [alice, bob]) one.room.switchTo(false);
  slot.give(camera.send('key', 'clear'));
  bob.room.switchTo(true);
  time.advance(990);
  slot.give(camera.send('delta', 'in time'));
  time.advance(10);
  for (let i = 0; i < 20; i++) slot.give(camera.send('delta', 'too late'));
  time.advance(1000);
  assert.deepEqual(slot.shown, ['clear', 'in time']);
});

test('to say "on" when it is on opens nothing', async () => {
  const { alice, bob, camera, slot } = await two();
  alice.room.switchTo(false);
  bob.room.switchTo(true);
  slot.give(camera.send('key', 'clear'));
  assert.deepEqual(slot.shown, []);
});

test('what goes on after clear frames is nobody\'s until an authenticated key frame, which is asked for', async () => {
  const { alice, bob, camera, slot } = await two();
  slot.give(camera.send('key', 'face'));
  for (const one of [bob, alice]) one.room.switchTo(false);
  slot.give(camera.send('delta', 'clear'));
  assert.equal(slot.report().occupant, null, 'clear frames are nobody\'s');
  for (const one of [alice, bob]) one.room.switchTo(true);
  assert.equal(camera.asked.length, 1, 'the sender makes one by itself');
  slot.give(camera.send('delta', 'sealed'));
  assert.deepEqual([slot.asked.length, bob.of('occupant').length], [1, 1]);
  slot.give(camera.send('key', 'new face'));
  assert.deepEqual(slot.shown, ['face', 'clear', 'sealed', 'new face']);
  assert.equal(bob.of('occupant').length, 2);
});

test("another's sealed delta frames do not go on a picture that began in the clear", async () => {
  const { alice, bob, camera, slot } = await two();
  bob.setKey(named('carol'), key(3));
  for (const one of [alice, bob]) one.room.switchTo(false);
  slot.give(camera.send('key', 'clear'));
  for (const one of [alice, bob]) one.room.switchTo(true);
  bob.room.claim(slot.slot, { endpoint: 'carol', source: 'camera' });
  const carol = await endpoint(alice.time);
  carol.setKey('local', key(3));
  slot.give(sender(carol, 'camera').send('delta', 'carol'));
  assert.deepEqual(slot.shown, ['clear']);
});

test('the page is told what leaves: sealed, in the clear, sealed again', async () => {
  const { alice, camera } = await two();
  camera.send('key');
  alice.room.switchTo(false);
  camera.send();
  camera.send();
  alice.room.switchTo(true);
  camera.send();
  assert.deepEqual(alice.of('sending').map(({ sealed, clear }) => [sealed, clear]), [[true, false], [false, true], [true, false]]);
  assert.equal(camera.report().clear, 2);
});

test('while it is off, no clear frame is lost because it happens to look sealed', async () => {
  for (const format of ['sotto', 'livekit', 'jframe', 'dave']) {
    const time = new VirtualTime(), bob = await endpoint(time, format), alice = await endpoint(time, format);
    bob.setKey(named('alice'), key(1, format === 'dave' ? 16 : 32));
    for (const one of [alice, bob]) one.room.switchTo(false);
    const ear = receiver(bob, 'alice', 'audio'), voice = sender(alice, 'microphone');
    for (let i = 0; i < 3000; i++) {
      const frame = voice.send();
      const bytes = new Uint8Array(frame.data = new ArrayBuffer(40));
      for (let at = 0; at < 40; at++) bytes[at] = (i * 2654435761 >>> at % 24) + at * i;
      bytes.set(format === 'dave' ? [0xfa, 0xfa] : [0x0c, 0x00], 38); // how sealed ones of other formats end
      ear.give(frame);
    }
    assert.deepEqual([ear.report().clear, ear.report().drops], [3000, {}], format);
  }
});

test('a room link can be switched off and on as well', async () => {
  const time = new VirtualTime();
  const [alice, bob] = [await link.endpoint(time), await link.endpoint(time)];
  introduce(alice, ALICE, bob);
  const camera = link.sender(alice, 'camera'), slot = link.receiver(bob, 'v0', 'video');
  slot.give(camera('key', 'one'));
  for (const one of [bob, alice]) one.room.switchTo(false);
  slot.give(camera('delta', 'two'));
  for (const one of [alice, bob]) one.room.switchTo(true);
  slot.give(camera('delta', 'three'));
  assert.deepEqual(slot.shown, ['one', 'two', 'three']);
  alice.room.switchTo(false);
  slot.give(camera('key', 'four'));
  assert.equal(slot.shown.length, 3);
});

test('while it is off, what is known to be sealed does not reach a decoder as noise', async () => {
  const { bob, camera, slot } = await two();
  const [first, second] = [camera.send('key', 'one'), camera.send('delta', 'two')];
  slot.give(first);
  bob.room.switchTo(false);
  slot.give(second, first, second, { ...second, data: new ArrayBuffer(0) });
  assert.deepEqual([slot.shown, slot.report().clear, slot.drops()], [['one', 'two'], 0, { replayed: 2, empty: 1 }]);
});

test('with a link, another\'s deltas go on what began in the clear for two seconds after the lock has closed, no longer', async () => {
  const time = new VirtualTime();
  const [alice, bob] = [await link.endpoint(time), await link.endpoint(time)];
  introduce(alice, ALICE, bob);
  const camera = link.sender(alice, 'camera'), slot = link.receiver(bob, 'v0', 'video');
  bob.room.switchTo(false);
  slot.give(link.frame('video/VP9', 'key', 'somebody'));
  bob.room.switchTo(true);
  time.advance(1990);
  slot.give(camera('delta', 'in time'));
  time.advance(20);
  slot.give(camera('delta', 'too late'));
  assert.deepEqual([slot.shown, slot.drops()], [['somebody', 'in time'], { 'awaiting-key-frame': 1 }]);
  slot.give(camera('key', 'Alice'));
  assert.equal(slot.shown.at(-1), 'Alice');
});
