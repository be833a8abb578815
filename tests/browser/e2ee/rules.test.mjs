// The rules of receiving slots (security profile, section 8), in virtual time.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ALICE, BOB, CAROL, VirtualTime, copy, endpoint, frame, introduce, receiver, sender } from './virtual_room.mjs';

async function three() {
  const time = new VirtualTime();
  const [alice, bob, carol] = [await endpoint(time), await endpoint(time), await endpoint(time)];
  return { time, alice, bob, carol };
}
const of = (events, type) => events.filter((event) => event.type === type);

test('frames of an unknown key wait half a second for it, in order', async () => {
  const { time, alice, bob } = await three();
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'v0', 'video');
  slot.give(camera('key', 'one'));
  time.advance(490);
  slot.give(camera('delta', 'two'));
  assert.deepEqual(slot.shown, []);
  introduce(alice, ALICE, bob);
  assert.deepEqual(slot.shown, ['one', 'two']);
  assert.deepEqual(slot.drops(), {});
});

test('after half a second they are dropped and counted, and the page is told once a second', async () => {
  const { time, alice, bob } = await three();
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'v0', 'video');
  for (let i = 0; i < 50; i++) { slot.give(camera()); time.advance(66); }
  time.advance(1000);
  assert.deepEqual(slot.drops(), { 'unknown-key': 50 });
  introduce(alice, ALICE, bob);
  assert.deepEqual(slot.shown, []);
  const told = of(bob.events, 'decryptionFailed');
  assert.ok(told.length >= 3 && told.length <= 5, `${told.length} in 4 s`);
  assert.ok(of(bob.events, 'keyMissing').length <= 5);
});

test('a bridge that invents keys cannot flood the page', async () => {
  const { time, bob } = await three();
  const slot = receiver(bob, 'a0', 'audio');
  for (let i = 0; i < 40; i++) {
    slot.give(sender(await endpoint(time), 'microphone')());
    time.advance(20);
  }
  assert.equal(of(bob.events, 'keyMissing').length, 1);
  assert.ok(bob.events.length <= 3, `${bob.events.length} events`);
});

test('waiting is bounded: of 1,000 frames 64 wait, and of large ones 4 MiB', async () => {
  const { alice, bob } = await three();
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'v0', 'video');
  for (let i = 0; i < 1000; i++) slot.give(camera('key', `frame ${i}`));
  assert.equal(slot.drops()['unknown-key'], 936);
  introduce(alice, ALICE, bob);
  assert.equal(slot.shown[0], 'frame 936');
  const large = receiver(bob, 'v1', 'video');
  const unknown = sender(await endpoint(new VirtualTime()), 'camera');
  for (let i = 0; i < 10; i++) large.give(unknown('key', 'x'.repeat(1 << 20)));
  assert.equal(large.drops()['unknown-key'], 7);
});

test('a frame that was passed on once is never passed on again, in this slot or another', async () => {
  const { time, alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'v0', 'video'), other = receiver(bob, 'v1', 'video');
  const key = camera('key', 'once');
  slot.give(key);
  slot.give(key);
  time.advance(5000);
  other.give(key);
  assert.deepEqual([slot.shown, other.shown], [['once'], []]);
  assert.deepEqual([slot.drops(), other.drops()], [{ replayed: 1 }, { replayed: 1 }]);
  assert.deepEqual(of(bob.events, 'decryptionFailed'), [], 'duplicates are everyday life');
});

test('a new face begins with an authenticated key frame, asked for at most twice a second', async () => {
  const { time, alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'v0', 'video');
  for (let i = 0; i < 15; i++) { slot.give(camera('delta')); time.advance(66); }
  assert.deepEqual(slot.shown, []);
  assert.equal(slot.asked.length, 2);
  assert.deepEqual(slot.drops(), { 'awaiting-key-frame': 15 });
  assert.deepEqual(of(bob.events, 'occupant'), []);
  slot.give(camera('key', 'face'));
  slot.give(camera('delta', 'moves'));
  assert.deepEqual(slot.shown, ['face', 'moves']);
  assert.deepEqual(of(bob.events, 'occupant'), [{ type: 'occupant', slot: 'v0', endpoint: ALICE, source: 'camera' }]);
});

