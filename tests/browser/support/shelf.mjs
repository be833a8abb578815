// Browsers that stay open from one test of a file to the next: to start and to end one costs seconds on a
// busy machine. Nobody shares one with anybody who is there at the same time.
import { after } from 'node:test';

export class Shelf {
  #launch;
  #all = [];

  constructor(launch) {
    this.#launch = launch;
    after(() => Promise.all(this.#all.map(({ browser }) => browser.close())));
  }

  // One that was launched with these options.
  async take(options) {
    const key = JSON.stringify(options);
    const found = this.#all.find((entry) => entry.key === key && !entry.taken && isThere(entry.browser));
    if (found) {
      found.taken = true;
      return found.browser;
    }
    const browser = await this.#launch(options);
    this.#all.push({ key, browser, taken: true });
    return browser;
  }

  giveBack(browser) {
    this.#all.find((entry) => entry.browser === browser).taken = false;
  }
}

const isThere = (browser) => (browser.isConnected ? browser.isConnected() : browser.connected);
