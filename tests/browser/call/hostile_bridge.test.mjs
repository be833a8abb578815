// A bridge that lies: it seats Ben where it says Cat is, hands Ben's sealed name out as Cat's, and says of
// each one's messages in the group that they come from the other's connection. Ann must never see one under
// the other's name.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBridge } from '../support/bridge.mjs';
import { HEIGHT, MARKER, WIDTH, blocks } from '../support/clips.mjs';
import { withPeople } from '../support/participant.mjs';
import { readPicture } from '../support/senses.mjs';
import { until } from '../support/until.mjs';

// Passes the WebSocket on, with every message from the bridge rewritten by `lie(message)`, and every
// frame of the group's by `lieInFrame(frame)`.
function liar(lie, lieInFrame = (frame) => frame) {
  return async (context) => {
    await context.routeWebSocket(/\/v1\/ws/, (page) => {
      const server = page.connectToServer();
      server.onMessage((data) => page.send(typeof data === 'string' ? JSON.stringify(lie(JSON.parse(data))) : lieInFrame(data)));
    });
  };
}

// Swaps two endpoint ids wherever they stand in the given fields.
function swapped(value, [a, b]) { return value === a ? b : value === b ? a : value; }

async function threePeople(open, bridge, lie, { lieInFrame, keys = 'group' } = {}) {
  const { url } = bridge.link();
  const query = `debug=1&keys=${keys}`;
  const pair = [];
  const prepare = liar((message) => lie(message, pair), lieInFrame && ((frame) => lieInFrame(frame, pair)));
  const [ben, cat, ann] = await Promise.all([['Ben', 42], ['Cat', 84], ['Ann', 21, prepare]].map(([name, id, between]) =>
    open(url, { name, id, query, prepare: between })));
  await ben.join();
  await cat.join();
  await ben.sees(cat);
  pair.push(...await Promise.all([ben, cat].map((person) => person.page.evaluate(() => window.__sotto.endpoint()))));
  await ann.join();
  return { ann, ben, cat };
}

// The sender stands behind the first byte; of application messages, several share a frame.
function swapSenders(frame, pair) {
  const [ben, cat] = pair.map((endpoint) => Buffer.from(endpoint, 'base64url'));
  const out = Buffer.from(frame);
  const swapAt = (at) => {
    const sender = out.subarray(at, at + 16);
    (sender.equals(ben) ? cat : sender.equals(cat) ? ben : sender).copy(out, at);
  };
  if (out[0] !== 4) swapAt(1);
  else for (let at = 1; at < out.length; at += 24 + out.readUInt32BE(at + 20)) swapAt(at);
  return out;
}

// At so many frames of the screen: no person's picture under the other's name.
async function neverMislabelled(ann, looks = 75) {
  const seen = await ann.page.evaluate(async ([source, shape, count]) => {
    const read = new Function(`return ${source}`)();
    const found = new Set();
    for (let look = 0; look < count; look++) {
      for (const tile of document.querySelectorAll('[data-testid=tile][data-self=false]')) {
        found.add(`${tile.dataset.name} ${read(tile.querySelector('[data-testid=tile-video]'), shape)}`);
      }
      await new Promise(requestAnimationFrame);
    }
    return [...found];
  }, [readPicture.toString(), { blocks, width: WIDTH, height: HEIGHT, marker: MARKER }, looks]);
  for (const wrong of ['Ben 84', 'Cat 42']) assert.ok(!seen.includes(wrong), `under the wrong name: ${seen}`);
}

test('seats that are claimed for the wrong person show nothing under a wrong name', async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { ann, ben } = await threePeople(open, bridge, (message, pair) => {
        for (const seat of message.seats ?? []) if (seat.endpoint) seat.endpoint = swapped(seat.endpoint, pair);
        return message;
      });
      await until('Ann counts frames that disagree with the claim', async () => {
        const stats = JSON.stringify(await ann.stats());
        return { ok: /"claim-mismatch":[1-9]/.test(stats), stats };
      });
      await neverMislabelled(ann);
      await ben.sees(ann); // the others are unaffected
    });
  } finally {
    await bridge.stop();
  }
});

test("members whose messages are said to come from each other's connections are not seen under each other's names", async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { ann, ben, cat } = await threePeople(open, bridge, (message) => message, { lieInFrame: swapSenders });
      await until('Ann has both in the group, at each other’s connections', async () => {
        const { members = [] } = await ann.group() ?? {};
        const at = Object.fromEntries(members.map(({ name, endpoint }) => [name, endpoint]));
        const [bens, cats] = await Promise.all([ben, cat].map((person) => person.page.evaluate(() => window.__sotto.endpoint())));
        return { ok: at.Ben === cats && at.Cat === bens, at };
      });
      await until('Ann counts frames that disagree with the claim', async () => {
        const stats = JSON.stringify(await ann.stats());
        return { ok: /"claim-mismatch":[1-9]/.test(stats), stats };
      });
      await neverMislabelled(ann);
      for (const name of ['Ben', 'Cat']) assert.equal((await ann.tileOf(name)).picture, null, `nothing is shown as ${name}`);
      await ben.sees(cat);
    });
  } finally {
    await bridge.stop();
  }
});

test("with a link's keys, one person's sealed name handed out as another's opens for nobody", async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { ann, ben } = await threePeople(open, bridge, (message, pair) => {
        if (message.type === 'joined') {
          const states = Object.fromEntries(message.endpoints.map(({ endpoint, state }) => [endpoint, state]));
          for (const entry of message.endpoints) entry.state = states[swapped(entry.endpoint, pair)];
        }
        if (message.type === 'state') message.endpoint = swapped(message.endpoint, pair);
        return message;
      }, { keys: 'link' });
      await until('two tiles of people whose names do not open', async () =>
        (await ann.tiles()).filter((tile) => !tile.self).length === 2);
      await neverMislabelled(ann);
      for (const tile of await ann.tiles()) {
        if (!tile.self) assert.ok(!['Ben', 'Cat'].includes(tile.name), `no name is shown: ${tile.name}`);
      }
      assert.notEqual(await ann.lock(), 'encrypted');
      await ben.sees(ann);
    });
  } finally {
    await bridge.stop();
  }
});

test('m-lines that the bridge puts into no seat stay dark and silent', async () => {
  const bridge = await startBridge();
  try {
    await withPeople(async (open) => {
      const { ann, ben } = await threePeople(open, bridge, (message) => ({ ...message, ...(message.seats && { seats: [] }) }));
      await until('Ann drops what comes on them', async () => {
        const stats = JSON.stringify(await ann.stats());
        return { ok: /"claim-mismatch":[1-9]\d/.test(stats), stats };
      });
      for (let round = 0; round < 3; round++) await ben.sees(ann);
      for (const stream of await ann.stats()) {
        if (stream.direction === 'receive') assert.equal(stream.frames, 0, `nothing is played: ${JSON.stringify(stream)}`);
      }
    });
  } finally {
    await bridge.stop();
  }
});
