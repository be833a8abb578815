// Keys go into the worker and never come out: every message it sends in a whole call is searched for
// everything that can be derived from the link, and the page has no way left to ask.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { everySecretOf } from '../support/link_keys.mjs';
import { until } from '../support/until.mjs';
import { loopback, start, stats, untilSeenAndHeard } from './loopback.mjs';

const { withPage } = loopback();
const SECRET = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');

// Binary, hexadecimal and base64 of 12 bytes, so that a key's part is found as well.
function forms(bytes) {
  const part = bytes.subarray(0, 12);
  return [part.toString('latin1'), part.toString('hex'), part.toString('base64'), part.toString('base64url'), [...part].join(',')];
}
const leaks = (texts, secrets) => secrets.filter(({ bytes }) => forms(bytes).some((form) => texts.some((text) => text.includes(form))));

test('no message of the worker carries a key, in a whole call', () => withPage(async (page) => {
  await page.evaluate(async () => (await import('./worker_tap.js')).tapWorkers());
  await start(page);
  await untilSeenAndHeard(page);
  const kids = await page.evaluate(async () => {
    const kids = new Set();
    call.bob.e2ee.watch(null, ({ kid }) => kids.add(kid));
    while (kids.size < 2) await new Promise((resolve) => requestAnimationFrame(resolve));
    const opened = await call.exchange();
    return [...kids, ...Object.values(opened.kids)];
  });
  await stats(page, 'alice');
  await page.evaluate(() => call.bob.e2ee.openState(ALICE, 'AAAA').catch(() => undefined));
  const messages = await page.evaluate(() => workerMessages);
  for (const type of ['ready', 'reply', 'refusal', 'occupant', 'sending', 'sample']) {
    assert.ok(messages.some((text) => text.includes(`"type":"${type}"`)), `${type} is on the tape`);
  }
  const secrets = everySecretOf({ room: 'quiet-otter', secret: SECRET, kids: [...new Set(kids)] });
  assert.ok(secrets.length >= 6 + 4 * 2);
  assert.deepEqual(leaks(messages, secrets).map(({ name }) => name), []);
  // What is on the tape can be found on it.
  assert.equal(leaks(messages, [{ name: 'kid', bytes: Buffer.from(kids[0]) }]).length, 1);
}));

test('the page keeps no copy of what it handed over', () => withPage(async (page) => {
  const left = await page.evaluate(async () => {
    const handedOver = [];
    class Spy extends LinkKeyProvider {
      take() {
        const material = super.take();
        handedOver.push(material.secret);
        return material;
      }
    }
    const e2ee = await E2ee.create({ workerUrl: './e2ee/worker.js' });
    const provider = new Spy({ room: 'quiet-otter', generation: 0, secret: SECRET });
    await e2ee.setKeyProvider(provider);
    const second = await e2ee.setKeyProvider(provider).catch((error) => error.code);
    return { size: handedOver[0].byteLength, second, fields: JSON.stringify(provider) + Object.values(provider).join() };
  });
  assert.equal(left.size, 0, 'the buffer has moved into the worker');
  assert.equal(left.second, 'bad-argument');
  assert.ok(!left.fields.includes('AAECAwQFBgcICQ'), left.fields);
}));

test('damaged links are refused with words for a person', () => withPage(async (page) => {
  const codes = await page.evaluate(() => {
    const good = { room: 'quiet-otter', generation: 0, secret: SECRET };
    const bad = [{ ...good, room: '' }, { ...good, room: 'quiet otter' }, { ...good, generation: -1 }, { ...good, generation: 1.5 },
      { ...good, secret: SECRET.slice(1) }, { ...good, secret: `${SECRET}=` }, { ...good, secret: '' }, { ...good, secret: undefined }];
    return bad.map((link) => {
      try {
        return String(new LinkKeyProvider(link));
      } catch (error) {
        return error instanceof E2eeError && /ask for the whole link/.test(error.message) ? error.code : String(error);
      }
    });
  });
  assert.deepEqual(codes, Array(8).fill('bad-link'));
}));

test('a worker that is not there, or closed, is an error with a name', () => withPage(async (page) => {
  const codes = await page.evaluate(async () => {
    const code = (promise) => promise.then(() => 'none', (error) => error.code);
    const closed = await E2ee.create({ workerUrl: './e2ee/worker.js' });
    const pending = code(closed.stats());
    closed.close();
    return {
      absent: await code(E2ee.create({ workerUrl: './e2ee/nowhere.js' })),
      pending: await pending,
      closed: await code(closed.stats()),
      support: E2ee.support(),
    };
  });
  assert.deepEqual(codes, { absent: 'worker-failed', pending: 'closed', closed: 'closed', support: 'script-transform' });
}));

test('a worker that lacks a script beside it says which one', () => withPage(async (page) => {
  const refusals = await page.evaluate(async () => {
    const refusal = (options) => E2ee.create({ workerUrl: './lonely/worker.js', ...options })
      .then(() => ['none'], ({ code, message }) => [code, message]);
    const keyProvider = new LinkKeyProvider({ room: 'quiet-otter', generation: 0, secret: SECRET });
    return { keys: await refusal({}), link: await refusal({ keyProvider }) };
  });
  for (const [what, [code, message]] of Object.entries(refusals)) {
    assert.equal(code, 'worker-failed', what);
    assert.match(message, new RegExp(`/lonely/${what}\\.js`));
  }
}));

test('arguments that make no sense are refused, and the worker goes on', () => withPage(async (page) => {
  const codes = await page.evaluate(async () => {
    const { e2ee, events } = await makeEndpoint('script-transform', SECRET);
    const code = (use) => Promise.resolve().then(use).then(() => 'none', (error) => error.code);
    const nonsense = [
      await code(() => e2ee.openState(ALICE, undefined)), await code(() => e2ee.openState('', 'AAAA')),
      await code(() => e2ee.sealState(ALICE, null)), await code(() => e2ee.sealState('x'.repeat(300), { name: 'A', muted: {} })),
      await code(() => e2ee.sealState(ALICE, { name: 'A'.repeat(9000), muted: {} })),
      await code(() => e2ee.attachSender(null, { source: 'telescope' })),
      await code(() => e2ee.attachReceiver(null, { slot: 'v0', kind: 'smell' })),
    ];
    return { nonsense, afterwards: await code(() => e2ee.sealState(ALICE, { name: 'A', muted: {} })), events };
  });
  assert.deepEqual(codes, { nonsense: Array(7).fill('bad-argument'), afterwards: 'none', events: [] });
}));

test('when the call is closed nothing passes any more', () => withPage(async (page) => {
  await start(page);
  await untilSeenAndHeard(page);
  await page.evaluate(() => call.alice.e2ee.close());
  // What was under way arrives; then the count stands still over a second of capture.
  const count = async () => (await stats(page, 'bob')).map(({ frames }) => frames).join();
  await until('no more frames', async () => {
    const before = await count();
    const encoded = () => page.evaluate(async () => [...(await call.from.getStats()).values()]
      .find((report) => report.type === 'media-source' && report.kind === 'video').frames);
    const captured = await encoded();
    await until('a second of capture', async () => await encoded() > captured + 30);
    return await count() === before;
  });
}));
