// Rotation, ratcheting, retention and refusals of keys that the app hands out, in virtual time.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { Core, linkBytes, RoomLink } from './inside.mjs';
import { VirtualTime } from './virtual_room.mjs';
import * as link from './virtual_room.mjs';
import { endpoint, key, named, receiver, sender } from './external_room.mjs';

const PASSPHRASE = 'correct horse battery staple', OTHER = 'incorrect horse battery staple';
// Of Sotto's format the core has no slow hash in the browser: Node's own stands against WebCrypto's.
const SLOW_HASHES = { sotto: { salt: 'sotto sender key 1', iterations: 600_000 }, livekit: {} };
const room = async (format, count = 2) => {
  const time = new VirtualTime();
  return { time, ends: await Promise.all(Array.from({ length: count }, () => endpoint(time, format))) };
};

for (const format of ['sotto', 'livekit']) {
  test(`${format}: a passphrase that everybody shares opens everybody's frames, under any name`, async () => {
    const { ends: [alice, bob, carol] } = await room(format, 3);
    for (const end of [alice, bob, carol]) await end.setStretched('everybody', PASSPHRASE);
    const a = sender(alice, 'camera'), c = sender(carol, 'camera', 99);
    const first = receiver(bob, 'alice'), second = receiver(bob, 'carol'), unnamed = receiver(bob, undefined, 'video', 'v2');
    first.give(a.send('key', 'alice'), a.send('delta', 'moves'));
    second.give(c.send('key', 'carol'));
    unnamed.give(sender(carol, 'camera', 100).send('key', 'anyone'));
    assert.deepEqual([first.shown, second.shown, unnamed.shown], [['alice', 'moves'], ['carol'], ['anyone']]);
    assert.deepEqual(bob.of('occupant').map(({ endpoint: who }) => who), ['alice', 'carol']);
  });

  test(`${format}: a passphrase gives the key that the format says, and is wiped`, async () => {
    const { ends: [alice, bob] } = await room(format);
    await alice.setStretched('everybody', PASSPHRASE);
    const { salt, iterations } = SLOW_HASHES[format];
    bob.setKey('everybody', format === 'sotto' ? pbkdf2Sync(PASSPHRASE, salt, iterations, 32, 'sha256') : PASSPHRASE);
    const slot = receiver(bob, 'alice'), back = receiver(alice, 'bob');
    slot.give(sender(alice, 'camera').send('key', 'face'));
    back.give(sender(bob, 'camera', 9).send('key', 'another'));
    assert.deepEqual([slot.shown, back.shown], [['face'], ['another']]);
    assert.throws(() => alice.ratchet('local'), { code: 'shared-key' });
    for (const wrong of ['', 'x'.repeat(1025)]) {
      await assert.rejects(() => alice.setStretched('everybody', wrong, 1), { code: 'bad-key' });
    }
  });

  test(`${format}: another passphrase opens nothing`, async () => {
    const { ends: [alice, bob] } = await room(format);
    await alice.setStretched('everybody', PASSPHRASE);
    await bob.setStretched('everybody', OTHER);
    const slot = receiver(bob, 'alice');
    slot.give(sender(alice, 'camera').send('key', 'face'));
    assert.deepEqual([slot.shown, slot.drops()], [[], { unauthenticated: 1 }]);
  });

  test(`${format}: a shared passphrase rotates without loss, and is not ratcheted`, async () => {
    const { time, ends: [alice, bob] } = await room(format);
    for (const end of [alice, bob]) await end.setStretched('everybody', PASSPHRASE);
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', '0'));
    const late = camera.send('delta', '1');
    for (const end of [alice, bob]) assert.equal(await end.rotateStretched('everybody', OTHER), 1);
    slot.give(late, camera.send('delta', '2'));
    for (const whose of ['local', 'everybody']) {
      assert.throws(() => alice.ratchet(whose), (error) => error.code === 'shared-key' && /rotate\(\)/.test(error.message));
    }
    time.advance(60_000);
    slot.give(camera.send('delta', '3'));
    assert.deepEqual([slot.shown, slot.drops(), slot.asked], [['0', '1', '2', '3'], {}, []]);
  });

  test(`${format}: a frame seen under one name is a replay under every other, when all share the key`, async () => {
    const { ends: [alice, bob] } = await room(format);
    for (const end of [alice, bob]) await end.setStretched('everybody', PASSPHRASE);
    const recorded = sender(alice, 'camera').send('key', 'alice');
    const first = receiver(bob, 'alice'), second = receiver(bob, 'bob');
    first.give(recorded);
    second.give(recorded);
    assert.deepEqual([first.shown, second.shown, second.drops()], [['alice'], [], { replayed: 1 }]);
  });
}

