// A native endpoint, through the C interface, and members of the browser's package in one room: they are one
// group, see each other under their names, talk, open each other's frames, and remove each other.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { framesOf } from '../interop/frames.mjs';
import { NativeMember } from '../native/group_member/native_member.mjs';
import { FrameSide } from './group/frame_side.mjs';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

const NAMES = ['Ada', 'Nat'];

// In the order of `names`; Nat is the native one.
async function roomOf(names, options = {}) {
  const service = new MemoryService(), link = newLink(), people = [];
  for (const name of names) {
    const member = name === 'Nat' ? await NativeMember.join(service.transport(), { link, name, ...options })
      : await Person.join(service, { link, name });
    people.push(await member.in());
  }
  await agree(people, names);
  return { service, link, people };
}

const end = (people) => Promise.all(people.map(({ group, frames }) => { frames?.end(); return group.close(); }));

async function until(condition, what) {
  for (const deadline = Date.now() + 60_000; ;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < deadline, typeof what === 'string' ? what : what());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// By a commit of the moderator's.
async function underNewKeys(moderator, people, names) {
  const before = await moderator.group.epoch();
  await moderator.group.setJoinPolicy('knock');
  await until(async () => await moderator.group.epoch() > before, 'its commit');
  await agree(people, names);
}

for (const order of [NAMES, [...NAMES].reverse()]) {
  test(`${order[0]} founds a room and ${order[1]} joins it: one group, one epoch, the same names and fingerprints`, async () => {
    const { service, people } = await roomOf(order);
    const [first, second] = people;
    assert.deepEqual((await first.group.members()).map(({ name, moderator, self }) => ({ name, moderator, self })),
      [{ name: order[0], moderator: true, self: true }, { name: order[1], moderator: false, self: false }]);
    assert.equal(await first.group.epoch(), await second.group.epoch());
    for (const name of NAMES) {
      const printed = await Promise.all(people.map(async (person) => person.group.fingerprint(await person.idOf(name))));
      assert.match(printed[0], /^\d{5}( \d{5}){5}$/);
      assert.equal(printed[0], printed[1], `of ${name}`);
    }
    for (const [from, to, name] of [[first, second, order[0]], [second, first, order[1]]]) {
      await from.group.say(`I am ${name}, “and” so on\n🙂`);
      const chat = await to.told('chat', (event) => event.name === name);
      assert.deepEqual([chat.text, chat.number, chat.missing], [`I am ${name}, “and” so on\n🙂`, 1, 0]);
      await from.told('chatDelivered', ({ number }) => number === 1);
      await from.group.react('👋');
      assert.equal((await to.told('reaction')).reaction, '👋');
    }
    // A commit of its founder's; the other follows.
    await underNewKeys(first, people, order);
    assert.equal((await second.told('roomChanged', ({ joinPolicy }) => joinPolicy === 'knock')).moderator, false);
    const carried = Buffer.concat(service.seen.map(({ bytes }) => Buffer.from(bytes)));
    for (const word of [...NAMES, 'so on']) assert.equal(carried.includes(word), false, word);
    await end(people);
  });
}

test('people at a native endpoint and at browsers read the same seven words to each other', async () => {
  const { people } = await roomOf(['Ada', 'Nat', 'Cleo']);
  const nat = people[1];
  for (const person of people) {
    await until(async () => (await person.group.members()).every(({ self, reachability }) => self || reachability === 'present'), 'all are heard');
  }
  await nat.group.startCode();
  const shown = await Promise.all(people.map((person) => person.told('codeShown')));
  const words = shown.map((event) => event.words ?? event.symbols.map(({ word }) => word));
  assert.equal(words[0].length, 7);
  for (const other of words.slice(1)) assert.deepEqual(other, words[0]);
  for (const { participants } of shown) assert.equal(participants.length, 3);
  const [{ code }] = shown;
  assert.ok(shown.every((event) => event.code === code));
  const another = code.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  for (const { group } of people) {
    await assert.rejects(group.confirmCode(another), ({ code: why }) => why === 'bad-argument' || why === 'not-found');
    await group.confirmCode(code);
  }
  await end(people);
});

const camera = 1;
const asFrame = (wire) => ({ data: new Uint8Array(wire).buffer, type: 'key', getMetadata: () => ({ mimeType: 'video/VP9' }) });

test('frames that are sealed natively open in the browser\'s module under the sender\'s name, and the other way round', async () => {
  const { people } = await roomOf(NAMES);
  const [ada, nat] = people;
  ada.frames = await FrameSide.of(ada);
  const tile = ada.frames.receiver('v0', 'video'), sender = ada.frames.sender('camera');

  let number = 0;
  await until(async () => {
    tile.give(asFrame(await nat.seal(camera, 'vp9', Buffer.from(`native ${++number}`))));
    return tile.shown.length > 0;
  }, () => `nothing was shown: ${JSON.stringify(tile.drops())}`);
  assert.match(tile.shown[0], /^native \d+$/);
  const { endpoint, source } = ada.frames.events.find(({ type }) => type === 'occupant');
  assert.deepEqual([endpoint, source], [await ada.idOf('Nat'), 'camera']);
  const shown = tile.shown.length;
  for (const { data, key } of framesOf('vp9', { most: 40 }).filter(({ key }) => key)) {
    const wire = await nat.seal(camera, 'vp9', data, { key });
    assert.equal(wire.includes(Buffer.from(data.subarray(0, 32))), false, 'what is on the wire is sealed');
    tile.give(asFrame(wire));
  }
  await until(() => tile.shown.length > shown, 'a real frame');

  const opened = await until(async () => {
    const sealed = sender('from the browser');
    if (sealed === null) return null;
    const answer = await nat.open('vp9', new Uint8Array(sealed.data));
    return answer.status === 'ok' && answer;
  }, 'nothing opened natively');
  assert.equal(opened.frame.toString(), 'from the browser');
  assert.deepEqual([String(opened.leaf), opened.context, opened.key], [await nat.idOf('Ada'), camera, true]);

  // After new keys as well; and what was opened once does not open twice, on either side.
  await underNewKeys(ada, people, NAMES);
  const again = await until(async () => {
    const sealed = sender('under new keys');
    const wire = new Uint8Array(sealed.data).slice();
    const answer = await nat.open('vp9', wire);
    return answer.status === 'ok' && answer.epoch > opened.epoch && { wire, ...answer };
  }, 'nothing opened under the new keys');
  assert.equal(again.frame.toString(), 'under new keys');
  assert.equal((await nat.open('vp9', again.wire)).status, 'replayed');
  const altered = new Uint8Array(sender('once more').data).slice();
  altered[altered.length - 1] ^= 1;
  assert.equal((await nat.open('vp9', altered)).status, 'unauthenticated');
  const last = asFrame(await nat.seal(camera, 'vp9', Buffer.from('once')));
  tile.give({ ...last, data: last.data.slice(0) });
  tile.give({ ...last, data: last.data.slice(0) });
  assert.equal(tile.drops().replayed, 1);
  await end(people);
});

test('a browser that moderates removes the native member: it is told so, and opens and seals nothing more', async () => {
  const { people } = await roomOf(['Ada', 'Nat', 'Cleo']);
  const [ada, nat, cleo] = people;
  ada.frames = await FrameSide.of(ada);
  const sender = ada.frames.sender('camera');
  await until(async () => {
    const sealed = sender('before');
    return sealed !== null && (await nat.open('vp9', new Uint8Array(sealed.data))).status === 'ok';
  }, 'the control: it opens');
  await ada.group.kick(await ada.idOf('Nat'));
  assert.equal((await nat.told('ended')).reason, 'kicked');
  assert.equal((await cleo.told('memberGone', ({ name }) => name === 'Nat')).reason, 'kicked');
  await agree([ada, cleo], ['Ada', 'Cleo']);
  await underNewKeys(ada, [ada, cleo], ['Ada', 'Cleo']);
  await new Promise((resolve) => setTimeout(resolve, 200)); // what is sealed under the keys before, for 90 ms
  for (let i = 0; i < 10; i++) {
    assert.notEqual((await nat.open('vp9', new Uint8Array(sender(`after ${i}`).data))).status, 'ok');
  }
  assert.equal((await nat.answer('seal', { context: 1, codec: 3, frame: '00' })).status, 'wrong-state');
  await assert.rejects(nat.group.say('still here?'), { code: 'wrong-state' });
  await end(people);
});

test('a native member that moderates removes a browser, which is told so; the link is another one for those who stay', async () => {
  const { link, people } = await roomOf(['Nat', 'Ada', 'Cleo']);
  const [nat, ada, cleo] = people;
  await nat.group.kick(await nat.idOf('Ada'));
  assert.equal((await ada.told('ended')).reason, 'kicked');
  assert.equal((await cleo.told('memberGone', ({ name }) => name === 'Ada')).reason, 'kicked');
  await agree([nat, cleo], ['Cleo', 'Nat']);
  const [atNat, atCleo] = await Promise.all([nat, cleo].map((person) => person.told('linkChanged', ({ generation }) => generation === 1)));
  assert.equal(atNat.fragment, atCleo.fragment);
  assert.notEqual(atNat.fragment, link);
  await nat.group.say('among ourselves');
  await cleo.told('chat', ({ text }) => text === 'among ourselves');
  assert.equal(ada.count('chat'), 0);
  await end(people);
});

test('who leaves, on either side, is seen to have left by the other', async () => {
  const { people } = await roomOf(['Ada', 'Nat', 'Cleo']);
  const [ada, nat, cleo] = people;
  await nat.group.leave();
  assert.equal((await nat.told('ended')).reason, 'left');
  assert.equal((await ada.told('memberGone')).reason, 'left');
  await agree([ada, cleo], ['Ada', 'Cleo']);
  await end(people);
  const second = await roomOf(['Nat', 'Ada', 'Cleo']);
  await second.people[2].group.leave();
  assert.equal((await second.people[2].told('ended')).reason, 'left');
  assert.equal((await second.people[0].told('memberGone', ({ name }) => name === 'Cleo')).reason, 'left');
  await agree(second.people.slice(0, 2), ['Nat', 'Ada']);
  await end(second.people);
});
