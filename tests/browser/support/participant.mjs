// One person at the demo page in a Chromium that they have to themselves, driven only by what the page shows
// (data-testid names are listed in docs/testing.md).
import { giveChromiumBack, takeChromium } from './chromium.mjs';
import { MARKER, WIDTH, HEIGHT, blocks } from './clips.mjs';
import { hearTone, readPicture } from './senses.mjs';
import { until } from './until.mjs';

export class Participant {
  static async open(url, { name, id, query = '', args, permissions, initScript, prepare,
    viewport = { width: 1280, height: 800 } } = {}) {
    const browser = await takeChromium({ id, args, permissions });
    const context = await browser.newContext({ viewport });
    context.setDefaultTimeout(60_000);
    try {
      if (prepare) await prepare(context);
      if (initScript) await context.addInitScript(initScript);
      const page = await context.newPage();
      const person = new Participant(browser, page, name, id);
      page.on('console', (message) => person.console.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => person.errors.push(String(error)));
      const address = new URL(url);
      for (const [key, value] of new URLSearchParams(query)) address.searchParams.set(key, value);
      await page.goto(address.href);
      return person;
    } catch (error) {
      await context.close();
      giveChromiumBack(browser);
      throw error;
    }
  }

  constructor(browser, page, name, id) {
    Object.assign(this, { browser, page, name, id, console: [], errors: [] });
  }

  // Both run in the page: what is heard (senses.mjs), and how many frames a video element has shown.
  get hearing() { return hearTone; }
  get countFrames() { return (video) => video.getVideoPlaybackQuality().totalVideoFrames; }

  get(testid) { return this.page.getByTestId(testid); }

  async join() {
    await this.get('join-button').waitFor();
    await this.get('name-input').fill(this.name);
    await this.page.waitForFunction(() => !document.querySelector('[data-testid=join-button]').disabled);
    await this.get('join-button').click();
    return this;
  }

  // Tiles of other people: {endpoint, name, self, frames, picture}.
  tiles() {
    return this.page.evaluate(([source, shape, counter]) => {
      const read = new Function(`return ${source}`)();
      const count = new Function(`return ${counter}`)();
      return [...document.querySelectorAll('[data-testid=tile]')].map((tile) => {
        const video = tile.querySelector('[data-testid=tile-video]');
        return {
          endpoint: tile.dataset.endpoint, name: tile.dataset.name, self: tile.dataset.self === 'true',
          group: tile.dataset.group, muted: tile.dataset.muted, speaking: tile.dataset.speaking,
          frames: video ? count(video) : 0,
          picture: read(video, shape),
        };
      });
    }, [readPicture.toString(), { blocks, width: WIDTH, height: HEIGHT, marker: MARKER }, this.countFrames.toString()]);
  }

  async tileOf(name) { return (await this.tiles()).find((tile) => !tile.self && tile.name === name); }

  // Waits until this person sees `other`, with the right picture and more frames than before.
  async sees(other, { timeout = 60000, fresh = true } = {}) {
    const before = fresh ? (await this.tileOf(other.name))?.frames ?? 0 : -1;
    return until(`${this.name} sees ${other.name}'s own picture moving`, async () => {
      const tile = await this.tileOf(other.name);
      return { ok: !!tile && tile.picture === other.id && tile.frames > before + 5, before, tile, errors: this.errors };
    }, { timeout });
  }

  // The frequency that this person hears from `other`, in Hz, or null.
  async hears(other) {
    const tile = await this.tileOf(other.name);
    return this.page.evaluate(async ([source, endpoint]) => {
      const hear = new Function(`return ${source}`)();
      const audio = document.querySelector(`audio[data-endpoint="${endpoint}"][data-group="camera"]`);
      return audio?.srcObject ? hear(audio.srcObject) : null;
    }, [this.hearing.toString(), tile?.endpoint]);
  }

  // The lock closes once everything that comes and goes is known to be sealed.
  isEncrypted() {
    return until(`${this.name}'s lock says encrypted`, async () => { const state = await this.lock(); return { ok: state === 'encrypted', state }; });
  }

  async lock() { return this.get('lock').getAttribute('data-state'); }

  // getStats of one kind, summed over the page's connections (needs ?debug=1).
  stats() { return this.page.evaluate(() => window.__sotto.stats()); }

  // The group of the call: {state, epoch, agreement, members}; null before there is one, and with a
  // link's keys. Equal agreements are one group, one epoch, one history.
  group() { return this.page.evaluate(() => window.__sotto.group()); }

  // The names in the group, oneself included, in order of the alphabet.
  async roster() { return ((await this.group())?.members ?? []).map(({ name }) => name).sort(); }

  // As a moderator does it: by the list of people.
  async remove(other) {
    if (await this.get('people-panel').count() === 0) await this.get('people-button').click();
    const row = this.page.locator(`[data-testid=member][data-name="${other.name}"]`);
    for (const button of ['member-menu', 'member-remove', 'member-confirm']) await row.getByTestId(button).click();
  }

  // Frames of pictures that this page's decoders have put out.
  decodedFrames() {
    return this.page.evaluate(async () => (await window.__sotto.rtc('inbound-rtp'))
      .reduce((sum, { kind, framesDecoded }) => sum + (kind === 'video' ? framesDecoded ?? 0 : 0), 0));
  }

  async close() {
    await this.page.context().close();
    giveChromiumBack(this.browser);
  }
}

// All of them are in one group, in one epoch, and see just one another there.
export async function agreeOnTheGroup(people, { timeout = 60000 } = {}) {
  const names = people.map(({ name }) => name).sort().join();
  return until(`${names} agree on the group`, async () => {
    const groups = await Promise.all(people.map((person) => person.group()));
    const agreements = new Set(groups.map((group) => group?.agreement ?? null));
    const rosters = groups.map((group) => (group?.members ?? []).map(({ name }) => name).sort().join());
    return { ok: agreements.size === 1 && !agreements.has(null) && rosters.every((roster) => roster === names),
      rosters, epochs: groups.map((group) => group?.epoch), states: groups.map((group) => group?.state) };
  }, { timeout });
}

// Runs `body` with a helper that opens participants (`as`: another browser's), and closes them
// whatever happens.
export async function withPeople(body) {
  const people = [];
  const open = async (url, { as = Participant, ...options } = {}) => {
    const person = await as.open(url, options);
    people.push(person);
    return person;
  };
  try {
    return await body(open);
  } finally {
    await Promise.all(people.map((person) => person.close().catch((error) => console.error(String(error)))));
  }
}
