// Application messages between both kinds, and what each derives from an epoch.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertRefused, hex, Room, startProcesses, suites } from './members.mjs';

const { ours, theirs, close } = startProcesses();
after(close);

for (const suite of suites) {
  for (const [one, other] of [[ours, theirs], [theirs, ours]]) {
    const who = `suite ${suite}, ${one.kind} to ${other.kind}`;
    const two = async (settings) => {
      const anna = await one.member('anna', { suite, ...settings });
      const bert = await other.member('bert', { suite, ...settings });
      const room = await Room.create(anna);
      await room.commit(anna, { joiners: [bert] });
      return { room, anna, bert };
    };
    const texts = (count) => Array.from({ length: count }, (_, at) => `message ${at}`);
    const sealed = (sender, text) => sender.ask('encrypt', { data: hex(text), aad: hex('aad') });

    test(`${who}: messages arrive in any order, and each only once`, async () => {
      const { anna, bert } = await two();
      const messages = [];
      for (const text of texts(8)) messages.push({ text, ...(await sealed(anna, text)) });
      for (const at of [5, 0, 7, 3, 1, 6, 2, 4]) {
        assert.equal((await bert.process(messages[at].message)).data, hex(messages[at].text));
      }
      for (const { message } of messages) await assertRefused(bert.process(message));
    });

    test(`${who}: a late message opens in the next epoch`, async () => {
      const { room, anna, bert } = await two();
      const first = await sealed(anna, 'first');
      const second = await sealed(anna, 'second');
      await room.commit(bert);
      assert.equal((await bert.process(second.message)).data, hex('second'));
      await room.commit(anna);
      assert.equal((await bert.process(first.message)).data, hex('first'));
      await assertRefused(bert.process(first.message));
    });

    test(`${who}: padding hides the length and is gone on arrival`, async () => {
      const { room, anna, bert } = await two({ padding: 512 });
      const sizes = new Set();
      for (const text of ['', 'a', 'b'.repeat(300)]) {
        const { message } = await sealed(anna, text);
        sizes.add(message.length);
        assert.equal((await bert.process(message)).data, hex(text));
      }
      assert.equal(sizes.size, 1);
      await room.commit(anna);
      await room.agree();
    });

    test(`${who}: a message of 100,000 bytes, and one of none`, async () => {
      const { room, anna } = await two();
      await room.say(anna, 'x'.repeat(100_000), 'y'.repeat(1000));
      await room.say(anna, '', '');
    });

    test(`${who}: a message that was touched is refused, and the true one still opens`, async () => {
      const { anna, bert } = await two();
      const { message } = await sealed(anna, 'true');
      const before = await bert.epoch();
      for (const at of [0.25, 0.5, 0.75, 1].map((part) => Math.round((message.length / 2) * part) - 1)) {
        const touched = Buffer.from(message, 'hex');
        touched[at] ^= 1;
        await assertRefused(bert.process(touched.toString('hex')));
      }
      assert.deepEqual(await bert.epoch(), before);
      assert.equal((await bert.process(message)).data, hex('true'));
    });

    test(`${who}: nothing can be said while a proposal waits, and all again after the commit`, async () => {
      const { room, anna, bert } = await two();
      await room.propose(anna, { update: true });
      for (const member of [anna, bert]) await assertRefused(sealed(member, 'too early'));
      await room.commit(bert);
      await room.talk();
    });

    test(`${who}: exported secrets are equal, for every label, context and length`, async () => {
      const { anna, bert } = await two();
      const seen = new Set();
      for (const [label, context, length] of [['a', '', 32], ['b', '', 32], ['a', hex('context'), 32], ['a', '', 1], ['a', '', 255], ['', hex('x'.repeat(300)), 16]]) {
        const { secret } = await anna.ask('exporter', { label, context, length });
        assert.equal((await bert.ask('exporter', { label, context, length })).secret, secret);
        assert.equal(secret.length, 2 * length);
        seen.add(secret);
      }
      assert.equal(seen.size, 6);
    });
  }
}
