// A network that carries no UDP at all: the call goes over ICE-TCP on the same port number.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { withPeople } from '../support/participant.mjs';
import { udpRelay } from '../support/relay.mjs';

test('with UDP dropped the call goes over TCP', async () => {
  const bridge = await startBridge();
  const relay = await udpRelay(bridge.mediaPort);
  relay.block(true);
  // The UDP candidates lead into the blocked relay; the TCP candidates stay.
  const onlyTcp = relay.initScript.replace(/\n\s*\.filter\(.*\)\n/, '\n');
  assert.notEqual(onlyTcp, relay.initScript);
  try {
    await withPeople(async (open) => {
      const { url } = bridge.link();
      const [ann, ben] = await Promise.all([open(url, { name: 'Ann', id: 21, query: 'debug=1', initScript: onlyTcp }),
        open(url, { name: 'Ben', id: 42, query: 'debug=1' })]);
      await ann.join();
      await ben.join();
      await ann.sees(ben);
      await ben.sees(ann);
      const protocols = await ann.page.evaluate(() => window.__sotto.protocols());
      assert.deepEqual([...new Set(protocols)], ['tcp']);
      assert.ok(relay.counts.dropped > 0, 'UDP was tried and dropped');
    });
  } finally {
    relay.close();
    await bridge.stop();
  }
});
