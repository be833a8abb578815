// Somebody with the right room and the wrong secret: decodes nothing, is told so, and disturbs nobody.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { startBridge } from '../support/bridge.mjs';
import { seeEachOther } from '../support/meeting.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

// Where the page says it: with a link's keys it is certain, a group's just do not let anybody in.
const TOLD = { group: 'entering', link: 'banner' };

for (const keys of ['group', 'link']) test(`${keys} keys: a wrong fragment opens nothing, is told so, and leaves the others as they were`, async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { room, url } = bridge.link();
      const wrong = bridge.link(room, randomBytes(32)).url;
      const [ann, ben, eve] = await Promise.all([[url, 'Ann', 21], [url, 'Ben', 42], [wrong, 'Eve', 84]].map(([link, name, id]) =>
        open(link, { name, id, query: `debug=1&keys=${keys}` })));
      await ann.join();
      await ben.join();
      await ann.sees(ben);
      await eve.join();
      await until('Eve is told that her link does not match', async () =>
        (await eve.get(TOLD[keys]).count()) > 0 && /link/i.test(await eve.get(TOLD[keys]).first().innerText()));
      // Her receivers get frames from the bridge all the while: they are dropped by her worker.
      await until("Eve's worker has dropped frames that her key does not open", async () => {
        const streams = await eve.page.evaluate(() => window.__sotto.stats());
        const dropped = JSON.stringify(streams);
        return { ok: /"(unauthenticated|unknown-key|key-missing)":[1-9]/.test(dropped), dropped };
      });
      // As long as it takes Ann and Ben to see a hundred more of each other's frames.
      for (let round = 0; round < 15; round++) await seeEachOther([ann, ben]);
      for (const tile of await eve.tiles()) {
        if (tile.self) continue;
        assert.equal(tile.frames, 0, 'Eve decodes no frame');
        assert.equal(tile.picture, null);
        assert.notEqual(tile.name, 'Ann');
        assert.notEqual(tile.name, 'Ben');
      }
      assert.notEqual(await eve.lock(), 'encrypted', "Eve's lock does not claim what is not so");
      if (keys === 'group') {
        assert.ok((await eve.group()).members.every(({ self }) => self), 'outside, or alone in a group of her own');
        assert.deepEqual(await ann.roster(), ['Ann', 'Ben']);
      }
      for (const person of [ann, ben]) {
        assert.ok(!(await person.tiles()).some((tile) => tile.name === 'Eve'), 'her name cannot be opened');
        for (const tile of await person.tiles()) assert.notEqual(tile.picture, 84, 'her picture is shown to nobody');
      }
    });
  } finally {
    await bridge.stop();
  }
});
