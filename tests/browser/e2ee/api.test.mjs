// What the page may ask of the module with keys of its own, what it is told when it asks wrongly, and
// that a key goes in and never comes out.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { loopback, start, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();

test('keys that were handed in are zeros in the page, of a larger array only their own part', () => withPage(async (page) => {
  const left = await page.evaluate(async () => {
    const { e2ee } = await makeEndpoint('script-transform', null);
    const whole = new Uint8Array(48).fill(7), raw = new Uint8Array(32).fill(9);
    await e2ee.setKey(whole.subarray(8, 40), { participant: LOCAL });
    await e2ee.rotate(raw, { participant: 'bob' });
    return { whole: [...whole], raw: [...raw] };
  });
  assert.deepEqual(left.whole, [...Array(8).fill(7), ...Array(32).fill(0), ...Array(8).fill(7)]);
  assert.deepEqual(left.raw, Array(32).fill(0));
}));

test('no message of the worker carries a key or a passphrase, in a whole call', () => withPage(async (page) => {
  await page.evaluate(async () => (await import('./worker_tap.js')).tapWorkers());
  await start(page, { app: { size: 32 } });
  await untilSeenAndHeard(page);
  const { messages, keys, errors } = await page.evaluate(async () => {
    const { alice, bob } = call;
    const key = (fill) => new Uint8Array(32).fill(fill), text = 'a passphrase to look for';
    const errors = [];
    const refused = (promise) => promise.catch((error) => errors.push(error.message));
    await refused(alice.e2ee.setKey(key(0xa1), { participant: LOCAL }));
    await refused(alice.e2ee.setKey(new Uint8Array(5).fill(0xa2), { participant: LOCAL, index: 3 }));
    await alice.e2ee.rotate(key(0xa3), { participant: LOCAL });
    await bob.e2ee.rotate(key(0xa3), { participant: 'alice' });
    await alice.e2ee.ratchet();
    await bob.e2ee.setKey(text, { index: 7 });
    await Promise.all([alice.e2ee.stats(), bob.e2ee.stats()]);
    return { messages: workerMessages, keys: [0xa1, 0xa2, 0xa3].map((fill) => Array(4).fill(fill).join()), errors: [...errors, text] };
  });
  for (const type of ['ready', 'reply', 'refusal', 'sending', 'occupant']) {
    assert.ok(messages.some((message) => message.includes(`"type":"${type}"`)), `${type} is on the tape`);
  }
  assert.equal(errors.length, 3);
  // Raw bytes would stand in a message as a list of numbers, or as the characters that they are.
  const forms = [...keys, '\u00a1'.repeat(4), '\u00a2'.repeat(4), '\u00a3'.repeat(4), 'a1a1a1a1', 'a3a3a3a3', 'a passphrase to look for'];
  for (const form of forms) assert.deepEqual(messages.filter((message) => message.includes(form)), []);
}));

