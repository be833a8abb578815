// Groups over an app's own transport, without our bridge: the built package, its worker and its module in
// threads of Node, and a service in memory that keeps to OrderedTransport, or does not.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

async function roomOf(names, service = new MemoryService(), link = newLink()) {
  const people = [];
  for (const name of names) people.push(await (await Person.join(service, { link, name })).in());
  await agree(people, names);
  return { service, link, people };
}

const end = (people) => people.forEach(({ group }) => group.close());

test('three members found a room, see each other under their names, and talk', async () => {
  const { service, people } = await roomOf(['Ada', 'Ben', 'Cleo']);
  const [ada, ben, cleo] = people;
  assert.equal(await ada.group.say('Hello, you two'), 1);
  for (const other of [ben, cleo]) {
    const chat = await other.told('chat');
    assert.deepEqual([chat.name, chat.text, chat.number, chat.missing], ['Ada', 'Hello, you two', 1, 0]);
  }
  await ada.told('chatDelivered', ({ number }) => number === 1);
  await ben.group.react('👋');
  assert.equal((await cleo.told('reaction')).reaction, '👋');
  const [self] = (await ben.group.members()).filter((member) => member.self);
  assert.deepEqual([self.name, self.moderator], ['Ben', false]);
  assert.equal((await ben.group.members()).find(({ name }) => name === 'Ada').moderator, true, 'who founded it');
  // The server carried all of it and saw none of it.
  const carried = Buffer.concat(service.seen.map(({ bytes }) => Buffer.from(bytes)));
  for (const word of ['Ada', 'Ben', 'Cleo', 'Hello']) assert.equal(carried.includes(word), false, word);
  assert.ok(carried.length > 1000);
  end(people);
});

test('a kick removes a member and changes the link: the old one lets nobody in any more', async () => {
  const { service, link, people } = await roomOf(['Ada', 'Ben', 'Cleo']);
  const [ada, ben, cleo] = people;
  await ada.group.kick(await ada.idOf('Cleo'));
  assert.equal((await cleo.told('ended')).reason, 'kicked');
  assert.equal((await ben.told('memberGone', ({ name }) => name === 'Cleo')).reason, 'kicked');
  await agree([ada, ben], ['Ada', 'Ben']);
  const changed = await Promise.all([ada, ben].map((person) => person.told('linkChanged', ({ generation }) => generation === 1)));
  assert.equal(changed[0].fragment, changed[1].fragment);
  assert.match(changed[0].fragment, /^1\.[\w-]{43}$/);
  assert.ok(cleo.events.every(({ type, generation }) => type !== 'linkChanged' || generation === 0));

  const mallory = await Person.join(service, { link, name: 'Cleo again' });
  const dora = await (await Person.join(service, { link: changed[0].fragment, name: 'Dora' })).in();
  await agree([ada, ben, dora], ['Ada', 'Ben', 'Dora']);
  assert.notEqual(mallory.group.state, 'in');
  assert.equal(mallory.count('chat'), 0);
  end([...people, mallory, dora]);
});

test('who leaves is gone for the others, and is told so', async () => {
  const { people } = await roomOf(['Ada', 'Ben', 'Cleo']);
  const [ada, ben, cleo] = people;
  await ben.group.leave();
  assert.equal((await ben.told('ended')).reason, 'left');
  assert.equal((await cleo.told('memberGone')).reason, 'left');
  await agree([ada, cleo], ['Ada', 'Cleo']);
  await assert.rejects(ben.group.say('still here?'), { code: 'not-now' });
  end(people);
});

test('who is no moderator kicks nobody', async () => {
  const { people } = await roomOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  await assert.rejects(ben.group.kick(await ben.idOf('Ada')), { name: 'E2eeError', code: 'not-now' });
  await agree([ada, ben], ['Ada', 'Ben']);
  end(people);
});

