// A call on a link's keys beside the groups: it works as it did, the page says what such keys do not
// promise, and that is so: what was recorded before somebody came opens for whoever has the link.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { copiesOf, feed, frameLedger, setDoor } from '../support/frame_ledger.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';
import { QUERY } from './call.mjs';

// Only one other sends to this one.
const slotOf = (viewer) => until(`${viewer.name} has a picture`, async () =>
  (await viewer.stats()).find(({ direction, kind, frames }) => direction === 'receive' && kind === 'video' && frames > 0)?.slot);

test('a call on a link’s keys, and what the page says of them', async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link(), query = `${QUERY}&keys=link`;
      const [ann, ben] = await Promise.all([open(url, { name: 'Ann', id: 21, query }), open(url, { name: 'Ben', id: 42, query, prepare: frameLedger })]);
      await ann.join();
      await ben.join();
      await ann.sees(ben);
      await ben.sees(ann);
      for (const person of [ann, ben]) await person.isEncrypted();
      const atBen = await slotOf(ben);
      await setDoor(ben, atBen, 'copy');
      const recorded = await until("some of Ann's frames", async () => {
        const copies = await copiesOf(ben, atBen);
        return copies.length >= 10 && copies;
      });
      await ben.get('leave-button').click();

      const cat = await open(url, { name: 'Cat', id: 84, query, prepare: frameLedger });
      await cat.join();
      await cat.sees(ann);
      for (const { out } of await feed(cat, await slotOf(cat), recorded.slice(0, 10))) assert.notEqual(out, null, 'from before Cat came');
      await cat.page.keyboard.press('l');
      const text = await cat.page.locator('body').innerText();
      assert.match(text, /What a link’s key does not promise/i);
      assert.match(text, /gets the link later can open the recording/);
      assert.equal(await cat.group(), null);
      for (const person of [ann, cat]) assert.deepEqual(person.errors, []);
    });
  } finally {
    await bridge.stop();
  }
});
