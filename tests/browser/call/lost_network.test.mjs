// Five seconds without UDP; five seconds without the WebSocket: the call is there again by itself.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { seeEachOther } from '../support/meeting.mjs';
import { withPeople } from '../support/participant.mjs';
import { tcpProxy, udpRelay } from '../support/relay.mjs';
import { until } from '../support/until.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test('5 s without UDP: media resumes without a rejoin', async () => {
  const bridge = await startBridge();
  const relay = await udpRelay(bridge.mediaPort);
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const [ann, ben] = await Promise.all([open(url, { name: 'Ann', id: 21, query: 'debug=1', initScript: relay.initScript }),
        open(url, { name: 'Ben', id: 42, query: 'debug=1' })]);
      await ann.join();
      await ben.join();
      await seeEachOther([ann, ben]);
      assert.ok(relay.counts.up > 10, 'the media really takes the relay');
      const looked = Date.now();
      await ann.sees(ben);
      const usual = Date.now() - looked; // half a second, where nothing else is going on
      const before = await ann.tileOf('Ben');
      relay.block(true);
      await sleep(5000); // the outage itself is a length of time
      const stalled = await ann.tileOf('Ben');
      relay.block(false);
      const start = Date.now();
      await ann.sees(ben);
      const towards = Date.now() - start;
      await ben.sees(ann);
      const both = Date.now() - start;
      console.log(`media back after 5 s without UDP: ${towards} ms towards the cut-off, ${both} ms both ways (aim: 2000)`);
      const after = await ann.tileOf('Ben');
      assert.equal(after.endpoint, before.endpoint, 'no rejoin');
      assert.ok(stalled.frames - before.frames < 30, 'the outage was real');
      const health = await bridge.health();
      assert.equal(health.endpoints, 2);
      assert.ok(towards < 10_000 + 20 * usual, `${towards} ms; without an outage ${usual} ms`);
    });
  } finally {
    relay.close();
    await bridge.stop();
  }
});

test('5 s without the WebSocket: the participant is back in the same place, and media never stopped', async () => {
  const bridge = await startBridge();
  const proxy = await tcpProxy(bridge.port);
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const detour = url.replace(`:${bridge.port}/`, `:${proxy.port}/`);
      const [ann, ben, cat] = await Promise.all([[detour, 'Ann', 21], [url, 'Ben', 42], [url, 'Cat', 84]].map(([link, name, id]) =>
        open(link, { name, id, query: 'debug=1' })));
      await ann.join();
      await ben.join();
      await seeEachOther([ann, ben]);
      const before = await ben.tileOf('Ann');
      proxy.cut();
      await until('Ann is told that the connection is being restored', async () => (await ann.get('banner').count()) > 0);
      const start = Date.now();
      while (Date.now() - start < 5000) await ben.sees(ann);
      proxy.restore();
      await until('the banner is gone', async () => (await ann.get('banner').count()) === 0);
      const after = await ben.tileOf('Ann');
      assert.equal(after.endpoint, before.endpoint, 'the same endpoint in the same tile');
      await seeEachOther([ann, ben]);
      // Signalling works again: a third person appears to Ann.
      await cat.join();
      await ann.sees(cat);
    });
  } finally {
    proxy.close();
    await bridge.stop();
  }
});