test("an app's own key exchange pushes keys in, and is asked for the ones that are missing", () => withPage(async (page) => {
  await start(page, { app: { size: 32, late: 'bob' } });
  const asked = await page.evaluate(async () => {
    const asked = [];
    await call.bob.e2ee.setKeyProvider({
      connect(keys) { this.keys = keys; },
      keyMissing(missing) {
        asked.push(missing);
        if (asked.length === 1) void giveKey(this.keys, 'bob', { size: 32 });
      },
    });
    window.asked = asked;
    while (asked.length === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
    return asked[0];
  });
  assert.equal(asked.participant, 'alice');
  assert.ok(['v0', 'a0'].includes(asked.slot));
  await untilSeenAndHeard(page);
  const count = await page.evaluate(() => window.asked.length);
  assert.ok(count <= 4, `${count} times in the time that a key takes`);
}));

test('what cannot be done is refused by a class, a code, and a sentence that says what to do', () => withPage(async (page) => {
  const refusals = await page.evaluate(async () => {
    const { e2ee } = await makeEndpoint('script-transform', null);
    const connection = new RTCPeerConnection({ ...E2ee.peerConnectionConfig });
    const { sender } = connection.addTransceiver('video');
    const told = async (work) => {
      try { await work(); return null; } catch (error) { return [error.name, error.code, error instanceof E2eeError, error.message]; }
    };
    const raw = () => new Uint8Array(32).fill(1);
    const create = (options) => () => E2ee.create({ workerUrl: './e2ee/worker.js', ...options });
    await e2ee.setKey('shared');
    const all = {
      format: await told(create({ format: 'morse' })),
      suiteOfAnother: await told(create({ format: 'livekit', suite: 4 })),
      suite: await told(create({ suite: 77 })),
      keySize: await told(create({ format: 'livekit', keySize: 192 })),
      keySizeOfAnother: await told(create({ format: 'jframe', keySize: 256 })),
      notAKey: await told(() => e2ee.setKey({ type: 'secret' })),
      index: await told(() => e2ee.setKey(raw(), { participant: 'bob', index: -1 })),
      participant: await told(() => e2ee.setKey(raw(), { participant: 5 })),
      short: await told(() => e2ee.setKey(raw().subarray(17), { index: 2 })),
      another: await told(() => e2ee.setKey('other')),
      ratchet: await told(() => e2ee.ratchet()),
      nobody: await told(() => e2ee.ratchet('nobody')),
      useKey: await told(() => e2ee.useKey(9)),
      enabled: await told(() => e2ee.setEnabled('off')),
      link: await told(() => e2ee.setKeyProvider(new LinkKeyProvider({ room: 'quiet-otter', generation: 0, secret: SECRET }))),
      source: await told(() => e2ee.attachSender(sender, { source: 'hologram' })),
    };
    connection.close();
    return all;
  });
  const brief = Object.fromEntries(Object.entries(refusals).map(([what, told]) => [what, told?.slice(0, 2).join(' ')]));
  assert.deepEqual(brief, {
    format: 'E2eeError bad-argument', suiteOfAnother: 'E2eeError bad-argument', suite: 'UnsupportedError unsupported',
    keySize: 'E2eeError bad-argument', keySizeOfAnother: 'E2eeError bad-argument',
    notAKey: 'KeyError bad-key', index: 'E2eeError bad-argument', participant: 'E2eeError bad-argument',
    short: 'KeyError bad-key', another: 'KeyError key-exists', ratchet: 'KeyError shared-key', nobody: 'KeyError no-key',
    useKey: 'KeyError no-key', enabled: 'E2eeError bad-argument', link: 'E2eeError wrong-mode', source: 'E2eeError bad-argument',
  });
  for (const [what, [, , known, message]] of Object.entries(refusals)) {
    assert.ok(known && /^[A-Z].{20,}\.$/.test(message), `${what}: ${message}`);
  }
}));

test('without options a sender is its track\'s kind, and a receiver is named by its track', () => withPage(async (page) => {
  const seen = await page.evaluate(async () => {
    const { e2ee } = await makeEndpoint('script-transform', null);
    await e2ee.setKey('correct horse battery staple');
    const [from, to] = [0, 1].map(() => new RTCPeerConnection({ ...E2ee.peerConnectionConfig }));
    const { makePicture } = await import('./sources.js');
    const picture = makePicture();
    const tracks = [];
    to.ontrack = ({ receiver }) => { tracks.push(receiver.track.id); e2ee.attachReceiver(receiver); };
    e2ee.attachSender(from.addTrack(picture.track));
    from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
    to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
    await from.setLocalDescription();
    await to.setRemoteDescription(from.localDescription);
    await to.setLocalDescription();
    await from.setRemoteDescription(to.localDescription);
    for (;;) {
      const streams = await e2ee.stats();
      if (streams.length === 2 && streams.every(({ frames }) => frames > 5)) return { streams, tracks };
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  const [sent, received] = seen.streams;
  assert.deepEqual([sent.direction, sent.source, received.direction, received.slot], ['send', 'camera', 'receive', seen.tracks[0]]);
  assert.equal(received.participant, undefined);
}));
