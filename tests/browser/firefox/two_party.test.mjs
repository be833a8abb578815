// The same call of two as in Chromium, in two Firefoxes.
import { ADDRESS } from '../support/own_network.mjs';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { startBridge } from '../support/bridge.mjs';
import { FirefoxParticipant } from '../support/firefox_participant.mjs';
import { seeAndHearEachOther } from '../support/meeting.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';
import { everythingIsSealed, nothingPassesTheModule, usesOnly } from './expectations.mjs';

const person = (name, id, query = 'debug=1') => ({ as: FirefoxParticipant, name, id, query });

async function onBridge(body) {
  const bridge = await startBridge({ address: ADDRESS });
  try {
    await withPeople((open) => body(open, bridge));
  } finally {
    await bridge.stop();
  }
}

test('two people in Firefox see and hear each other, everything sealed', () => onBridge(async (open, bridge) => {
  const { url } = bridge.link();
  const [ann, ben] = await Promise.all([open(url, person('Ann', 21)), open(url, person('Ben', 42))]);
  await ann.join();
  await ben.join();
  await seeAndHearEachOther([ann, ben]);
  for (const one of [ann, ben]) {
    await everythingIsSealed(one);
    await nothingPassesTheModule(one);
    await usesOnly(one, 'VP8');
    assert.equal((await one.tiles()).length, 2, 'one tile each, the self view included');
  }
}));

test('with a link’s keys, a Firefox with the wrong fragment shows nothing and says why', () => onBridge(async (open, bridge) => {
  const { room, url } = bridge.link();
  const ann = await open(url, person('Ann', 21, 'debug=1&keys=link'));
  await ann.join();
  await ann.get('stage').waitFor();
  const eve = await open(bridge.link(room, randomBytes(32)).url, person('Eve', 42, 'debug=1&keys=link'));
  await eve.join();
  await until('Eve is told that her link does not match', async () =>
    (await eve.get('banner').count()) > 0 && /link/i.test(await eve.get('banner').innerText()));
  for (const kind of ['audio', 'video']) {
    await until(`Eve's module has dropped fifty ${kind} frames that her key does not open`, async () => {
      const streams = (await eve.stats()).filter((stream) => stream.direction === 'receive' && stream.kind === kind);
      const dropped = streams.reduce((sum, { drops }) => sum + (drops['unknown-key'] ?? 0) + (drops.unauthenticated ?? 0), 0);
      return { ok: dropped > 50, streams };
    });
  }
  for (const stream of await eve.stats()) if (stream.direction === 'receive') assert.equal(stream.frames, 0);
  const decoded = await eve.page.evaluate(async () => (await window.__sotto.rtc('inbound-rtp')).map((report) => report.framesDecoded ?? 0));
  assert.ok(decoded.every((count) => count === 0), `Eve's decoder got nothing: ${decoded}`);
  for (const tile of (await eve.tiles()).filter((other) => !other.self)) {
    assert.equal(tile.picture, null);
    assert.notEqual(tile.name, 'Ann');
  }
  assert.notEqual(await eve.lock(), 'encrypted');
  assert.ok(!(await ann.tiles()).some((tile) => tile.picture === 42), 'nor does Ann see Eve');
}));
