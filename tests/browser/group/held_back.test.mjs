// The network, or the bridge, holds media back: whoever looks at it is told that it is not live. What a person
// says in the group comes by another way, in time, and tells it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { udpRelay } from '../support/relay.mjs';
import { until } from '../support/until.mjs';
import { inRoom } from './call.mjs';

// As a person sees it: the tile's mark, and what a screen reader says of it.
const shownAs = (person, name) => person.page.evaluate((name) => {
  const tile = document.querySelector(`[data-testid=tile][data-name="${name}"]`);
  const mark = tile?.querySelector('[data-testid=tile-standing]');
  return { lags: tile?.dataset.lags, mark: mark && !mark.hidden ? mark.getAttribute('aria-label') : null, says: tile?.getAttribute('aria-label') };
}, name);

test('media that comes seconds late is marked as not live, until it comes in time again', () => inRoom(async ({ bridge, open }) => {
  const relay = await udpRelay(bridge.mediaPort);
  try {
    const [ann, ben] = await Promise.all([open('Ann', 21, { initScript: relay.initScript }), open('Ben', 42)]);
    await ann.join();
    await ben.join();
    await ann.sees(ben);
    await ben.sees(ann);
    const marked = [];
    await until('Ann has seen a hundred frames of Ben', async () => {
      marked.push((await shownAs(ann, 'Ben')).lags);
      const { frames } = await ann.tileOf('Ben');
      return { ok: frames > 100, frames };
    });
    assert.deepEqual(new Set(marked), new Set(['false']), 'what comes in time is not marked');

    relay.holdBack(4000);
    await until('Ann is told that Ben is not live', async () => {
      const shown = await shownAs(ann, 'Ben');
      return { ok: shown.lags === 'true', ...shown };
    });
    const { mark, says } = await shownAs(ann, 'Ben');
    assert.equal(mark, 'Not live');
    assert.match(says, /Not live/);
    const before = (await ann.tileOf('Ben')).frames;
    await until('and sees him all the same', async () => (await ann.tileOf('Ben')).frames > before + 5);
    assert.equal((await shownAs(ben, 'Ann')).lags, 'false', 'what Ann sends is not held back');

    relay.holdBack(0);
    await until('the mark goes when media comes in time', async () => {
      const shown = await shownAs(ann, 'Ben');
      return { ok: shown.lags === 'false', ...shown };
    });
    await ann.sees(ben);
    assert.deepEqual(ann.errors, []);
  } finally {
    relay.close();
  }
}));
