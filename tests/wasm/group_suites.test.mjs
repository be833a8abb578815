// Cipher suites in groups. Native members have all of them; the browser's modules carry no AES, so they have
// MLS' suite 0x0003 alone: between the two suites nobody gets in, and a room's frames are under the room's suite.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { webcrypto } from 'node:crypto';
import { NativeMember } from '../native/group_member/native_member.mjs';
import { MemoryService } from './group/memory_service.mjs';
import { agree, newLink, Person } from './group/people.mjs';

const CAMERA = 1;
const GCM_128 = 4, GCM_256 = 5, SHORT_TAGS = 1;
const roomFor = () => ({ service: new MemoryService(), link: newLink() });
const native = (room, name, options) => NativeMember.join(room.service.transport(), { link: room.link, name, ...options });
const browser = (room, name) => Person.join(room.service, { link: room.link, name });
const end = (...people) => Promise.all(people.map(({ group }) => group.close()));

// Frames of the first open at the second.
async function frameOpens(from, to) {
  for (const deadline = Date.now() + 60_000; ;) {
    const wire = await from.seal(CAMERA, 'vp9', Buffer.from('a frame')).catch(() => null);
    const opened = wire && await to.open('vp9', wire);
    if (opened?.status === 'ok') return assert.equal(opened.frame.toString(), 'a frame');
    assert.ok(Date.now() < deadline, `no frame opened: ${opened?.status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a room under MLS suite 0x0001 is one for native members: a browser stays outside, and nobody is shown it', async () => {
  const room = roomFor();
  const nat = await (await native(room, 'Nat', { mlsSuite: 1 })).in();
  const ada = await browser(room, 'Ada'); // asks before Neo does
  const neo = await (await native(room, 'Neo', { mlsSuite: 1 })).in();
  await agree([nat, neo], ['Nat', 'Neo']);
  await frameOpens(nat, neo);
  assert.notEqual(ada.group.state, 'in');
  assert.deepEqual(await ada.names(), []);
  for (const member of [nat, neo]) assert.ok(member.events.every(({ name }) => name !== 'Ada'));
  await end(nat, neo, ada);
});

test('who asks for suite 0x0001 does not get into the room of browsers, which goes on', async () => {
  const room = roomFor();
  const ada = await (await browser(room, 'Ada')).in();
  const nat = await native(room, 'Nat', { mlsSuite: 1 });
  const ben = await (await browser(room, 'Ben')).in();
  await agree([ada, ben], ['Ada', 'Ben']);
  assert.notEqual(nat.state, 'in');
  assert.equal(ada.count('failed') + ben.count('failed'), 0);
  await end(nat, ada, ben);
});

test("the browser's module refuses a group under a suite that it lacks, before it has made anything", async () => {
  const module = await WebAssembly.compile(await readFile(new URL('../../wasm/dist/sotto-group.wasm', import.meta.url)));
  for (const [suite, result] of [[1, -3], [2, -3], [3, 0], [0xffff, -3]]) {
    let memory = null;
    const { exports } = await WebAssembly.instantiate(module, {
      env: { sotto_random: (at, size) => webcrypto.getRandomValues(new Uint8Array(memory.buffer, at, size)), emscripten_notify_memory_growth: () => undefined },
      wasi_snapshot_preview1: { proc_exit: () => assert.fail('it ended') },
    });
    memory = exports.memory;
    exports._initialize();
    assert.equal(exports.sotto_initialize(), 0);
    const sized = (text) => [text.length, ...Buffer.from(text)];
    const config = Uint8Array.from([1, 0, suite >> 8, suite & 255, ...new Uint8Array(16), 0, ...sized('room'), ...sized(newLink()), ...sized('Ada')]);
    new Uint8Array(memory.buffer).set(config, exports.sotto_input(config.length));
    assert.equal(exports.sotto_group_create(config.length), result, `suite ${suite}`);
  }
});

test("a native member that would rather have AES joins a browser's room under the room's own suite", async () => {
  const room = roomFor();
  const ada = await (await browser(room, 'Ada')).in();
  const nat = await (await native(room, 'Nat', { frameSuite: GCM_256 })).in();
  const neo = await (await native(room, 'Neo')).in();
  await agree([ada, nat, neo], ['Ada', 'Nat', 'Neo']);
  await frameOpens(nat, neo);
  await end(ada, nat, neo);
});

for (const [name, frameSuite] of [['AES-128-GCM', GCM_128], ['AES-256-GCM', GCM_256], ['short tags', SHORT_TAGS]]) {
  test(`a room whose frames are under ${name}: native members hear each other, and a browser refuses to come in`, async () => {
    const room = roomFor();
    const nat = await (await native(room, 'Nat', { frameSuite })).in();
    const neo = await (await native(room, 'Neo', { frameSuite })).in();
    await agree([nat, neo], ['Nat', 'Neo']);
    await frameOpens(nat, neo);
    await frameOpens(neo, nat);
    const ada = await browser(room, 'Ada');
    await ada.told('trouble', ({ code }) => code === 'welcome-refused');
    assert.notEqual(ada.group.state, 'in');
    assert.deepEqual(await ada.names(), []);
    await nat.group.say('among ourselves');
    await neo.told('chat', ({ text }) => text === 'among ourselves');
    assert.equal(ada.count('chat'), 0);
    await end(nat, neo, ada);
  });
}
