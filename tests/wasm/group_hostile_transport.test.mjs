// A group over an app's own transport that is hostile: it alters, drops, repeats, reorders and makes up what
// it carries. Members go on, or stop and say so; nobody is shown who is not there, and no worker dies. When it
// is honest again, they find together. Everything, the randomness too, comes from the seed that is printed.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MessageKind } from '../../wasm/dist/index.js';
import { VirtualRoom } from './group/virtual_room.mjs';

const { HANDSHAKE, KEY_PACKAGE, WELCOME, APPLICATION } = MessageKind;
const KINDS = [HANDSHAKE, KEY_PACKAGE, WELCOME, APPLICATION];
const HUGE = 5 << 20;
const NAMES = ['Ada', 'Ben', 'Cleo'];

const as = (message, bytes, also = {}) => ({ message: { ...message, ...also, bytes }, after: 0 });
const whole = (message) => ({ message, after: 0 });

/** One byte is another one, or some are missing, or too many. */
function altered({ random }, message) {
  const bytes = message.bytes.slice();
  const how = random.below(3);
  if (how === 0 && bytes.length > 0) {
    bytes[random.below(bytes.length)] ^= 1 << random.below(8);
    return bytes;
  }
  return how === 1 ? bytes.slice(0, random.below(bytes.length + 1)) : new Uint8Array([...bytes, ...random.bytes(1 + random.below(40))]);
}

/** What comes besides the message itself: it must change nothing at all. */
const ADDITIONS = {
  'an altered copy of everything but handshakes': (room, message) => (message.kind === HANDSHAKE ? [] : [as(message, altered(room, message))]),
  'everything once more': (_, message) => [whole(message)],
  'something from long ago': ({ random, service }) => [whole(random.one(service.seen))],
  'everything under other kinds': ({ random }, message) => [as(message, message.bytes, { kind: random.one(KINDS), number: message.number ?? 0 })]
    .filter(({ message: { kind } }) => kind !== message.kind),
  'everything under another sender': ({ random, service }, message) => (message.kind === HANDSHAKE ? [] : [as(message, message.bytes, { sender: random.one(service.endpoints) })]),
  "another room's messages": ({ random, elsewhere }) => [whole({ ...random.one(elsewhere.seen), number: 0 })],
  'Welcomes for somebody else': ({ random, service, elsewhere }) => [random.one([...service.seen, ...elsewhere.seen].filter(({ kind }) => kind === WELCOME))].map(whole),
  'garbage of every kind': ({ random }, message) => KINDS.map((kind) => as(message, random.bytes(random.below(300)), { kind, number: kind === HANDSHAKE ? 0 : undefined })),
  'five megabytes of nothing': ({ random }, message) => (random.below(20) > 0 ? [] : [as(message, new Uint8Array(HUGE).fill(random.below(256)), { kind: random.one(KINDS), number: 0 })]),
};

/** What becomes of the message itself: the service keeps people apart, and cannot do more. */
const DAMAGES = {
  lost: () => [],
  altered: (room, message) => [as(message, altered(room, message))],
  'late, so that others overtake it': ({ random }, message) => [{ message, after: random.below(3000) }],
  'twice, far apart': ({ random }, message) => [whole(message), { message, after: random.below(5000) }],
  'under an earlier number': ({ random }, message) => [as(message, message.bytes, message.number && { number: 1 + random.below(message.number) })],
  'instead of it one of long ago': ({ random, service }) => [whole(random.one(service.seen))],
};

/** Where Dan was kicked, and with another room whose messages the service has as well. */
async function roomWithPast(seed) {
  const room = new VirtualRoom(seed);
  const elsewhere = new VirtualRoom(seed + 1_000_000);
  await elsewhere.with('Mallory', 'Eve');
  elsewhere.close(elsewhere.people);
  room.elsewhere = elsewhere.service;
  await room.with(...NAMES, 'Dan');
  const [ada, , , dan] = room.people;
  await ada.group.kick(await ada.idOf('Dan'));
  await room.until('Dan is told', () => dan.count('ended') === 1);
  room.close([dan], { kicked: true });
  await room.agreed(room.people);
  room.link = ada.events.findLast(({ type }) => type === 'linkChanged').fragment;
  return room;
}