test('a shell that claims a key frame around a delta frame starts nothing', async () => {
  const { alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const slot = receiver(bob, 'v0', 'video');
  const lie = sender(alice, 'camera')('delta');
  slot.give({ ...lie, type: 'key' });
  assert.deepEqual(slot.drops(), { 'awaiting-key-frame': 1 });
});

test('a new voice is heard from its first authenticated frame', async () => {
  const { alice, bob, carol } = await three();
  introduce(alice, ALICE, bob);
  introduce(carol, CAROL, bob);
  const slot = receiver(bob, 'a0', 'audio');
  slot.give(sender(alice, 'microphone')(undefined, 'alice'));
  slot.give(sender(carol, 'microphone')(undefined, 'carol'));
  assert.deepEqual(slot.shown, ['alice', 'carol']);
  assert.deepEqual(of(bob.events, 'occupant').map((event) => event.endpoint), [ALICE, CAROL]);
});

test("a claim admits only its own member, and late frames of the one before go nowhere", async () => {
  const { time, alice, bob, carol } = await three();
  introduce(alice, ALICE, bob);
  introduce(carol, CAROL, bob);
  const [a, c] = [sender(alice, 'camera'), sender(carol, 'camera')], slot = receiver(bob, 'v0', 'video');
  bob.room.claim('v0', { endpoint: ALICE, source: 'camera' });
  slot.give(a('key', 'alice'));
  bob.room.claim('v0', { endpoint: CAROL, source: 'camera' });
  slot.give(a('delta', 'alice, late'));
  slot.give(c('key', 'carol'));
  time.advance(1000);
  assert.deepEqual(slot.shown, ['alice', 'carol']);
  assert.deepEqual(slot.drops(), { 'claim-mismatch': 1 });
});

test("frames that overtake the bridge's claim wait for it", async () => {
  const { alice, bob, carol } = await three();
  introduce(alice, ALICE, bob);
  introduce(carol, CAROL, bob);
  const [a, c] = [sender(alice, 'camera'), sender(carol, 'camera')], slot = receiver(bob, 'v0', 'video');
  bob.room.claim('v0', { endpoint: ALICE, source: 'camera' });
  slot.give(a('key', 'alice'));
  slot.give(c('key', 'carol'));
  slot.give(c('delta', 'carol moves'));
  assert.deepEqual(slot.shown, ['alice']);
  bob.room.claim('v0', { endpoint: CAROL, source: 'camera' });
  assert.deepEqual(slot.shown, ['alice', 'carol', 'carol moves']);
});

test("a claim can only take away: under anyone's name a frame keeps its sender's", async () => {
  const { time, alice, bob, carol } = await three();
  introduce(alice, ALICE, bob);
  introduce(carol, CAROL, bob);
  const slot = receiver(bob, 'v0', 'video');
  bob.room.claim('v0', { endpoint: CAROL, source: 'camera' });
  slot.give(sender(alice, 'camera')('key', 'alice as carol'));
  time.advance(1000);
  assert.deepEqual(slot.shown, []);
  assert.deepEqual(of(bob.events, 'occupant'), []);
  assert.equal(of(bob.events, 'decryptionFailed')[0].cause, 'claim-mismatch');
});

test('an empty seat plays nothing, and a screen is not a camera, nor a voice a picture', async () => {
  const { time, alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const slot = receiver(bob, 'v0', 'video');
  bob.room.claim('v0', null);
  slot.give(sender(alice, 'camera')('key'));
  bob.room.claim('v0', { endpoint: ALICE, source: 'camera' });
  slot.give(sender(alice, 'screen')('key', 'screen'));
  slot.give({ ...sender(alice, 'microphone')(undefined, 'voice'), type: 'key', getMetadata: () => ({ mimeType: 'video/VP9' }) });
  time.advance(1000);
  assert.equal(slot.shown.includes('screen') || slot.shown.includes('voice'), false);
  assert.equal(slot.drops()['claim-mismatch'], 2);
});

test('a stream plays in one slot at a time and moves with the claim', async () => {
  const { time, alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const voice = sender(alice, 'microphone'), first = receiver(bob, 'a0', 'audio'), second = receiver(bob, 'a1', 'audio');
  first.give(voice(undefined, 'one'));
  second.give(voice(undefined, 'two'));
  assert.deepEqual([first.shown, second.shown, second.drops()], [['one'], [], { 'kid-in-use': 1 }]);
  bob.room.claim('a1', { endpoint: ALICE, source: 'microphone' });
  second.give(voice(undefined, 'three'));
  assert.deepEqual(second.shown, ['three']);
  assert.equal(first.report().occupant, null, 'the first slot has lost its occupant');
  first.give(voice(undefined, 'four'));
  time.advance(600);
  first.give(voice(undefined, 'five'));
  assert.deepEqual(first.shown, ['one', 'five'], 'without a claim it may move after a silence');
});

test('two claims of one stream: the later one counts', async () => {
  const { time, alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const voice = sender(alice, 'microphone'), first = receiver(bob, 'a0', 'audio'), second = receiver(bob, 'a1', 'audio');
  bob.room.claim('a0', { endpoint: ALICE, source: 'microphone' });
  bob.room.claim('a1', { endpoint: ALICE, source: 'microphone' });
  const sealed = [voice(undefined, 'one'), voice(undefined, 'two')];
  first.give(sealed[0]);
  second.give(sealed[1]);
  time.advance(1000);
  assert.deepEqual([first.shown, second.shown], [[], ['two']]);
});

test("one's own frames sent back are not taken for anybody's", async () => {
  const { time, alice, bob } = await three();
  introduce(bob, ALICE, bob); // the bridge returns Bob's own words under another name: they do open,
  const slot = receiver(bob, 'a0', 'audio'); // because Bob sealed them for that name himself
  slot.give(sender(bob, 'microphone')(undefined, 'echo'));
  time.advance(1000);
  assert.deepEqual([slot.shown, slot.drops()], [[], { 'unknown-key': 1 }]);
  assert.ok(alice);
});

test("a member cannot announce another's key as his own", async () => {
  const { alice, bob, carol } = await three();
  introduce(alice, ALICE, bob);
  carol.link.session = { ...carol.link.session, sealers: alice.link.session.sealers };
  introduce(carol, CAROL, bob);
  const slot = receiver(bob, 'v0', 'video');
  slot.give(sender(alice, 'camera')('key'));
  assert.deepEqual(of(bob.events, 'occupant').map((event) => event.endpoint), [ALICE]);
});

test('an older state of a member is refused, the same one again is not', async () => {
  const { time, alice, bob } = await three();
  const state = (name) => alice.link.sealState(ALICE, { name, muted: {} });
  const old = state('before');
  time.advance(10);
  const fresh = state('after');
  assert.equal(bob.link.openState(ALICE, fresh).name, 'after');
  assert.equal(bob.link.openState(ALICE, fresh).name, 'after');
  assert.throws(() => bob.link.openState(ALICE, old), { code: 'replayed' });
  bob.room.forget(ALICE);
  assert.throws(() => bob.link.openState(ALICE, old), { code: 'replayed' }, 'not even after it has left');
});

test('a frame that the browser will not let us touch is dropped alone', async () => {
  const { alice, bob } = await three();
  const out = [], stream = alice.room.addSender({ side: 'send', source: 'microphone', kind: 'audio', codec: undefined, id: 0 }, () => undefined);
  const closing = Object.defineProperty(frame('audio/opus'), 'data', { get: () => { throw new Error('InvalidStateError'); } });
  stream.send(closing, (sealed) => out.push(sealed));
  stream.send(frame('audio/opus'), (sealed) => out.push(sealed));
  assert.equal(out.length, 1);
  assert.deepEqual(stream.report().drops, { failed: 1 });

  introduce(alice, ALICE, bob);
  const slot = bob.room.addReceiver({ side: 'receive', slot: 'a0', kind: 'audio', codec: undefined }, () => undefined);
  const shown = [];
  slot.receive(copy(out[0]), () => { throw new Error('InvalidStateError'); });
  slot.receive(copy(sender(alice, 'microphone')()), (opened) => shown.push(opened));
  assert.equal(shown.length, 1);
  assert.deepEqual(slot.report().drops, { failed: 1 });
});

test('a sender without a key, or with a codec it cannot seal, sends nothing', async () => {
  const { alice } = await three();
  const out = [], stream = alice.room.addSender({ side: 'send', source: 'camera', kind: 'video', codec: undefined, id: 0 }, () => undefined);
  const { session } = alice.link;
  alice.link.session = null;
  stream.send(frame('video/VP8', 'key'), (sealed) => out.push(sealed));
  alice.link.session = session;
  stream.send(frame('video/H266', 'key'), (sealed) => out.push(sealed));
  assert.deepEqual(out, []);
  assert.deepEqual(stream.report().drops, { 'no-key': 1, 'unsupported-codec': 1 });
});

test('two connections that send one source never use a counter twice', async () => {
  const { alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const direct = sender(alice, 'microphone'), bridged = sender(alice, 'microphone'), slot = receiver(bob, 'a0', 'audio');
  for (const text of ['one', 'two', 'three']) {
    slot.give(direct(undefined, text));
    slot.give(bridged(undefined, text));
  }
  assert.equal(slot.shown.length, 6);
  assert.deepEqual(slot.drops(), {});
});

test('a new key ends everything under the old one', async () => {
  const { time, alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const voice = sender(alice, 'microphone'), slot = receiver(bob, 'a0', 'audio');
  const recorded = voice(undefined, 'old');
  slot.give(voice(undefined, 'now'));
  const secret = () => new Uint8Array(32).fill(9);
  bob.link.setKey({ type: 'link', room: 'quiet-otter', generation: 1, secret: secret() });
  slot.give(copy(recorded));
  time.advance(1000);
  assert.deepEqual(slot.shown, ['now']);
  alice.link.setKey({ type: 'link', room: 'quiet-otter', generation: 1, secret: secret() });
  introduce(alice, ALICE, bob);
  slot.give(voice(undefined, 'new'));
  assert.deepEqual(slot.shown, ['now', 'new']);
});

test('of more members than are kept the newest is heard, and the one silent for longest goes', async () => {
  const { time, alice, bob, carol } = await three();
  const microphone = sender(carol, 'microphone'), slot = receiver(bob, 'a0', 'audio');
  for (let i = 0; i < 1024; i++) {
    const id = Buffer.from(String(i).padStart(16, '0')).toString('base64url');
    // New key ids every time.
    alice.link.setKey({ type: 'link', room: 'quiet-otter', generation: 0, secret: new Uint8Array(32).fill(7) });
    introduce(alice, id, bob);
  }
  introduce(carol, CAROL, bob);
  slot.give(microphone(undefined, 'hello'));
  time.advance(1000);
  assert.deepEqual(slot.shown, ['hello']);
});

test('a receiver whose slot has got another one plays nothing more, whatever is claimed', async () => {
  const { alice, bob } = await three();
  const microphone = sender(alice, 'microphone'), first = receiver(bob, 'a0', 'audio');
  introduce(alice, ALICE, bob);
  bob.room.claim('a0', { endpoint: ALICE, source: 'microphone' });
  first.give(microphone(undefined, 'one'));
  const second = receiver(bob, 'a0', 'audio');
  first.give(microphone(undefined, 'two'));
  second.give(microphone(undefined, 'three'));
  assert.deepEqual([first.shown, second.shown], [['one'], ['three']]);
});

test('a server that calls Opus something else does not have it played as that', async () => {
  const { alice, bob } = await three();
  introduce(alice, ALICE, bob);
  const voice = sender(alice, 'microphone'), ear = receiver(bob, 'a0', 'audio');
  ear.give(voice(undefined, 'one'));
  ear.give({ ...voice(undefined, 'two'), getMetadata: () => ({ mimeType: 'audio/PCMU' }) });
  ear.give(voice(undefined, 'three'));
  assert.deepEqual([ear.shown, ear.drops()], [['one', 'three'], { 'unsupported-codec': 1 }]);
});

test('thousands of slots that fail at once are told about at a bounded rate, too', async () => {
  const { time, bob } = await three();
  const slots = Array.from({ length: 3000 }, (_, at) => receiver(bob, `v${at}`, 'video'));
  for (let round = 0; round < 3; round++) {
    for (const slot of slots) slot.give(frame('video/VP9', 'key', ''.padEnd(3, '\u0001')));
    time.advance(10);
  }
  assert.ok(bob.events.length <= 1024, `${bob.events.length} events`);
  time.advance(1000);
  slots[2999].give(frame('video/VP9', 'key', ''.padEnd(3, '\u0001')));
  assert.equal(bob.events.at(-1).slot, 'v2999');
});
