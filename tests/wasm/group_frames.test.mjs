// Frames under a group's keys: groups in their own workers, whose keys reach the frame side sealed.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { FrameSide } from './group/frame_side.mjs';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

async function until(condition, what) {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function callOf(names, between = {}) {
  const service = new MemoryService(), link = newLink(), people = [];
  for (const name of names) {
    const person = await (await Person.join(service, { link, name })).in();
    person.frames = await FrameSide.of(person, between[name]);
    people.push(person);
  }
  await agree(people, names);
  return { service, link, people };
}

const end = (people) => people.forEach(({ group, frames }) => { frames?.end(); group.close(); });

/** Frames keep coming, as in a call, until this receiver shows one. */
async function plays(send, receiver) {
  let number = 0;
  const before = receiver.shown.length;
  await until(() => {
    const sealed = send(`frame ${++number}`);
    if (sealed !== null) receiver.give(sealed);
    return receiver.shown.length > before;
  }, `nothing was shown: ${JSON.stringify(receiver.drops())}`);
}

test('frames of a member open at the others, who learn whose they are from the key', async () => {
  const { people } = await callOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  const camera = ada.frames.sender('camera'), tile = ben.frames.receiver('v0', 'video');
  await plays(camera, tile);
  const occupant = ben.frames.events.find(({ type }) => type === 'occupant');
  assert.deepEqual([occupant.endpoint, occupant.source], [await ben.idOf('Ada'), 'camera']);
  const sealed = camera('again');
  tile.give(sealed);
  tile.give(sealed);
  assert.equal(tile.drops().replayed, 1);
  end(people);
});

test('nothing that is sent after a removal opens at the removed, whatever it keeps', async () => {
  // Nobody tells its frame side that it is out, so that this keeps every key that it had.
  let cut = false;
  const { people } = await callOf(['Ada', 'Ben', 'Cleo'], { Cleo: (message) => (cut ? [] : message) });
  const [ada, ben, cleo] = people;
  const camera = ada.frames.sender('camera'), cleosCamera = cleo.frames.sender('camera');
  const atBen = ben.frames.receiver('v0', 'video'), atCleo = cleo.frames.receiver('v0', 'video');
  const fromCleo = ben.frames.receiver('v1', 'video');
  await plays(camera, atBen);
  await plays(camera, atCleo);
  await plays(cleosCamera, fromCleo);
  cut = true;
  await ada.group.kick(await ada.idOf('Cleo'));
  await agree([ada, ben], ['Ada', 'Ben']);
  await plays(camera, atBen);
  const shown = atCleo.shown.length;
  for (let i = 0; i < 20; i++) atCleo.give(camera(`after ${i}`));
  fromCleo.give(cleosCamera('from outside'));
  await until(() => atCleo.drops()['unknown-key'] >= 20, 'frames of another epoch wait, and are dropped then');
  assert.equal(atCleo.shown.length, shown);
  assert.equal(fromCleo.shown.includes('from outside'), false);
  assert.equal(fromCleo.drops()['expired-key'], 1);
  end(people);
});

test('a newcomer opens nothing that was sent before it came', async () => {
  const { service, link, people } = await callOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  const camera = ada.frames.sender('camera');
  await plays(camera, ben.frames.receiver('v0', 'video'));
  const before = Array.from({ length: 10 }, (_, i) => camera(`before ${i}`));
  const cleo = await (await Person.join(service, { link, name: 'Cleo' })).in();
  cleo.frames = await FrameSide.of(cleo);
  await agree([...people, cleo], ['Ada', 'Ben', 'Cleo']);
  const tile = cleo.frames.receiver('v0', 'video');
  for (const sealed of before) tile.give(sealed);
  await plays(camera, tile);
  for (const sealed of before) tile.give(sealed);
  assert.ok(tile.shown.every((text) => text.startsWith('frame')), tile.shown.join());
  end([...people, cleo]);
});

test('media that is held back plays, and is counted as not live; what comes in time is not', async () => {
  const { people } = await callOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  await ada.group.setMarks({ publishes: true, microphoneMuted: false, cameraOff: false, handRaised: false });
  const camera = ada.frames.sender('camera'), microphone = ada.frames.sender('microphone');
  const picture = ben.frames.receiver('v0', 'video'), sound = ben.frames.receiver('a0', 'audio');
  await plays(camera, picture);
  const heldBack = Array.from({ length: 1000 }, (_, i) => camera(`held back ${i}`));
  await until(() => {
    sound.give(microphone('in time'));
    picture.give(heldBack.shift());
    return picture.lagging() > 2;
  }, 'what comes seconds later is not live');
  assert.equal(picture.shown.at(-1).slice(0, 9), 'held back');
  assert.ok(sound.shown.length > 10);
  assert.equal(sound.lagging(), 0);
  end(people);
});

test('what crosses between the workers is sealed: a script that keeps or alters it has no key, and breaks no rule', async () => {
  const service = new MemoryService(), link = newLink();
  const ada = await (await Person.join(service, { link, name: 'Ada' })).in();
  const flip = (message) => message.map((byte, at) => (at === message.length - 1 ? byte ^ 1 : byte));
  ada.frames = await FrameSide.of(ada, (message) => [flip(message), message, message]);
  const camera = ada.frames.sender('camera');
  await until(() => camera('a frame') !== null, 'no key came');
  assert.ok(ada.frames.crossed.length > 0);
  // Another frame side cannot use what was meant for this one, nor can anybody have this epoch a second time.
  const second = await FrameSide.of(ada);
  const again = second.sender('camera');
  assert.equal(again('under the same key?'), null);
  second.end();
  end([ada]);
});

test('somebody who comes again and again makes nobody send key frames without end', async () => {
  const { service, link, people } = await callOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  // Ben makes one for each who comes, with no time in between.
  ben.frames.end();
  ben.frames = await FrameSide.of(ben, undefined, { wait: (milliseconds) => (milliseconds < 500 ? 0 : milliseconds) });
  const made = { ada: [], ben: [] };
  ada.frames.room.makeKeyFrames = () => made.ada.push(performance.now());
  ben.frames.room.makeKeyFrames = () => made.ben.push(performance.now());
  const guests = [];
  for (let i = 0; i < 8; i++) guests.push(await (await Person.join(service, { link, name: `Guest ${i}` })).in());
  await until(() => made.ada.length > 0, 'the first newcomer has a key frame');
  const apart = (times) => times.slice(1).map((at, i) => at - times[i]);
  assert.ok(apart(made.ada).every((milliseconds) => milliseconds >= 495), apart(made.ada).join());
  assert.ok(apart(made.ben).some((milliseconds) => milliseconds < 495), apart(made.ben).join());
  end([...people, ...guests]);
});

test('the page cannot switch a group\'s encryption off', async () => {
  const { people } = await callOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  const camera = ada.frames.sender('camera'), tile = ben.frames.receiver('v0', 'video');
  const leaves = (text) => new TextDecoder().decode(camera(text).data);
  await plays(camera, tile);
  assert.throws(() => ada.frames.room.switchTo(false), { code: 'wrong-mode' });
  assert.equal(ada.frames.lock.on, true);
  assert.ok(!leaves('a face').includes('a face'));
  // Where a group does not take the switch away, any script of the page may.
  delete ada.frames.lock.switch;
  ada.frames.room.switchTo(false);
  assert.equal(leaves('a face'), 'a face');
  end(people);
});
