// A room where people knock: who has the link waits until a moderator lets it in, and comes in only as who it was
// when the moderator looked. In virtual time.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MessageKind } from '../../wasm/dist/index.js';
import { VirtualRoom } from './group/virtual_room.mjs';

const { KEY_PACKAGE, HANDSHAKE } = MessageKind;
const WAITS = 20_000;

// Ada moderates, Ben does not.
async function roomThatIsKnockedAt(seed, founding = { joinPolicy: 'knock' }) {
  const room = new VirtualRoom(seed);
  const ada = await room.join('Ada');
  await room.until('Ada is in', () => ada.group.state === 'in');
  const ben = await room.join('Ben');
  await room.agreed([ada, ben]);
  await ada.group.setJoinPolicy(founding.joinPolicy);
  await room.until('Ben is told', () => ben.events.some(({ type, joinPolicy }) => type === 'roomChanged' && joinPolicy === founding.joinPolicy));
  return { room, ada, ben };
}

const asked = async (room, moderator, name) => {
  const find = () => moderator.events.findLast((event) => event.type === 'joinRequested' && event.name === name);
  await room.until(`${name} is heard knocking`, () => find() !== undefined);
  return find();
};

async function staysOutside(room, person, members) {
  const before = await Promise.all(members.map((member) => member.group.agreement()));
  await room.pass(WAITS);
  assert.notEqual(person.group.state, 'in');
  assert.deepEqual(await person.names(), []);
  for (const [index, member] of members.entries()) {
    assert.equal(await member.group.agreement(), before[index], 'nothing has changed for anybody');
    assert.deepEqual(await member.names(), members.map(({ name }) => name).sort());
  }
}

test('who knocks waits; the moderator is told who it is, lets it in, and everybody sees it', async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(1);
  const cleo = await room.join('Cleo');
  const request = await asked(room, ada, 'Cleo');
  assert.equal(request.endpoint, cleo.group.endpoint);
  assert.match(request.identity, /^[0-9a-f]{64}$/);
  assert.equal(request.standing, 'new');
  await room.until('Cleo is told that a moderator has been asked', () => cleo.count('answered') === 1);
  assert.equal(cleo.events.find(({ type }) => type === 'answered').answer, 'asked');
  await staysOutside(room, cleo, [ada, ben]);
  assert.equal(cleo.count('answered'), 1);
  await ada.group.admit(request.endpoint);
  await room.agreed([ada, ben, cleo]);
  assert.equal((await ada.group.members()).find(({ name }) => name === 'Cleo').identity, request.identity, 'it is who was shown');
  await room.talk([ada, ben, cleo]);
  room.close(room.people);
});

test('who is turned away stays outside, and another is let in meanwhile', async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(2);
  const cleo = await room.join('Cleo');
  const dan = await room.join('Dan');
  const requests = [await asked(room, ada, 'Cleo'), await asked(room, ada, 'Dan')];
  await ada.group.turnAway(requests[0].endpoint);
  await ada.group.admit(requests[1].endpoint);
  await room.agreed([ada, ben, dan]);
  await assert.rejects(ada.group.admit(Buffer.alloc(16, 9).toString('base64url')), { code: 'bad-argument' });
  await staysOutside(room, cleo, [ada, ben, dan]);
  assert.ok([ben, dan].every((member) => member.events.every(({ type, name }) => type !== 'memberChanged' || name !== 'Cleo')));
  room.close(room.people);
});

test('who has waited for so long that it thought that nobody was there is let in all the same', async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(7);
  const cleo = await room.join('Cleo');
  const { endpoint } = await asked(room, ada, 'Cleo');
  await room.pass(60_000);
  assert.deepEqual(await cleo.names(), ['Cleo'], 'alone');
  await ada.group.admit(endpoint);
  await room.agreed([ada, ben, cleo]);
  await room.talk([ada, ben, cleo]);
  room.close(room.people);
});

test('who does not moderate lets nobody in, nor is asked to, nor opens the room', async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(3);
  const cleo = await room.join('Cleo');
  await asked(room, ada, 'Cleo');
  await assert.rejects(ben.group.admit(cleo.group.endpoint), { code: 'not-now' });
  await assert.rejects(ben.group.setJoinPolicy('open'), { code: 'not-now' });
  await staysOutside(room, cleo, [ada, ben]);
  await ada.group.setJoinPolicy('open');
  await room.agreed([ada, ben, cleo]);
  room.close(room.people);
});

test("another takes the place of who was shown: the moderator's yes was to somebody else", async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(4);
  const cleo = await room.join('Cleo');
  const request = await asked(room, ada, 'Cleo');
  const place = cleo.group.endpoint;
  room.close([cleo]);
  // Mallory has the link as well, and the service delivers what Mallory sends as from where Cleo was.
  const mallorys = Buffer.from(room.random.bytes(16)).toString('base64url');
  room.service.carry = (message) => [{ message: { ...message, sender: message.sender === mallorys ? place : message.sender }, after: 0 }];
  const mallory = await room.join('Mallory', { endpoint: mallorys });
  await ada.group.admit(place).catch(({ code }) => assert.equal(code, 'bad-argument'));
  await room.pass(WAITS);
  for (const member of [ada, ben]) assert.ok(!(await member.names()).includes('Mallory'), `${member.name} is shown Mallory`);
  assert.deepEqual(await mallory.names().then((names) => names.filter((name) => name !== 'Mallory')), []);
  // The control: from a place of its own Mallory is heard, as somebody else, and would be let in as that.
  room.service.carry = (message) => [{ message, after: 0 }];
  const own = await asked(room, ada, 'Mallory');
  assert.equal(own.endpoint, mallorys);
  assert.notEqual(own.identity, request.identity);
  room.close(room.people);
});

test('nobody is let in by a key package that was recorded when it was let in before', async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(5);
  const cleo = await room.join('Cleo');
  const { endpoint } = await asked(room, ada, 'Cleo');
  await ada.group.admit(endpoint);
  await room.agreed([ada, ben, cleo]);
  await cleo.group.leave();
  await room.until('Cleo has left', () => cleo.count('ended') === 1);
  room.close([cleo]);
  await room.agreed([ada, ben]);
  const again = room.service.seen.filter(({ kind, sender, bytes }) => kind === KEY_PACKAGE && sender === endpoint && bytes.length > 0);
  assert.ok(again.length > 0);
  const told = ada.count('joinRequested'), handshakes = room.service.seen.filter(({ kind }) => kind === HANDSHAKE).length;
  for (const message of again) for (const to of room.service.endpoints) room.service.inject(message, to);
  await room.pass(WAITS);
  assert.equal(ada.count('joinRequested'), told, 'nobody is shown as waiting');
  await assert.rejects(ada.group.admit(endpoint), { code: 'bad-argument' });
  assert.equal(room.service.seen.filter(({ kind }) => kind === HANDSHAKE).length, handshakes);
  assert.deepEqual(await ada.names(), ['Ada', 'Ben']);
  room.close(room.people);
});

test('a locked room lets nobody in, whoever asks, until it is opened', async () => {
  const { room, ada, ben } = await roomThatIsKnockedAt(6, { joinPolicy: 'locked' });
  const cleo = await room.join('Cleo');
  await room.until('Cleo is told that the room is locked', () => cleo.events.some(({ type, answer }) => type === 'answered' && answer === 'locked'));
  await staysOutside(room, cleo, [ada, ben]);
  await ada.group.setJoinPolicy('open');
  await room.agreed([ada, ben, cleo]);
  assert.equal(cleo.events.findLast(({ type }) => type === 'answered').answer, 'none');
  room.close(room.people);
});
