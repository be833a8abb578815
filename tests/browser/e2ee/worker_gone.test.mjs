// The worker ends while a stream is being sent, is ended before it is attached, or is followed by
// another one: at no time does a frame leave unsealed. Whoever receives here has no encryption at all,
// so what left in the clear would be decoded.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { loopback, together } from './loopback.mjs';

const { withPage } = loopback();
const WAYS = ['script-transform', 'encoded-streams'];

const call = (page, options) => page.evaluate(async ({ via, closedFirst }) => {
  const { makePicture } = await import('./sources.js');
  const { e2ee } = await makeEndpoint(via, SECRET);
  const from = new RTCPeerConnection(E2ee.peerConnectionConfig), to = new RTCPeerConnection();
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  const sender = from.addTrack(makePicture().track);
  if (closedFirst) e2ee.close();
  let refusal = null;
  try {
    e2ee.attachSender(sender, { source: 'camera' });
  } catch (error) {
    refusal = error.code;
  }
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);
  const sum = async (connection, kind, field) => [...(await connection.getStats()).values()]
    .filter(({ type }) => type === kind).reduce((total, report) => total + (report[field] ?? 0), 0);
  window.gone = {
    close: () => e2ee.close(),
    again: async () => {
      const next = (await makeEndpoint(via, SECRET)).e2ee;
      next.attachSender(sender, { source: 'camera' });
      gone.sealedByNext = async () => (await next.stats())[0]?.frames ?? 0;
    },
    look: async () => ({
      connected: from.connectionState === 'connected',
      encoded: await sum(from, 'outbound-rtp', 'framesEncoded'),
      arrived: await sum(to, 'inbound-rtp', 'packetsReceived'), decoded: await sum(to, 'inbound-rtp', 'framesDecoded'),
      checks: await sum(from, 'candidate-pair', 'responsesReceived'),
    }),
  };
  return refusal;
}, options);

const look = (page) => page.evaluate(() => gone.look());
// Connectivity goes on while media does not.
async function afterAWhile(page) {
  const { checks } = await look(page);
  await until('more checks of the connection', async () => (await look(page)).checks > checks + 1);
  return look(page);
}

together('a worker that is gone', () => {
  for (const via of WAYS) {
    test(`a worker that ends in the middle of a call leaves nothing in the clear, by ${via}`, () => withPage(async (page) => {
      assert.equal(await call(page, { via }), null);
      await until('sealed packets that arrive', async () => (await look(page)).arrived > 20);
      await page.evaluate(() => gone.close());
      const first = await afterAWhile(page), second = await afterAWhile(page);
      assert.deepEqual([first.decoded, second.decoded], [0, 0]);
      assert.equal(second.arrived, first.arrived, 'nothing arrives any more');
    }));

    test(`a stream that is attached after close() sends nothing, by ${via}`, () => withPage(async (page) => {
      assert.equal(await call(page, { via, closedFirst: true }), 'closed');
      await until('a connection', async () => (await look(page)).connected);
      const seen = await afterAWhile(page);
      assert.deepEqual([seen.arrived, seen.decoded], [0, 0]);
    }));
  }

  for (const ended of [false, true]) {
    test(`another E2ee takes the stream over ${ended ? 'from one that has ended' : 'from one that works'}`, () => withPage(async (page) => {
      assert.equal(await call(page, { via: 'script-transform' }), null);
      await until('sealed packets that arrive', async () => (await look(page)).arrived > 20);
      if (ended) await page.evaluate(() => gone.close());
      await page.evaluate(() => gone.again());
      await until('frames that the next one seals', async () => (await page.evaluate(() => gone.sealedByNext())) > 20);
      assert.equal((await look(page)).decoded, 0);
    }));
  }
});
