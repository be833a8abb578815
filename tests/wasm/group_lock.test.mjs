// Encryption switched off and on again by a moderator, in a group, and a bridge that has pictures of its own
// (security profile, section 6): with a rule of the lock left out at one receiver, where they play, and as it is.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { encoded, FrameSide, Lock } from './group/frame_side.mjs';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

/** Clear frames pass for as long as nothing sealed has come. */
class WithoutASecond extends Lock {
  admitsClear(_, sealedIn) { return super.admitsClear(-Infinity, sealedIn); }
}
/** And for that second, whatever the sender does. */
class WithoutTheFirstSealed extends Lock {
  admitsClear(now) { return super.admitsClear(now, NaN); }
}

async function until(condition, what) {
  const deadline = Date.now() + 60_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const stateOf = ({ shown, stream }) => JSON.stringify([shown, { ...stream.report(), drops: null }]);
const byTheBridge = (text) => encoded('video/VP9', 'key', text);

/** Ada moderates and sends, Ben receives as everybody does, Cleo without the rule. */
async function switchedOffAndOn(lax, body) {
  const service = new MemoryService(), link = newLink(), names = ['Ada', 'Ben', 'Cleo'], people = [];
  let milliseconds = 0; // of the receivers' clock, which stands still until the test moves it
  const now = () => milliseconds, pass = (span) => { milliseconds += span; };
  for (const name of names) {
    const person = await (await Person.join(service, { link, name })).in();
    person.frames = await FrameSide.of(person, undefined, name === 'Ada' ? {} : name === 'Ben' ? { now } : { now, lock: lax });
    people.push(person);
  }
  await agree(people, names);
  const [ada, ben, cleo] = people;
  const camera = ada.frames.sender('camera');
  const receivers = { real: ben.frames.receiver('v0', 'video'), lax: cleo.frames.receiver('v0', 'video') };
  const give = (frame) => Object.values(receivers).forEach((one) => one.give(frame));
  try {
    await until(() => {
      const sealed = camera('sealed');
      if (sealed !== null) give(sealed);
      return Object.values(receivers).every(({ shown }) => shown.length > 0);
    }, 'Ada is seen by all');
    const all = (on) => people.every(({ frames }) => frames.lock.on === on);
    await ada.group.setMediaEncrypted(false);
    await until(() => all(false), 'off everywhere');
    give(byTheBridge('while it is off'));
    await ada.group.setMediaEncrypted(true);
    await until(() => all(true), 'on everywhere');
    give(byTheBridge('in the second after'));
    for (const { shown } of Object.values(receivers)) assert.deepEqual(shown.slice(-2), ['while it is off', 'in the second after']);
    const off = async () => {
      await ada.group.setMediaEncrypted(false);
      await until(() => all(false), 'off everywhere again');
    };
    await body({ ...receivers, camera, give, pass, off, slotOf: (name) => people[names.indexOf(name)].frames.room });
  } finally {
    people.forEach(({ group, frames }) => { frames.end(); group.close(); });
  }
}

test('a second after encryption is on again no clear frame plays, though the bridge holds all sealed ones back', () =>
  switchedOffAndOn(new WithoutASecond(), async ({ real, lax, give, pass }) => {
    pass(990);
    give(byTheBridge('in time'));
    assert.equal(real.shown.at(-1), 'in time');
    pass(10);
    const before = stateOf(real);
    for (let i = 0; i < 20; i++) give(byTheBridge(`picture ${i}`));
    assert.equal(lax.shown.at(-1), 'picture 19', 'where the second has no end');
    pass(1000);
    assert.equal(stateOf(real), before);
  }));

test("after a sender's first sealed frame no clear one plays, though the second is not over", () =>
  switchedOffAndOn(new WithoutTheFirstSealed(), async ({ real, lax, camera, give }) => {
    give(camera('sealed again'));
    assert.equal(real.shown.at(-1), 'sealed again');
    const before = stateOf(real);
    give(byTheBridge('one more picture'));
    assert.equal(lax.shown.at(-1), 'one more picture', 'where the first sealed frame ends nothing');
    assert.equal(stateOf(real), before);
  }));

test('while it is off, a clear picture plays though its first bytes are a header with the KID of somebody else', () =>
  switchedOffAndOn(new Lock(), async ({ real, slotOf, off, camera, pass }) => {
    pass(1000);
    const header = camera('a picture');
    const bytes = new Uint8Array(header.data.slice(0));
    bytes[bytes.length - 1] ^= 1;
    const picture = { ...header, data: bytes.buffer };
    slotOf('Ben').claim('v0', { endpoint: '77', source: 'camera' });
    const before = real.stream.report();
    real.give(picture);
    assert.deepEqual(real.stream.report().clear, before.clear, 'the control: while it is on, it does not');
    await off();
    real.give(picture);
    const { clear, drops } = real.stream.report();
    assert.equal(clear, before.clear + 2, 'this one, and the one that waited');
    assert.equal(drops['claim-mismatch'] ?? 0, before.drops['claim-mismatch'] ?? 0);
  }));
