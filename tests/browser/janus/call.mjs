// Pages around a Janus room: what a test of it begins with, and what people see and hear there.
import { after, before } from 'node:test';
import { startPageServer } from '../e2ee/page_server.mjs';
import { launch } from '../support/chromium.mjs';
import { HEIGHT, MARKER, WIDTH, blocks, toneOf } from '../support/clips.mjs';
import { hearTone, readPicture } from '../support/senses.mjs';
import { until } from '../support/until.mjs';
import { startJanus } from './janus_server.mjs';

export const ID = 37;
export const secretOf = (byte) => Buffer.alloc(32, byte).toString('base64');

// One Janus, one Chromium and one server of pages for a file of tests.
let janus, server, browser;
before(async () => {
  [janus, browser] = await Promise.all([startJanus(), launch({ id: ID })]);
  server = await startPageServer({ folder: 'tests/browser/janus/page', connect: janus.url });
});
after(async () => {
  await browser?.close();
  server?.close();
  await janus?.stop();
});

let rooms = 0;

// Runs `body(open)` around a room for `codec` of its own: `open` gives a page for each end.
export async function inRoom(codec, body, { prepare } = {}) {
  const contexts = [], room = ++rooms;
  const open = async () => {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    contexts.push(context);
    context.setDefaultTimeout(60_000);
    if (prepare) await context.addInitScript(prepare);
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.url);
    await page.waitForFunction(() => document.title === 'ready');
    return new End(page, errors, { url: janus.url, room });
  };
  try {
    const keeper = await open();
    await keeper.page.evaluate(([url, number, name]) => makeRoom(url, number, name), [janus.url, room, codec.toLowerCase()]);
    await body(open);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

class End {
  constructor(page, errors, place) { Object.assign(this, { page, errors, place }); }

  // Resolves when media reaches Janus: a subscriber that comes earlier is offered nothing.
  async publish(options) {
    const feed = await this.page.evaluate((given) => publish(given), { ...this.place, ...options });
    await until('media goes to Janus', async () => {
      const streams = await this.reports('outbound-rtp');
      return { ok: streams.every(({ packetsSent }) => packetsSent > 5), streams };
    });
    return feed;
  }
  // With the name and the secret of the publisher.
  subscribe(options) { return this.page.evaluate((given) => subscribe(given), { ...this.place, ...options }); }

  reports(type) { return this.page.evaluate((wanted) => reports(wanted), type); }
  stats() { return this.page.evaluate(() => end.e2ee.stats()); }
  frames() { return this.page.evaluate(() => end.frames); }
  async video() { return (await this.reports('inbound-rtp')).find(({ kind }) => kind === 'video') ?? {}; }
  picture() {
    return this.page.evaluate(([read, shape]) => new Function(`return ${read}`)()(end.element, shape),
      [readPicture.toString(), { blocks, width: WIDTH, height: HEIGHT, marker: MARKER }]);
  }
  tone() { return this.page.evaluate((hear) => new Function(`return ${hear}`)()(end.stream), hearTone.toString()); }

  // The publisher's own picture, moving, and its own tone.
  async seesAndHears() {
    const { framesDecoded: before = 0 } = await this.video();
    await until("the publisher's picture", async () => {
      const { framesDecoded: decoded = 0 } = await this.video();
      const picture = await this.picture();
      return { ok: picture === ID && decoded > before + 20, picture, decoded, errors: this.errors };
    });
    await until("the publisher's tone", async () => {
      const heard = await this.tone();
      return { ok: heard !== null && Math.abs(heard - toneOf(ID)) < 40, heard, expected: toneOf(ID) };
    });
  }
}
