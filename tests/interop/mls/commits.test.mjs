// Commits of every kind by one kind of member, taken by the other: by value and by reference, with and
// without a path, in the clear and encrypted.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertRefused, hex, Room, startProcesses, suites } from './members.mjs';

const { ours, theirs, close } = startProcesses();
after(close);
const psk = { id: '0102', secret: '07'.repeat(32) };
const extension = (text) => ({ extensions: [[0xf5a0, hex(text)]] });

// anna and dora of one kind, bert and cleo of the other; anna is at leaf 0, the others follow.
async function fourMembers(one, other, settings) {
  const anna = await one.member('anna', settings);
  const joiners = [await other.member('bert', settings), await other.member('cleo', settings), await one.member('dora', settings)];
  const room = await Room.create(anna);
  await room.commit(anna, { joiners });
  return { room, anna, bert: joiners[0], cleo: joiners[1], dora: joiners[2] };
}

for (const suite of suites) {
  for (const [one, other] of [[ours, theirs], [theirs, ours]]) {
    for (const isPublic of [false, true]) {
      const settings = { suite, public: isPublic, padding: 512 };
      const who = `suite ${suite}, ${one.kind} as ${isPublic ? 'PublicMessage' : 'PrivateMessage'}`;

      test(`${who}: an empty commit updates its sender, aad and all`, async () => {
        const { room, anna, bert } = await fourMembers(one, other, settings);
        const before = await room.agree();
        const { answers } = await room.commit(anna, { aad: hex('why') });
        assert.equal(answers.get(bert).aad, hex('why'));
        const now = await room.agree();
        assert.notEqual(now.authenticator, before.authenticator);
        assert.notEqual(now.treeHash, before.treeHash);
        await room.talk();
      });

      test(`${who}: an Update by reference is committed by the other kind, and by its own`, async () => {
        const { room, anna, bert, dora } = await fourMembers(one, other, settings);
        for (const committer of [bert, dora]) {
          const before = await room.agree();
          await room.propose(anna, { update: true }, { aad: hex('mine') });
          await room.commit(committer);
          assert.notEqual((await room.agree()).treeHash, before.treeHash);
        }
        await room.commit(anna);
        await room.agree();
        await room.talk();
      });

      test(`${who}: a Remove by value shuts its member out`, async () => {
        const { room, anna, bert } = await fourMembers(one, other, settings);
        const { removed } = await room.commit(anna, { proposals: [{ remove: await room.leafOf(bert) }] });
        assert.deepEqual(removed, [bert]);
        await shutOut(room, bert);
      });

      test(`${who}: a Remove by reference, of its own kind and committed by the other`, async () => {
        const { room, anna, bert, dora } = await fourMembers(one, other, settings);
        await room.propose(anna, { remove: await room.leafOf(dora) });
        assert.deepEqual((await room.commit(bert)).removed, [dora]);
        await shutOut(room, dora);
      });

      test(`${who}: who was removed is added again, at the leaf that it left`, async () => {
        const { room, anna, cleo } = await fourMembers(one, other, settings);
        const leaf = await room.leafOf(cleo);
        await room.commit(anna, { proposals: [{ remove: leaf }] });
        await cleo.ask('leave');
        await room.commit(anna, { joiners: [cleo] });
        assert.equal(await room.leafOf(cleo), leaf);
        await room.agree();
        await room.commit(cleo);
        await room.agree();
        await room.talk();
      });

      test(`${who}: who is removed and added again by one commit`, async () => {
        const { room, anna, bert } = await fourMembers(one, other, settings);
        const proposals = [{ remove: await room.leafOf(bert) }, { add: await bert.keyPackage() }];
        const { removed, welcomes } = await room.commit(anna, { proposals });
        assert.deepEqual(removed, [bert]);
        await bert.ask('leave');
        await room.welcome(anna, welcomes, [bert]);
        await room.agree();
        await room.commit(bert);
        await room.agree();
      });

      test(`${who}: an external PSK by value and by reference`, async () => {
        const { room, anna, bert } = await fourMembers(one, other, settings);
        for (const member of room.members) await member.ask('addPsk', psk);
        await room.commit(anna, { proposals: [{ psk: psk.id }] });
        await room.agree();
        await room.propose(anna, { psk: psk.id });
        await room.commit(bert);
        await room.agree();
        await room.propose(bert, { psk: psk.id });
        await room.commit(anna);
        await room.agree();
      });

      test(`${who}: without the PSK a commit is refused, and the group stays as it was`, async () => {
        const { room, anna, bert } = await fourMembers(one, other, settings);
        await anna.ask('addPsk', psk);
        const before = await bert.epoch();
        const { commit } = await anna.ask('commit', { proposals: [{ psk: psk.id }] });
        await assertRefused(bert.process(commit));
        assert.deepEqual(await bert.epoch(), before);
        await bert.ask('addPsk', psk);
        assert.equal((await bert.process(commit)).kind, 'commit');
        assert.equal((await anna.process(commit)).kind, 'own commit');
        assert.deepEqual(await bert.epoch(), await anna.epoch());
      });

      test(`${who}: an Add, an Update, a Remove and a PSK in one commit`, async () => {
        const { room, anna, bert, cleo, dora } = await fourMembers(one, other, settings);
        for (const member of room.members) await member.ask('addPsk', psk);
        const emil = await other.member('emil', settings);
        await emil.ask('addPsk', psk);
        await room.propose(bert, { update: true });
        await room.propose(dora, { remove: await room.leafOf(cleo) });
        await room.commit(anna, { proposals: [{ psk: psk.id }], joiners: [emil] });
        assert.deepEqual(room.members, [anna, bert, dora, emil]);
        await room.agree();
        await room.commit(emil);
        await room.agree();
      });

      test(`${who}: of two commits the one that is delivered first wins`, async () => {
        const { room, anna, bert } = await fourMembers(one, other, settings);
        const lost = await bert.ask('commit');
        await room.commit(anna);
        const now = await room.agree();
        for (const member of room.members) await assertRefused(member.process(lost.commit));
        assert.deepEqual(await room.agree(), now);
        await room.commit(bert);
        await room.agree();
      });

      test(`${who}: GroupContext extensions that it proposed`, async () => {
        const { room, anna } = await fourMembers(one, other, settings);
        const committer = room.members.find(({ kind }) => kind === 'ours'); // ts_mls_peer.mjs, departure 4
        await room.propose(anna, extension('first'));
        await room.commit(committer);
        await room.agree();
        await room.commit(anna);
        await room.agree();
        await room.talk();
      });
    }
  }

  test(`suite ${suite}: commits of ours without a path`, async () => {
    const { room, anna, bert } = await fourMembers(ours, theirs, { suite });
    for (const member of room.members) await member.ask('addPsk', psk);
    const { answers } = await room.commit(anna, { proposals: [{ psk: psk.id }], path: false });
    assert.equal(answers.get(room.members.at(-1)).path, false);
    await room.agree();
    const emil = await theirs.member('emil', { suite });
    await room.commit(anna, { joiners: [emil], path: false });
    await room.agree();
    await room.commit(bert);
    await room.agree();
  });

  test(`suite ${suite}: commits of theirs with Adds alone have none, with Removes they have one`, async () => {
    const { room, anna, bert } = await fourMembers(theirs, ours, { suite });
    const emil = await ours.member('emil', { suite });
    const added = await room.commit(anna, { joiners: [emil] });
    assert.equal(added.answers.get(bert).path, false);
    const gone = await room.commit(anna, { proposals: [{ remove: await room.leafOf(emil) }] });
    assert.equal(gone.answers.get(bert).path, true);
    await room.agree();
  });

  test(`suite ${suite}: GroupContext extensions of ours, by value, from the start, and replaced`, async () => {
    const anna = await ours.member('anna', { suite });
    const joiners = [await theirs.member('bert', { suite }), await ours.member('cleo', { suite })];
    const room = await Room.create(anna, extension('at the start'));
    await room.commit(anna, { joiners });
    const start = await room.agree();
    await room.commit(anna, { proposals: [extension('other')] });
    assert.notEqual((await room.agree()).authenticator, start.authenticator);
    await room.commit(joiners[0]);
    await room.agree();
  });

  // Section 12.4: "The path field is REQUIRED … if the proposals vector contains … group_context_extensions".
  test(`suite ${suite}: a commit of theirs with GroupContext extensions and no path is refused by ours`, async () => {
    const { anna, bert } = await fourMembers(theirs, ours, { suite });
    const before = await bert.epoch();
    const { commit } = await anna.ask('commit', { proposals: [extension('first')] });
    await assertRefused(bert.process(commit), /malformed/);
    assert.deepEqual(await bert.epoch(), before);
  });

  test(`suite ${suite}: an extension that somebody does not support is not committed`, async () => {
    const { anna } = await fourMembers(ours, theirs, { suite });
    await assertRefused(anna.ask('commit', { proposals: [{ extensions: [[0xf5b0, '00']] }] }));
  });
}

// The room has gone on to an epoch of which `gone` knows nothing.
async function shutOut(room, gone) {
  const now = await room.agree();
  const known = await gone.epoch().catch(() => ({}));
  assert.notEqual(known.authenticator, now.authenticator);
  assert.notEqual(known.secret, now.secret);
  const { message } = await room.members[0].ask('encrypt', { data: hex('without you') });
  await assertRefused(gone.process(message));
  await assertRefused(gone.ask('encrypt', { data: hex('still here') }));
  await room.talk();
}