// What people do meanwhile; what they are refused for they do not do.
async function live(room, turn) {
  const { random, people } = room;
  const { group } = random.one(people);
  const wish = [() => group.say(`turn ${turn}`), () => group.react('👋'), () => group.update(), () => group.startCode(),
    () => group.setMarks({ publishes: true, microphoneMuted: random.below(2) === 1, cameraOff: false, handRaised: false })];
  const does = (wished) => wished().catch((error) => assert.match(error.code, /^(not-now|busy)$/, error.stack));
  await does(random.one(wish));
  // A commit in every other turn, of whoever moderates.
  if (turn % 2 === 0) for (const moderator of people) await does(() => moderator.group.setMediaEncrypted(turn % 4 !== 0));
  await room.pass(500 + random.below(1500));
}

for (const [name, add] of Object.entries(ADDITIONS)) {
  test(`${name}: nothing changes for anybody, and whoever joins comes in`, async () => {
    const room = await roomWithPast(1);
    room.service.carry = (message) => [...add(room, message), whole(message), ...add(room, message)];
    for (let turn = 0; turn < 10; turn++) await live(room, turn);
    await room.agreed(room.people);
    await room.join('Fay');
    await room.agreed(room.people);
    await room.talk(room.people);
    for (const person of room.people) {
      assert.equal(person.count('ended'), 0);
      for (const state of person.events.filter(({ type }) => type === 'stateChanged').map(({ state }) => state)) assert.match(state, /^(joining|in)$/);
      const said = person.events.filter(({ type }) => type === 'chat').map(({ name, number }) => `${name} ${number}`);
      assert.equal(new Set(said).size, said.length, 'nothing is read twice');
      assert.ok(person.events.filter(({ type }) => type === 'chat').every(({ missing }) => missing === 0));
    }
    room.close(room.people);
  });
}

/** The same becomes of a handshake for everybody: what is bad about it is not its order. */
function alike(hostile) {
  const decided = new Map();
  return (room, message) => {
    if (message.kind !== HANDSHAKE) return hostile(room, message);
    if (!decided.has(message.number)) decided.set(message.number, hostile(room, message));
    return decided.get(message.number);
  };
}

/** The service does this for a while, and two people join meanwhile; then it is honest. */
async function attacked(seed, hostile) {
  const room = await roomWithPast(seed);
  room.service.carry = (message) => hostile(room, message);
  for (let turn = 0; turn < 16; turn++) {
    await live(room, turn);
    if (turn === 4) await room.join('Fay');
    if (turn === 8) await room.join('Gil');
  }
  room.service.carry = (message) => [whole(message)];
  // Of every second one it is told that there was an outage; the others find it out.
  if (seed % 2 === 0) room.service.reconnectAll();
  return room;
}

async function findTogether(room) {
  await room.agreed(room.people, { within: 180_000 });
  await room.talk(room.people);
  room.close(room.people);
}

for (const [name, damage] of Object.entries(DAMAGES)) {
  test(`messages ${name}, handshakes for all alike: people go on or stop, and find together when it is over`, async () => {
    for (let seed = 1; seed <= 4; seed++) {
      await findTogether(await attacked(seed, alike((room, message) => (room.random.below(3) > 0 ? [whole(message)] : damage(room, message)))));
    }
  });
}

// Whoever decides what whom reaches can keep people apart, and lead them to go on apart (security profile,
// section 0). It cannot make that look like being together.
test('told different things, people may be left in several groups: each is shown just those who are in its own, and the others gone', async () => {
  const seeds = Number(process.env.SOTTO_RUNS ?? 12);
  const first = Number(process.env.SOTTO_SEED ?? 100);
  const additions = Object.values(ADDITIONS), damages = Object.values(DAMAGES);
  let apart = 0;
  console.log(`seeds ${first} to ${first + seeds - 1}`);
  for (let seed = first; seed < first + seeds; seed++) {
    const room = await attacked(seed, (room, message) => {
      const { random } = room;
      const besides = random.below(6) === 0 ? random.one(additions)(room, message) : [];
      return [...besides, ...(random.below(4) > 0 ? [whole(message)] : random.one(damages)(room, message))];
    });
    const groups = await room.consistent({ within: 240_000 });
    for (const group of groups) await room.talk(group);
    if (groups.length > 1) apart++;
    // Whoever is not with the first of them comes in again, as by a reload.
    const outside = groups.flatMap((group) => (group.includes(room.people[0]) ? [] : group));
    room.close(outside);
    for (const { name } of outside) await room.join(`${name} again`);
    await findTogether(room);
  }
  assert.ok(apart > 0, 'the attack does divide people');
  console.log(`people of ${apart} of ${seeds} rooms were left in several groups`);
});