test('a server that repeats, alters and exchanges what it carries changes nothing that people see', async () => {
  const service = new MemoryService();
  const flip = (message) => {
    const bytes = message.bytes.slice();
    if (bytes.length > 0) bytes[bytes.length >> 1] ^= 1;
    return { ...message, bytes };
  };
  // Before each message a spoilt copy of it, one under another's name and kind; after it the same again.
  service.carry = (message) => (message.kind === 1 ? [message]
    : [flip(message), { ...message, kind: message.kind === 4 ? 3 : 4 }, message, message]);
  const { people } = await roomOf(['Ada', 'Ben', 'Cleo'], service);
  const [ada, ben, cleo] = people;
  for (const text of ['one', 'two', 'three']) await ada.group.say(text);
  for (const other of [ben, cleo]) {
    await other.told('chat', ({ text }) => text === 'three');
    assert.deepEqual(other.events.filter(({ type }) => type === 'chat').map(({ text }) => text), ['one', 'two', 'three']);
  }
  // Everything that there ever was, once more, to everybody.
  let number = 1000;
  for (const message of [...service.seen]) service.inject({ ...message, number: ++number });
  await ben.group.say('four');
  await ada.told('chat', ({ text }) => text === 'four');
  await agree(people, ['Ada', 'Ben', 'Cleo']);
  for (const person of people) {
    assert.equal(person.count('failed'), 0);
    assert.equal(person.count('ended'), 0);
  }
  end(people);
});

test('a server that says that all have gone, or makes up members, is believed in nothing', async () => {
  const { service, people } = await roomOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  const stranger = Buffer.alloc(16, 9).toString('base64url');
  for (const kind of [1, 2, 3, 4]) {
    for (const size of [0, 1, 33, 300]) service.inject({ kind, sender: stranger, number: 50, bytes: new Uint8Array(size).fill(kind) });
  }
  service.sayLeft(ada.group.endpoint);
  await ada.group.say('still here');
  await ben.told('chat', ({ text }) => text === 'still here');
  await agree(people, ['Ada', 'Ben']);
  end(people);
});

test('what is asked for wrongly is refused with a code, and nothing else happens', async () => {
  const service = new MemoryService();
  const link = newLink();
  await assert.rejects(Person.join(service, { link: 'nonsense', name: 'Ada' }), { name: 'KeyError', code: 'bad-link' });
  await assert.rejects(Person.join(service, { link, name: 'Ada\u202e' }), { code: 'bad-argument' });
  await assert.rejects(Person.join(service, { link, name: 'Ada', endpoint: 'short' }), { code: 'bad-argument' });
  await assert.rejects(Person.join(service, { link, name: 'A'.repeat(300) }), { code: 'bad-argument' });
  const ada = await (await Person.join(service, { link, name: 'Ada' })).in();
  await assert.rejects(ada.group.kick('everybody'), { code: 'bad-argument' });
  await assert.rejects(ada.group.kick(await ada.idOf('Ada'), { identity: 'a'.repeat(63) }), { code: 'bad-argument' });
  await assert.rejects(ada.group.makeModerator(await ada.idOf('Ada'), { identity: 'a'.repeat(64) }), { code: 'bad-argument' });
  for (const code of ['', '0'.repeat(13), 'x'.repeat(14)]) await assert.rejects(ada.group.confirmCode(code), { code: 'bad-argument' });
  await assert.rejects(ada.group.confirmCode('0'.repeat(14)), { code: 'not-now' });
  await assert.rejects(ada.group.say(''), { code: 'bad-argument' });
  await assert.rejects(ada.group.say('x'.repeat(100_000)), { code: 'bad-argument' });
  await assert.rejects(ada.group.setJoinPolicy('closed'), { code: 'bad-argument' });
  await agree([ada], ['Ada']);
  ada.group.close();
  await assert.rejects(ada.group.say('hello?'), { name: 'WorkerError', code: 'closed' });
});

test('a worker that was made ready ahead serves the next group, and only that one', async () => {
  const { Group } = await import('../../wasm/dist/index.js');
  let made = 0;
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...all) {
      super(...all);
      made++;
    }
  };
  try {
    Group.prepare();
    Group.prepare();
    assert.equal(made, 1);
    const { people } = await roomOf(['Ada']);
    assert.equal(made, 1);
    const other = await roomOf(['Ben']);
    assert.equal(made, 2);
    end([...people, ...other.people]);
  } finally {
    globalThis.Worker = Worker;
  }
});

test('a connection that the server calls by another name goes on in the same group', async () => {
  const { service, people } = await roomOf(['Ada', 'Ben']);
  const [ada, ben] = people;
  const before = await ada.idOf('Ben');
  const renamed = Buffer.alloc(16, 7).toString('base64url');
  service.rename(ben.group.endpoint, renamed);
  assert.equal(ben.group.endpoint, renamed);
  await ada.told('memberChanged', ({ name, endpoint }) => name === 'Ben' && endpoint === renamed);
  assert.equal(await ada.idOf('Ben'), before);
  await agree(people, ['Ada', 'Ben']);
  end(people);
});
