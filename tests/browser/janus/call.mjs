// Pages around a Janus room: what a test of it begins with, and what people see and hear there.
import { startPageServer } from '../e2ee/page_server.mjs';
import { launch } from '../support/chromium.mjs';
import { HEIGHT, MARKER, WIDTH, blocks, toneOf } from '../support/clips.mjs';
import { hearTone, readPicture } from '../support/senses.mjs';
import { until } from '../support/until.mjs';
import { startJanus } from './janus_server.mjs';

export const ID = 37;
export const secretOf = (byte) => Buffer.alloc(32, byte).toString('base64');

// Runs `body(open, url)`: a Janus with a room for `codec`, one Chromium, a page for each end.
export async function inRoom(codec, body, { prepare } = {}) {
  const closing = [];
  try {
    const janus = await startJanus();
    closing.push(() => janus.stop());
    const server = await startPageServer({ folder: 'tests/browser/janus/page', connect: janus.url });
    closing.push(() => server.close());
    const browser = await launch({ id: ID });
    closing.push(() => browser.close());
    const open = async () => {
      const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
      if (prepare) await context.addInitScript(prepare);
      const page = await context.newPage();
      const errors = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(server.url);
      await page.waitForFunction(() => document.title === 'ready');
      return new End(page, errors, janus.url);
    };
    const keeper = await open();
    await keeper.page.evaluate(([url, name]) => makeRoom(url, name), [janus.url, codec.toLowerCase()]);
    await body(open);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

class End {
  constructor(page, errors, url) { Object.assign(this, { page, errors, url }); }

  // Resolves when media reaches Janus: a subscriber that comes earlier is offered nothing.
  async publish(options) {
    const feed = await this.page.evaluate((given) => publish(given), { url: this.url, ...options });
    await until('media goes to Janus', async () => {
      const streams = await this.reports('outbound-rtp');
      return { ok: streams.every(({ packetsSent }) => packetsSent > 5), streams };
    });
    return feed;
  }
  // With the name and the secret of the publisher.
  subscribe(options) { return this.page.evaluate((given) => subscribe(given), { url: this.url, ...options }); }

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
    }, { timeout: 40000 });
    await until("the publisher's tone", async () => {
      const heard = await this.tone();
      return { ok: heard !== null && Math.abs(heard - toneOf(ID)) < 40, heard, expected: toneOf(ID) };
    }, { timeout: 40000 });
  }
}
