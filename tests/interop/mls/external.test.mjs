// From outside: external commits and external Add proposals, by one kind of member into a group of both.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertRefused, hex, Room, startProcesses, suites } from './members.mjs';

const { ours, theirs, close } = startProcesses();
after(close);

async function roomOf(founder, joiners) {
  const room = await Room.create(founder);
  await room.commit(founder, { joiners });
  return room;
}

// `newcomer` joins by an external commit with a GroupInfo of `helper`.
async function joinExternally(room, newcomer, helper, { inlineTree = true, ...more } = {}) {
  const { groupInfo } = await helper.ask('groupInfo', { inlineTree });
  const { ratchetTree } = inlineTree ? {} : await helper.ask('ratchetTree');
  const { commit } = await newcomer.ask('externalJoin', { groupInfo, ratchetTree, ...more });
  const taken = await room.take(commit);
  await newcomer.process(commit);
  room.members = [...room.members.filter((member) => member !== newcomer), newcomer];
  return taken;
}

for (const suite of suites) {
  for (const [one, other] of [[ours, theirs], [theirs, ours]]) {
    const who = `suite ${suite}, ${one.kind}`;
    const three = async () => [await other.member('anna', { suite }), await one.member('bert', { suite }), await other.member('cleo', { suite })];

    for (const inlineTree of [true, false]) {
      test(`${who} joins by an external commit, with the tree ${inlineTree ? 'inside' : 'beside'} the GroupInfo`, async () => {
        const [anna, bert, cleo] = await three();
        const room = await roomOf(anna, [bert, cleo]);
        for (const [helper, name] of [[anna, 'dora'], [bert, 'emil']]) {
          const newcomer = await one.member(name, { suite });
          const { answers } = await joinExternally(room, newcomer, helper, { inlineTree, aad: hex('may I') });
          assert.equal(answers.get(cleo).aad, hex('may I'));
          await room.agree();
          await room.talk();
          await room.commit(newcomer);
          await room.agree();
        }
      });
    }

    test(`${who} comes back by an external commit that removes its former self`, async () => {
      const [anna, bert, cleo] = await three();
      const room = await roomOf(anna, [bert, cleo]);
      const before = await room.agree();
      const leaf = await room.leafOf(bert);
      room.members = [anna, cleo]; // bert has lost everything but its signature key
      await bert.ask('leave');
      await joinExternally(room, bert, anna, { resync: leaf });
      assert.equal(await room.leafOf(bert), leaf);
      assert.notEqual((await room.agree()).authenticator, before.authenticator);
      await room.commit(bert);
      await room.agree();
      await room.talk();
    });

    test(`${who} fills a leaf that was left`, async () => {
      const [anna, bert, cleo] = await three();
      const room = await roomOf(anna, [bert, cleo]);
      const leaf = await room.leafOf(bert);
      await room.commit(anna, { proposals: [{ remove: leaf }] });
      const dora = await one.member('dora', { suite });
      await joinExternally(room, dora, cleo);
      assert.equal(await room.leafOf(dora), leaf);
      await room.agree();
    });

    test(`${who} joins externally too late: another commit came first`, async () => {
      const [anna, bert, cleo] = await three();
      const room = await roomOf(anna, [bert, cleo]);
      const { groupInfo } = await anna.ask('groupInfo');
      const dora = await one.member('dora', { suite });
      const { commit } = await dora.ask('externalJoin', { groupInfo });
      await room.commit(bert);
      const now = await room.agree();
      for (const member of room.members) await assertRefused(member.process(commit));
      assert.deepEqual(await room.agree(), now);
      await dora.ask('leave');
      await joinExternally(room, dora, anna);
      await room.agree();
    });

    test(`${who} asks to be added, and a member of either kind does it`, async () => {
      const [anna, bert, cleo] = await three();
      const room = await roomOf(anna, [bert, cleo]);
      for (const [committer, name] of [[anna, 'dora'], [bert, 'emil']]) {
        const newcomer = await one.member(name, { suite });
        const { groupInfo } = await committer.ask('groupInfo');
        const { message } = await newcomer.ask('externalAdd', { groupInfo, aad: hex('please') });
        await room.store(message);
        const made = await committer.ask('commit');
        await room.take(made.commit);
        await room.welcome(committer, made.welcomes, [newcomer]);
        await room.agree();
        await room.talk();
      }
    });
  }

  test(`suite ${suite}: ours joins by an external commit with a PSK`, async () => {
    const psk = { id: '0102', secret: '07'.repeat(32) };
    const [anna, bert, cleo] = [await theirs.member('anna', { suite }), await ours.member('bert', { suite }), await ours.member('cleo', { suite })];
    for (const member of [anna, bert, cleo]) await member.ask('addPsk', psk);
    const room = await roomOf(anna, [bert]);
    await joinExternally(room, cleo, anna, { psk: psk.id });
    await room.agree();
    await room.talk();
  });
}
