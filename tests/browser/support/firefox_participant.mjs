// One person at the demo page in a Firefox of their own: what participant.mjs is for Chromium.
import { giveFirefoxBack, takeFirefox } from './firefox.mjs';
import { paintedCamera } from './painted_camera.mjs';
import { Participant } from './participant.mjs';
import { toneOf } from './clips.mjs';
import { hearRecordedTone } from './senses.mjs';

export class FirefoxParticipant extends Participant {
  static async open(url, { name, id, query = '', initScript, scale,
    viewport = { width: 1280, height: 800 } } = {}) {
    const browser = await takeFirefox({ ...id !== undefined && { tone: toneOf(id) } });
    const context = await browser.createBrowserContext();
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await page.setViewport(viewport);
      const person = new FirefoxParticipant(browser, page, name, id);
      page.on('console', (message) => person.console.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => person.errors.push(String(error)));
      if (id !== undefined) await page.evaluateOnNewDocument(paintedCamera(id, { scale }));
      if (initScript) await page.evaluateOnNewDocument(initScript);
      const address = new URL(url);
      for (const [key, value] of new URLSearchParams(query)) address.searchParams.set(key, value);
      await page.goto(address.href);
      return person;
    } catch (error) {
      await context.close();
      giveFirefoxBack(browser);
      throw error;
    }
  }

  async close() {
    await this.page.browserContext().close();
    giveFirefoxBack(this.browser);
  }

  // Firefox counts no frames of a MediaStream, so they are counted from the first look on.
  get countFrames() {
    return (video) => {
      if (video.shownFrames === undefined) {
        video.shownFrames = 0;
        const next = () => { video.shownFrames++; video.requestVideoFrameCallback(next); };
        video.requestVideoFrameCallback(next);
      }
      return video.shownFrames;
    };
  }

  // An AudioContext of Firefox waits for a sound card, which test machines lack.
  get hearing() { return hearRecordedTone; }

  get(testid) { return new Control(this.page, `[data-testid="${testid}"]`); }
}

// As much of Playwright's locators as tests of the page use.
class Control {
  constructor(page, selector) { Object.assign(this, { page, selector }); }

  waitFor() { return this.page.waitForSelector(this.selector, { visible: true }); }
  async fill(text) {
    await this.waitFor();
    await this.page.locator(this.selector).fill(text);
  }
  click() { return this.page.locator(this.selector).click(); }
  first() { return this; }
  async count() { return (await this.page.$$(this.selector)).length; }
  innerText() { return this.page.$eval(this.selector, (element) => element.innerText); }
  getAttribute(name) { return this.page.$eval(this.selector, (element, attribute) => element.getAttribute(attribute), name); }
  boundingBox() { return this.page.$eval(this.selector, (element) => element.getBoundingClientRect().toJSON()); }
}