for (const format of ['sotto', 'livekit', 'jframe']) {
  test(`${format}: receivers follow a ratchet by themselves, without loss, and are told`, async () => {
    const { time, ends: [alice, bob] } = await room(format);
    alice.setKey('local', key(1));
    bob.setKey(named('alice'), key(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', '0'));
    const late = camera.send('delta', '1');
    alice.ratchet('local');
    slot.give(camera.send('delta', '2'), late);
    time.advance(1000);
    alice.ratchet('local');
    alice.ratchet('local');
    slot.give(camera.send('delta', '3'));
    assert.deepEqual([slot.shown, slot.drops(), slot.asked, camera.asked], [['0', '2', '1', '3'], {}, [], []]);
    assert.deepEqual(bob.of('keyRatcheted').map(({ participant, index }) => [participant, index]), [['alice', 0], ['alice', 0]]);
  });

  test(`${format}: what was recorded before a ratchet opens no more ten seconds later`, async () => {
    const { time, ends: [alice, bob] } = await room(format);
    alice.setKey('local', key(1));
    bob.setKey(named('alice'), key(1));
    const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
    slot.give(camera.send('key', '0'));
    const recorded = camera.send('delta', 'recorded');
    alice.ratchet('local');
    slot.give(camera.send('delta', '1'));
    time.advance(11_000);
    slot.give(recorded, camera.send('delta', '2'));
    assert.deepEqual(slot.shown, ['0', '1', '2']);
    const cause = Object.keys(slot.drops())[0];
    assert.equal(cause, format === 'sotto' ? 'expired-key' : 'unauthenticated', 'others do not name the step');
  });
}

test('a key that a newer one has replaced opens nothing after its time, and the cause says so', async () => {
  const { time, ends: [alice, bob] } = await room('sotto');
  alice.setKey('local', key(1));
  bob.setKey(named('alice'), key(1));
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
  slot.give(camera.send('key', '0'));
  const recorded = camera.send('delta', 'recorded');
  for (const [end, whose] of [[alice, 'local'], [bob, named('alice')]]) end.rotate(whose, key(2));
  slot.give(camera.send('delta', '1'));
  time.advance(11_000);
  slot.give(recorded);
  assert.deepEqual([slot.shown, slot.drops()], [['0', '1'], { 'expired-key': 1 }]);
  assert.equal(bob.of('decryptionFailed')[0].cause, 'expired-key');
});

test('every AES suite of RFC 9605 seals and opens', async () => {
  for (const suite of [1, 2, 3, 4, 5]) {
    const time = new VirtualTime();
    const [alice, bob] = [await endpoint(time, 'sotto', { suite }), await endpoint(time, 'sotto', { suite })];
    alice.setKey('local', key(1));
    bob.setKey(named('alice'), key(1));
    const slot = receiver(bob, 'alice');
    slot.give(sender(alice, 'camera').send('key', 'face'));
    assert.deepEqual(slot.shown, ['face'], `suite ${suite}`);
  }
  await assert.rejects(() => endpoint(new VirtualTime(), 'sotto', { suite: 77 }), { code: 'unsupported' });
});

test('what is not a key of the format is refused with a sentence that says what is', async () => {
  const cases = [
    ['sotto', key(1, 15), 0, 'bad-key'], ['sotto', '', 0, 'bad-key'], ['sotto', key(1), 256, 'bad-key'],
    ['livekit', key(1, 3), 0, 'bad-key'], ['livekit', key(1), 16, 'bad-key'],
    ['jframe', key(1, 16), 0, 'bad-key'], ['jframe', PASSPHRASE, 0, 'bad-key'],
    ['dave', key(1, 32), 0, 'bad-key'], ['dave', PASSPHRASE, 0, 'bad-key'],
  ];
  for (const [format, given, index, code] of cases) {
    const { ends: [alice] } = await room(format, 1);
    assert.throws(() => alice.setKey('local', given, index),
      (error) => error.code === code && /takes .*(bytes|passphrase)/.test(error.message), `${format} ${given} ${index}`);
  }
});

test("a participant's camera is not shown as its screen, whatever the server says it is", async () => {
  const { time, ends: [alice, bob] } = await room('sotto');
  alice.setKey('local', key(1));
  bob.setKey(named('alice'), key(1));
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
  bob.room.claim(slot.slot, { endpoint: 'alice', source: 'screen' });
  slot.give(camera.send('key', 'camera'));
  time.advance(1000);
  assert.deepEqual([slot.shown, Object.values(slot.drops())], [[], [1]]);
});

test('somebody who ratchets with every frame is heard, and the page told once a second', async () => {
  const { time, ends: [alice, bob] } = await room('sotto');
  alice.setKey('local', key(1));
  bob.setKey(named('alice'), key(1));
  const camera = sender(alice, 'camera'), slot = receiver(bob, 'alice');
  slot.give(camera.send('key', '0'));
  for (let i = 1; i <= 50; i++) {
    alice.ratchet('local');
    time.advance(30);
    slot.give(camera.send('delta', `${i}`));
  }
  assert.equal(slot.shown.length, 51);
  assert.equal(bob.of('keyRatcheted').length, 2, 'in a second and a half');
});

test('a key for everybody that one half refuses is nobody\'s', async () => {
  const { ends: [alice, bob] } = await room('sotto');
  alice.setKey('local', key(1));
  assert.throws(() => alice.setKey('everybody', key(2)), { code: 'key-exists' });
  // Were it half done, Alice would open what another seals with it.
  bob.setKey('everybody', key(2));
  const slot = receiver(alice, undefined);
  slot.give(sender(bob, 'camera').send('key', 'half'));
  assert.deepEqual(slot.shown, []);
  // And her own goes on, and the number is free for what others share.
  const camera = sender(alice, 'camera'), ear = receiver(bob, 'alice');
  bob.setKey(named('alice'), key(1));
  ear.give(camera.send('key', 'hers'));
  assert.deepEqual(ear.shown, ['hers']);
  // A key that was there before stays when it is given again and refused.
  alice.setKey('everybody', key(2), 1);
  assert.throws(() => alice.setKey('everybody', key(3), 1), { code: 'key-exists' });
  bob.setKey('everybody', key(2), 1);
  slot.give(sender(bob, 'camera').send('key', 'both'));
  assert.deepEqual(slot.shown, ['both']);
});

test('so it is where another key had that number, whose time was over', async () => {
  const { time, ends: [alice, bob, carol] } = await room('sotto', 3);
  for (const end of [alice, bob]) [1, 2].forEach((which) => end.setKey('everybody', key(which), which));
  const slot = receiver(alice, undefined);
  slot.give(sender(bob, 'camera').send('key', 'under the second'));
  assert.deepEqual(slot.shown, ['under the second']);
  time.advance(11_000);
  alice.setKey('local', key(3), 1);
  assert.throws(() => alice.setKey('everybody', key(4), 1), { code: 'key-exists' });
  carol.setKey('everybody', key(4), 1);
  const other = receiver(alice, undefined, 'video', 'another');
  other.give(sender(carol, 'camera', 5).send('key', 'half'));
  assert.deepEqual(other.shown, []);
});

test('an index keeps its key; the next one is free', async () => {
  const { ends: [alice] } = await room('sotto', 1);
  alice.setKey('local', key(1));
  alice.setKey('local', key(1));
  assert.throws(() => alice.setKey('local', key(2)), { code: 'key-exists' });
  assert.equal(alice.rotate('local', key(2)), 1);
  assert.throws(() => alice.ratchet(named('nobody')), { code: 'no-key' });
});

test('random bytes that everybody shares are a key too, and are not ratcheted', async () => {
  for (const [format, size] of [['sotto', 16], ['sotto', 64], ['livekit', 32]]) {
    const { ends: [alice, bob] } = await room(format);
    for (const end of [alice, bob]) end.setKey('everybody', key(1, size));
    const slot = receiver(bob, 'alice');
    slot.give(sender(alice, 'camera').send('key', 'face'));
    assert.deepEqual(slot.shown, ['face'], format);
    assert.throws(() => alice.ratchet('local'), { code: 'shared-key' });
  }
});

test('where each sender has its own key, one for everybody is refused', async () => {
  for (const [format, size] of [['jframe', 32], ['dave', 16]]) {
    const { ends: [alice] } = await room(format, 1);
    assert.throws(() => alice.setKey('everybody', key(1, size)),
      (error) => error.code === 'bad-key' && /participant/.test(error.message));
  }
});

test('DAVE cannot be ratcheted by hand', async () => {
  const { ends: [alice] } = await room('dave', 1);
  alice.setKey('local', key(1, 16));
  assert.throws(() => alice.ratchet('local'), { code: 'unsupported' });
});

test('room links and keys of the app do not mix', async () => {
  const { ends: [alice, bob] } = await room('sotto');
  const link = () => ({ type: 'link', room: 'quiet-otter', generation: 0, secret: new Uint8Array(32).fill(7) });
  alice.setKey('local', key(1));
  assert.equal(alice.room.awaitsLink, false);
  assert.throws(() => alice.room.setKey(link()), { code: 'wrong-mode' });
  assert.equal(bob.room.awaitsLink, true);
  bob.context.core = await Core.load(linkBytes);
  bob.room.bring(new RoomLink(bob.context, bob.room, Date.now));
  bob.room.setKey(link());
  assert.throws(() => bob.setKey('local', key(1)), { code: 'wrong-mode' });
});

test('keys are wiped once they have been handed in, refused ones too', async () => {
  const { ends: [alice] } = await room('sotto', 1);
  const material = new Uint8Array(32).fill(0xa5), refused = new Uint8Array(7).fill(0xa5);
  alice.room.manageKeys({ type: 'set-key', whose: 'local', index: 0, use: true, kind: 0, material });
  assert.throws(() => alice.room.manageKeys({ type: 'set-key', whose: 'local', index: 1, use: true, kind: 0, material: refused }));
  assert.ok([...material, ...refused].every((byte) => byte === 0));
});

test('keys of the other kind are refused, and wiped', async () => {
  const time = new VirtualTime(), app = await endpoint(time), linked = await link.endpoint(time);
  app.setKey('local', key(1));
  const secret = new Uint8Array(32).fill(7), raw = key(2);
  assert.throws(() => app.room.setKey({ type: 'link', room: 'otter', generation: 0, secret }), { code: 'wrong-mode' });
  assert.throws(() => linked.room.manageKeys({ type: 'set-key', whose: 'local', kind: 0, material: raw, index: 0, use: true }), { code: 'wrong-mode' });
  assert.deepEqual([Math.max(...secret), Math.max(...raw)], [0, 0]);
});

test('a core that gets no random bytes stops for good, and does not go on with what lay there', async () => {
  const alice = await endpoint(new VirtualTime()), real = crypto.getRandomValues;
  crypto.getRandomValues = () => { throw new Error('no entropy'); };
  try {
    assert.throws(() => {
      alice.setKey('local', key(1));
      sender(alice, 'camera').send('key');
    }, /the core has aborted/);
  } finally {
    crypto.getRandomValues = real;
  }
});
