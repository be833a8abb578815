// Streams beyond microphone, camera, screen and its sound: contexts 4 to 15 are an app's own, at native
// endpoints. The package plays and seals its four sources; what comes under another context opens for nobody's
// slot, ends nothing, and is counted.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { NativeMember } from '../native/group_member/native_member.mjs';
import { FrameSide } from './group/frame_side.mjs';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

const CONTEXTS = { microphone: 0, camera: 1, screen: 2, 'screen-audio': 3 };
const OWN = Array.from({ length: 12 }, (_, index) => 4 + index);

async function until(condition, what) {
  for (const deadline = Date.now() + 60_000; !await condition();) {
    assert.ok(Date.now() < deadline, typeof what === 'string' ? what : what());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// Nat and Neo are native, Ada is the package's.
async function call() {
  const service = new MemoryService(), link = newLink();
  const ada = await (await Person.join(service, { link, name: 'Ada' })).in();
  ada.frames = await FrameSide.of(ada);
  const native = [];
  for (const name of ['Nat', 'Neo']) native.push(await (await NativeMember.join(service.transport(), { link, name })).in());
  await agree([ada, ...native], ['Ada', 'Nat', 'Neo']);
  return [ada, ...native];
}

const wire = (sealed, mimeType) => ({ data: new Uint8Array(sealed).buffer, type: 'key', getMetadata: () => ({ mimeType }) });
const end = (people) => Promise.all(people.map(({ group, frames }) => { frames?.end(); return group.close(); }));

test('each of the four sources of a native member plays in a slot of its kind, under its own name', async () => {
  const people = await call();
  const [ada, nat] = people;
  for (const [source, context] of Object.entries(CONTEXTS)) {
    const video = source === 'camera' || source === 'screen';
    const slot = ada.frames.receiver(source, video ? 'video' : 'audio');
    await until(async () => {
      slot.give(wire(await nat.seal(context, video ? 'vp9' : 'opus', Buffer.from(source)), video ? 'video/VP9' : 'audio/opus'));
      return slot.shown.length > 0;
    }, `${source} does not play`);
    assert.ok(slot.shown.every((text) => text === source));
    const told = ada.frames.events.find((event) => event.type === 'occupant' && event.slot === source);
    assert.deepEqual([told.endpoint, told.source], [await ada.idOf('Nat'), source]);
  }
  await end(people);
});

test('an app\'s own streams open at native members, and in no slot of a browser, whose picture goes on', async () => {
  const people = await call();
  const [ada, nat, neo] = people;
  const tile = ada.frames.receiver('v0', 'video'), ear = ada.frames.receiver('a0', 'audio');
  await until(async () => {
    tile.give(wire(await nat.seal(CONTEXTS.camera, 'vp9', Buffer.from('camera')), 'video/VP9'));
    return tile.shown.length > 0;
  }, 'the camera does not play');
  for (const context of OWN) {
    await until(async () => {
      const sealed = await nat.seal(context, 'vp9', Buffer.from(`stream ${context}`));
      tile.give(wire(sealed, 'video/VP9'));
      const opened = await neo.open('vp9', sealed, context);
      if (opened.status !== 'ok') return false;
      assert.deepEqual([opened.frame.toString(), opened.context], [`stream ${context}`, context]);
      return true;
    }, `context ${context} does not open natively`);
    ear.give(wire(await nat.seal(context, 'opus', Buffer.from('sound')), 'audio/opus'));
  }
  assert.ok(tile.shown.every((text) => text === 'camera'), tile.shown.join());
  assert.deepEqual(ear.shown, []);
  await until(() => tile.drops()['claim-mismatch'] >= OWN.length && ear.drops()['claim-mismatch'] === OWN.length,
    () => JSON.stringify([tile.drops(), ear.drops()]));
  // Whatever the server calls its codec: it is nobody's for this slot, and that is the reason.
  const before = { tile: tile.drops()['claim-mismatch'], ear: ear.drops()['claim-mismatch'] };
  tile.give(wire(await nat.seal(OWN[0], 'vp9', Buffer.from('own')), 'video/x-own'));
  ear.give(wire(await nat.seal(OWN[0], 'opus', Buffer.from('own')), 'audio/L16'));
  ear.give(wire(await nat.seal(CONTEXTS.camera, 'vp9', Buffer.from('camera')), 'audio/L16'));
  await until(() => tile.drops()['claim-mismatch'] === before.tile + 1 && ear.drops()['claim-mismatch'] === before.ear + 2,
    () => JSON.stringify([tile.drops(), ear.drops()]));
  assert.ok([tile, ear].every((slot) => slot.drops()['unsupported-codec'] === undefined));
  tile.give(wire(await nat.seal(CONTEXTS.camera, 'vp9', Buffer.from('camera')), 'video/x-own'));
  tile.give(wire(Buffer.from('what nobody has sealed'), 'video/x-own'));
  assert.equal(tile.drops()['unsupported-codec'], 2, 'of its own stream that is the reason');
  const shown = tile.shown.length;
  tile.give(wire(await nat.seal(CONTEXTS.camera, 'vp9', Buffer.from('camera')), 'video/VP9'));
  assert.equal(tile.shown.length, shown + 1, 'the camera goes on');
  await assert.rejects(nat.seal(16, 'vp9', Buffer.from('there is no such context')), { code: 'invalid-argument' });
  await end(people);
});
