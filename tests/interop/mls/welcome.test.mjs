// Members of both kinds bring each other into a group by Welcome.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertRefused, Room, startProcesses, suites } from './members.mjs';

const { ours, theirs, close } = startProcesses();
after(close);

for (const suite of suites) {
  for (const [adder, joiner] of [[ours, theirs], [theirs, ours]]) {
    const who = `suite ${suite}, ${adder.kind} adds ${joiner.kind}`;

    for (const inlineTree of [true, false]) {
      test(`${who}: a Welcome with the tree ${inlineTree ? 'inside' : 'beside it'}`, async () => {
        const anna = await adder.member('anna', { suite });
        const bert = await joiner.member('bert', { suite });
        const room = await Room.create(anna);
        await room.commit(anna, { joiners: [bert], inlineTree });
        await room.agree();
        await room.talk();
      });
    }

    test(`${who}: without a tree there is no joining`, async () => {
      const anna = await adder.member('anna', { suite });
      const bert = await joiner.member('bert', { suite });
      await Room.create(anna);
      const proposals = [{ add: await bert.keyPackage() }];
      const { welcomes } = await anna.ask('commit', { proposals, inlineTree: false });
      await assertRefused(bert.ask('join', { welcome: welcomes[0] }));
    });

    test(`${who}: three at once, who then change the group themselves`, async () => {
      const anna = await adder.member('anna', { suite });
      const joiners = [await joiner.member('bert', { suite }), await adder.member('cleo', { suite }), await joiner.member('dora', { suite })];
      const room = await Room.create(anna);
      await room.commit(anna, { joiners });
      for (const member of [...room.members]) {
        await room.commit(member);
        await room.agree();
      }
      await room.talk();
    });

    test(`${who}: an Add proposed by one is committed by the other`, async () => {
      const anna = await adder.member('anna', { suite });
      const bert = await joiner.member('bert', { suite });
      const cleo = await joiner.member('cleo', { suite });
      const room = await Room.create(anna);
      await room.commit(anna, { joiners: [bert] });
      await room.propose(anna, { add: await cleo.keyPackage() });
      const made = await bert.ask('commit');
      await room.take(made.commit);
      await room.welcome(bert, made.welcomes, [cleo]);
      await room.agree();
    });

    test(`${who}: a Welcome with an external PSK opens for who has it`, async () => {
      const psk = { id: '0102', secret: '07'.repeat(32) };
      const anna = await adder.member('anna', { suite });
      const bert = await joiner.member('bert', { suite });
      await anna.ask('addPsk', psk);
      const room = await Room.create(anna);
      const proposals = [{ add: await bert.keyPackage() }, { psk: psk.id }];
      const made = await anna.ask('commit', { proposals });
      await room.take(made.commit);
      await assertRefused(bert.ask('join', { welcome: made.welcomes[0] }));
      await bert.ask('addPsk', psk);
      await room.welcome(anna, made.welcomes, [bert]);
      await room.agree();
    });
  }
}

test('a Welcome for somebody else is refused', async () => {
  const anna = await ours.member('anna', { suite: 3 });
  const bert = await theirs.member('bert', { suite: 3 });
  const eve = await ours.member('eve', { suite: 3 });
  await Room.create(anna);
  await eve.keyPackage();
  const { welcomes } = await anna.ask('commit', { proposals: [{ add: await bert.keyPackage() }] });
  assert.equal(welcomes.length, 1);
  await assertRefused(eve.ask('join', { welcome: welcomes[0] }), /not-found/);
});
