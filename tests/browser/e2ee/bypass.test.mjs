// A connection without E2ee.peerConnectionConfig, attached too late: Chromium would let the frames go
// past the transform, unsealed. The module says so, and nothing is sent.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { until } from '../support/until.mjs';
import { loopback, together } from './loopback.mjs';

const { withPage } = loopback();

// Sends a picture, with a transform that comes `late` (in another task) or at once.
const send = (page, options) => page.evaluate(async ({ config, late, attach, via = 'script-transform' }) => {
  const { makePicture } = await import('./sources.js');
  const { e2ee } = await makeEndpoint(via, SECRET);
  const from = new RTCPeerConnection(config ? E2ee.peerConnectionConfig : {}), to = new RTCPeerConnection();
  from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
  to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
  const sender = from.addTrack(makePicture().track);
  if (late) await new Promise((resolve) => setTimeout(resolve));
  let refusal = null;
  try {
    if (attach) e2ee.attachSender(sender, { source: 'camera' });
  } catch (error) {
    refusal = { code: error.code, message: error.message };
  }
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);
  const sum = async (connection, kind, field) => [...(await connection.getStats()).values()]
    .filter(({ type }) => type === kind).reduce((total, report) => total + (report[field] ?? 0), 0);
  window.bypass = {
    refusal,
    connected: () => from.connectionState === 'connected',
    look: async () => ({ arrived: await sum(to, 'inbound-rtp', 'bytesReceived'), decoded: await sum(to, 'inbound-rtp', 'framesDecoded'),
      sealed: (await e2ee.stats())[0]?.frames ?? 0, checks: await sum(from, 'candidate-pair', 'responsesReceived') }),
  };
  return refusal;
}, options);

const look = (page) => page.evaluate(() => bypass.look());

together('frames that would go past', () => {
  for (const via of ['script-transform', 'encoded-streams']) test(`a stream whose frames would go past encryption is refused and stopped, by ${via}`, () => withPage(async (page) => {
    const refusal = await send(page, { config: false, late: true, attach: true, via });
    assert.equal(refusal?.code, 'bad-argument');
    assert.match(refusal.message, /spread E2ee\.peerConnectionConfig into new RTCPeerConnection\(\)/);
    await until('a connection on which something could be sent', () => page.evaluate(() => bypass.connected()));
    // Connectivity goes on while media does not.
    const first = (await look(page)).checks;
    await until('more checks of the connection', async () => (await look(page)).checks > first + 1);
    const seen = await look(page);
    assert.deepEqual([seen.arrived, seen.decoded], [0, 0]);
  }));

  test('the same without the module does arrive in the clear (control)', () => withPage(async (page) => {
    assert.equal(await send(page, { config: false, late: true, attach: false }), null);
    await until('frames decoded', async () => (await look(page)).decoded > 5);
  }));

  for (const [what, options] of [['with the configuration, late', { config: true, late: true }],
    ['with the configuration, at once', { config: true, late: false }], ['without it, in the same task', { config: false, late: false }]]) {
    test(`${what}: every frame is sealed`, () => withPage(async (page) => {
      assert.equal(await send(page, { ...options, attach: true }), null);
      await until('sealed frames that arrive', async () => {
        const seen = await look(page);
        return { ...seen, ok: seen.sealed > 10 && seen.arrived > 0 };
      });
      assert.equal((await look(page)).decoded, 0, 'nobody without the key decodes them');
    }));
  }
});
