// One seat, two people: while the browser still displays what it had buffered of the first, the tile
// of the second, who has the seat now, does not show that under the second one's name.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { HEIGHT, MARKER, WIDTH, blocks } from '../support/clips.mjs';
import { withPeople } from '../support/participant.mjs';
import { readPicture } from '../support/senses.mjs';
import { until } from '../support/until.mjs';

// Two seconds of buffer, as a hostile bridge could bring about; and a look at each picture track itself.
const deepBuffer = `{
  window.screens = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...all) {
      super(...all);
      this.addEventListener('track', ({ receiver, track }) => {
        receiver.jitterBufferTarget = 2000;
        if (track.kind !== 'video') return;
        const video = Object.assign(document.createElement('video'), { muted: true, srcObject: new MediaStream([track]) });
        void video.play();
        window.screens.push(video);
      });
    }
  };
}`;

// At every frame of the screen: which number is seen under which name; and, once the keys say that the
// second person has the slot, what the browser displays in it.
const watch = ([source, shape, second]) => {
  const read = new Function(`return ${source}`)();
  window.seen = new Set();
  window.displayedAfterwards = new Set();
  let taken = false;
  setInterval(async () => {
    const stats = await window.__sotto.stats();
    taken ||= stats.some(({ kind, occupant }) => kind === 'video' && occupant?.endpoint === second);
  }, 50);
  const look = () => {
    for (const tile of document.querySelectorAll('[data-testid=tile][data-self=false][data-picture=true]')) {
      window.seen.add(`${tile.dataset.name} ${read(tile.querySelector('video'), shape)}`);
    }
    if (taken) for (const video of window.screens) window.displayedAfterwards.add(read(video, shape));
    requestAnimationFrame(look);
  };
  look();
};

test("what is left in the buffer of one person's picture is never shown under the next one's name", async () => {
  const bridge = await startBridge({ args: ['--max-seats', '1'] });
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const people = [];
      for (const [name, id] of [['Ben', 42], ['Cat', 84]]) {
        const person = await open(url, { name, id, query: 'debug=1' });
        await person.join();
        await person.get('stage').waitFor();
        await person.get('mic-toggle').click(); // who speaks would be given the seat
        people.push(person);
      }
      await people[1].sees(people[0]);
      const ann = await open(url, { name: 'Ann', id: 21, query: 'debug=1', initScript: deepBuffer });
      await ann.join();
      const { first, second } = await until('Ann sees one of the two', async () => {
        for (const [one, other] of [people, [...people].reverse()]) {
          if ((await ann.tileOf(one.name))?.picture === one.id) return { first: one, second: other };
        }
        return { ok: false, tiles: await ann.tiles() };
      });
      await ann.sees(first);
      assert.equal((await ann.tileOf(second.name)).picture, null, 'there is one seat only');
      await ann.page.evaluate(watch, [readPicture.toString(), { blocks, width: WIDTH, height: HEIGHT, marker: MARKER },
        (await ann.tileOf(second.name)).endpoint]);
      await first.get('leave-button').click();
      const seen = await until(`Ann sees ${second.name}`, async () => {
        const all = await ann.page.evaluate(() => [...window.seen]);
        return { ok: all.includes(`${second.name} ${second.id}`), all };
      });
      assert.ok(!seen.all.includes(`${second.name} ${first.id}`), `under the wrong name: ${seen.all}`);
      const displayed = await ann.page.evaluate(() => [...window.displayedAfterwards]);
      assert.ok(displayed.includes(first.id), `the buffer did display ${first.name} after the change: ${displayed}`);
    });
  } finally {
    await bridge.stop();
  }
});
