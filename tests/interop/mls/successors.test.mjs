// Groups that take another one's place, or branch from it (RFC 9420 sections 11.2 and 11.3): by a member of
// one kind, joined by the other.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertRefused, hex, Room, startProcesses, suites } from './members.mjs';

const { ours, theirs, close } = startProcesses();
after(close);

for (const suite of suites) {
  for (const [one, other] of [[ours, theirs], [theirs, ours]]) {
    const who = `suite ${suite}, ${one.kind}`;
    const three = async () => {
      const members = [await one.member('anna', { suite }), await other.member('bert', { suite }), await one.member('cleo', { suite })];
      const room = await Room.create(members[0]);
      await room.commit(members[0], { joiners: members.slice(1) });
      return { room, anna: members[0], others: members.slice(1) };
    };
    // anna founds the successor, the others join it as such.
    async function succeed(anna, others, usage) {
      await anna.ask('succeed', { groupId: hex('the next'), usage });
      const proposals = await Promise.all(others.map(async (member) => ({ add: await member.keyPackage() })));
      const { commit, welcomes } = await anna.ask('commit', { proposals });
      await anna.process(commit);
      for (const member of others) {
        await assertRefused(member.ask('join', { welcome: welcomes[0] })); // as if it came from nowhere
        await member.ask('join', { welcome: welcomes[0], origin: true });
      }
      const room = new Room();
      room.members = [anna, ...others];
      await room.agree();
      return room;
    }

    for (const byReference of [false, true]) {
      test(`${who} reinitializes a group, ${byReference ? 'as the other kind proposed' : 'by value'}`, async () => {
        const { room, anna, others } = await three();
        const before = await room.agree();
        const proposal = { reinit: hex('the next') };
        if (byReference) await room.propose(others[0], proposal);
        const { commit } = await anna.ask('commit', { proposals: byReference ? [] : [proposal] });
        for (const member of room.members) {
          await member.process(commit);
          assert.equal((await member.ask('info')).active, false);
          await assertRefused(member.ask('encrypt', { data: hex('too late') }));
        }
        const next = await succeed(anna, others, 'reinit');
        assert.notEqual((await next.agree()).authenticator, before.authenticator);
        await next.commit(others[0]);
        await next.agree();
        await next.talk();
      });
    }

    test(`${who} branches a group`, async () => {
      const { anna, others } = await three();
      const next = await succeed(anna, others.slice(0, 1), 'branch');
      await next.talk();
      await next.commit(others[0]);
      await next.agree();
    });
  }
}
