// Where ts-mls 1.6.4 departs from RFC 9420 (the numbers are those of ts_mls_peer.mjs): that it does, and
// that ours keeps to the RFC. A newer ts-mls that has mended one of these makes its test fail, and then
// what works round it can go.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertRefused, hex, Room, startProcesses } from './members.mjs';
import { refusedByTsMls } from './unmerged_leaves.mjs';

const { ours, theirs, close } = startProcesses();
after(close);
const suite = 3;
const extension = (text) => ({ extensions: [[0xf5a0, hex(text)]] });

// The first founds, the others join.
async function roomOf(...members) {
  const room = await Room.create(members[0]);
  await room.commit(members[0], { joiners: members.slice(1) });
  return room;
}
const client = (kind, name) => kind.member(name, { suite });

test('1. ts-mls does not join by a valid tree whose parents differ in their unmerged_leaves', async () => {
  const members = await Promise.all([...'abcdefgh'].map((name) => client(ours, name)));
  const room = await roomOf(...members);
  for (const member of members) await room.commit(member);
  const [anna, , , dora, , , , hans] = members;
  await room.commit(anna, { proposals: [{ remove: await room.leafOf(dora) }] });
  // At dora's leaf, unmerged in the node above the first four and in the root; then in the former alone.
  await room.commit(anna, { joiners: [await client(ours, 'emil')], path: false });
  await room.commit(hans);
  const [one, other] = [await client(ours, 'one'), await client(theirs, 'other')];
  const proposals = [{ add: await one.keyPackage() }, { add: await other.keyPackage() }];
  const { commit, welcomes } = await anna.ask('commit', { proposals, path: false });
  await room.take(commit);
  assert.ok(refusedByTsMls((await anna.ask('ratchetTree')).ratchetTree));
  await one.ask('join', { welcome: welcomes[0] });
  assert.deepEqual(await one.epoch(), await anna.epoch());
  await assertRefused(other.ask('join', { welcome: welcomes[0] }), /unmerged_leaves/);
});

test('3. ts-mls takes no external_senders', async () => {
  const [anna, bert, cleo] = [await client(ours, 'anna'), await client(ours, 'bert'), await client(theirs, 'cleo')];
  await roomOf(anna, bert, cleo);
  const sender = `20${'11'.repeat(32)}000103${hex('abc')}`; // signature_key, basic credential
  const list = (sender.length / 2).toString(16).padStart(2, '0') + sender;
  const { commit } = await anna.ask('commit', { proposals: [{ extensions: [[5, list]] }] });
  for (const member of [anna, bert]) await member.process(commit);
  assert.deepEqual(await bert.epoch(), await anna.epoch());
  await assertRefused(cleo.process(commit));
});

test('4. ts-mls commits GroupContext extensions without the path that they require', async () => {
  const anna = await client(theirs, 'anna');
  const bert = await client(ours, 'bert');
  await roomOf(anna, bert);
  const before = await bert.epoch();
  const { commit } = await anna.ask('commit', { proposals: [extension('some')] });
  await assertRefused(bert.process(commit), /malformed/);
  assert.deepEqual(await bert.epoch(), before);
});

test('4. ts-mls encrypts the path of such a commit for the extensions as they were', async () => {
  const [anna, bert, cleo] = [await client(theirs, 'anna'), await client(ours, 'bert'), await client(ours, 'cleo')];
  const room = await roomOf(anna, bert, cleo);
  const before = await bert.epoch();
  const proposals = [extension('some'), { remove: await room.leafOf(cleo) }];
  await assertRefused(bert.process((await anna.ask('commit', { proposals })).commit), /unauthenticated/);
  assert.deepEqual(await bert.epoch(), before);
});

test('4. ts-mls keeps the extensions where a commit empties them', async () => {
  const [anna, bert] = [await client(ours, 'anna'), await client(theirs, 'bert')];
  const room = await Room.create(anna, extension('some'));
  await room.commit(anna, { joiners: [bert] });
  const { commit } = await anna.ask('commit', { proposals: [{ extensions: [] }] });
  assert.equal((await anna.process(commit)).kind, 'own commit');
  await assertRefused(bert.process(commit));
});

// Ours among themselves show that the commit is good, as the working group's vectors show that ours is.
test('9. ts-mls derives another commit_secret where one half of the tree is blank', async () => {
  const [anna, bert, cleo] = [await client(ours, 'anna'), await client(ours, 'bert'), await client(ours, 'cleo')];
  const dora = await client(theirs, 'dora');
  const room = await roomOf(anna, bert, cleo, dora);
  await room.commit(cleo, { proposals: [{ remove: 0 }] });
  const { commit } = await cleo.ask('commit', { proposals: [{ remove: 1 }] });
  assert.equal((await cleo.process(commit)).kind, 'own commit');
  await assertRefused(dora.process(commit), /confirmation tag/);
});

test('9. of ours alone both know the same epoch then', async () => {
  const members = await Promise.all(['anna', 'bert', 'cleo', 'dora'].map((name) => client(ours, name)));
  const room = await roomOf(...members);
  await room.commit(members[2], { proposals: [{ remove: 0 }] });
  await room.commit(members[2], { proposals: [{ remove: 1 }] });
  await room.agree();
  await room.commit(members[3]);
  await room.agree();
});
