// Which slot plays what under a group's keys (security profile, section 8): a bridge that shows one member's
// stream as another's, as another kind, or twice. Each attack is carried out twice: with the rule left out in one
// receiver of this test's, where it succeeds, and as it is.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { FrameSide } from './group/frame_side.mjs';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

async function until(condition, what) {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, what());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ada and Cleo send, Ben looks on. */
async function call(body) {
  const service = new MemoryService(), link = newLink(), people = [];
  for (const name of ['Ada', 'Ben', 'Cleo']) {
    const person = await (await Person.join(service, { link, name })).in();
    person.frames = await FrameSide.of(person);
    people.push(person);
  }
  await agree(people, ['Ada', 'Ben', 'Cleo']);
  const [ada, ben, cleo] = people;
  const idOf = { ada: await ben.idOf('Ada'), cleo: await ben.idOf('Cleo') };
  try {
    await body({ service, link, ben, idOf, ada: ada.frames, cleo: cleo.frames, room: ben.frames.room, ...ben });
  } finally {
    people.forEach(({ group, frames }) => { frames.end(); group.close(); });
  }
}

/** Frames of this sender, until one is shown; numbered from 0. */
async function plays(send, slot, type) {
  const before = slot.shown.length;
  let number = 0;
  await until(() => {
    const sealed = send(`${number++}`, type);
    if (sealed !== null) slot.give(sealed);
    return slot.shown.length > before;
  }, () => `nothing was shown: ${JSON.stringify(slot.drops())}`);
}

/** What becomes of an attack while `of` has this property instead of its own: a rule is left out. */
function without(of, property, value, attack) {
  const own = Object.getOwnPropertyDescriptor(of, property);
  Object.defineProperty(of, property, { get: () => value, set: () => undefined, configurable: true });
  attack();
  delete of[property];
  if (own) Object.defineProperty(of, property, own);
}

/** What a receiver has become by frames that it must refuse: nothing but a number of drops. */
const stateOf = ({ shown, stream }) => JSON.stringify([shown, { ...stream.report(), drops: null }]);

test("one member's stream under another's name is dropped and counted; without a claim its key names it", () => call(async ({ ben, ada, room, idOf }) => {
  const camera = ada.sender('camera');
  const open = ben.frames.receiver('v0', 'video'), claimed = ben.frames.receiver('v1', 'video');
  await plays(camera, open);
  assert.equal(ben.frames.events.find(({ type }) => type === 'occupant').endpoint, idOf.ada);
  // It has been silent there for so long that it may turn up elsewhere.
  await new Promise((resolve) => setTimeout(resolve, 600));
  room.claim('v1', { endpoint: idOf.cleo, source: 'camera' });
  const named = () => ben.frames.events.filter(({ type, slot }) => type === 'occupant' && slot === 'v1').length;
  const before = stateOf(claimed);
  for (let i = 0; i < 5; i++) claimed.give(camera('as Cleo'));
  await until(() => claimed.drops()['claim-mismatch'] === 5, () => JSON.stringify(claimed.drops()));
  assert.equal(stateOf(claimed), before);
  assert.equal(named(), 0, 'and nobody is named there');
  without(claimed.stream, 'claimed', undefined, () => claimed.give(camera('as Cleo')));
  assert.deepEqual(claimed.shown, ['as Cleo'], 'where the claim does not count');
}));

test("a member's screen is not shown as its camera, nor its sound as a picture", () => call(async ({ ben, ada, room, idOf }) => {
  const screen = ada.sender('screen'), microphone = ada.sender('microphone');
  const open = ben.frames.receiver('v0', 'video'), claimed = ben.frames.receiver('v1', 'video');
  await plays(screen, open);
  room.claim('v1', { endpoint: idOf.ada, source: 'camera' });
  const before = stateOf(claimed);
  for (let i = 0; i < 5; i++) claimed.give(screen('as a camera'));
  const sound = microphone('as a picture');
  open.give(sound);
  await until(() => claimed.drops()['claim-mismatch'] === 5, () => JSON.stringify(claimed.drops()));
  assert.equal(stateOf(claimed), before);
  assert.ok(!open.shown.includes('as a picture'));
  await new Promise((resolve) => setTimeout(resolve, 600));
  without(claimed.stream, 'claimed', { endpoint: idOf.ada, source: 'screen' }, () => claimed.give(screen('as a camera')));
  assert.deepEqual(claimed.shown, ['as a camera'], 'where the source is not looked at');
}));

test('a stream plays in one place; elsewhere only where it is said to have moved', () => call(async ({ ben, ada, room, idOf }) => {
  const camera = ada.sender('camera');
  const first = ben.frames.receiver('v0', 'video'), second = ben.frames.receiver('v1', 'video');
  await plays(camera, first);
  first.give(camera('here'));
  const before = [stateOf(first), stateOf(second)];
  second.give(camera('and there'));
  assert.deepEqual([stateOf(first), stateOf(second)], before);
  assert.equal(second.drops()['kid-in-use'], 1);
  const third = ben.frames.receiver('v2', 'video'), { seats } = ben.frames.link.keys;
  without(seats, 'mayPlay', () => true, () => { third.give(camera('in a third')); first.give(camera('and in the first')); });
  assert.deepEqual([third.shown, first.shown.at(-1)], [['in a third'], 'and in the first'], 'where seats are not kept');
  room.claim('v1', { endpoint: idOf.ada, source: 'camera' });
  second.give(camera('moved'));
  assert.deepEqual(second.shown, ['moved']);
}));

test('whoever is new in a slot begins with a key frame, and is named then; a new epoch is no change', () => call(async ({ service, link, ben, ada, cleo }) => {
  const adas = ada.sender('camera'), cleos = cleo.sender('camera');
  const slot = ben.frames.receiver('v0', 'video'), elsewhere = ben.frames.receiver('v1', 'video');
  const lax = ben.frames.receiver('v2', 'video'), screens = ada.sender('screen');
  await plays(cleos, elsewhere);
  await plays(adas, slot);
  await plays(screens, lax);
  const named = (of = 'v0') => ben.frames.events.filter(({ type, slot: name }) => type === 'occupant' && name === of).map(({ endpoint }) => endpoint);
  const before = named(), state = stateOf(slot);
  // Cleo's stream has been silent elsewhere for so long that it may turn up here.
  await new Promise((resolve) => setTimeout(resolve, 600));
  slot.give(cleos('goes on with Ada’s picture', 'delta'));
  assert.equal(slot.drops()['awaiting-key-frame'], 1);
  assert.equal(stateOf(slot), state);
  assert.deepEqual(named(), before);
  without(ben.frames.link.keys, 'keyFrame', true, () => lax.give(cleos('goes on with Ada’s screen', 'delta')));
  assert.equal(lax.shown.at(-1), 'goes on with Ada’s screen', 'where any frame will do');
  assert.equal(named('v2').at(-1), await ben.idOf('Cleo'), 'under her name');
  await new Promise((resolve) => setTimeout(resolve, 600));
  slot.give(cleos('her own', 'key'));
  assert.equal(slot.shown.at(-1), 'her own');
  assert.deepEqual(named(), [...before, await ben.idOf('Cleo')]);

  const epoch = await ben.group.epoch();
  const dan = await (await Person.join(service, { link, name: 'Dan' })).in();
  await until(() => service.seen.length > 0 && ben.events.some(({ type, name }) => type === 'memberChanged' && name === 'Dan'), () => 'Dan is in');
  assert.ok(await ben.group.epoch() > epoch);
  await plays(cleos, slot, 'delta');
  assert.equal(slot.drops()['awaiting-key-frame'], 1);
  dan.group.close();
}));
