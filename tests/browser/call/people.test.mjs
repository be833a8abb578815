// Two, three and four people in one room: everybody sees and hears the right person.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { withPeople } from '../support/participant.mjs';
import { seeAndHearEachOther } from '../support/meeting.mjs';

for (const count of [2, 3, 4]) {
  test(`${count} people see and hear each other, each in the right tile`, async () => {
    const bridge = await startBridge();
    try {
      await withPeople(async (open) => {
        const { url } = bridge.link();
        const people = await Promise.all(Array.from({ length: count }, (_, i) =>
          open(url, { name: `Person ${i + 1}`, id: 37 * (i + 1) & 0xff, query: 'debug=1' })));
        for (const person of people) await person.join();
        await seeAndHearEachOther(people);
        for (const person of people) {
          assert.equal((await person.tiles()).length, count, 'one tile each, the self view included');
          await person.isEncrypted();
          assert.deepEqual(person.errors, []);
        }
      });
    } finally {
      await bridge.stop();
    }
  });
}
