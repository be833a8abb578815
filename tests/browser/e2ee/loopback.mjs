// One browser and one server for a test file; a fresh page for each test.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { launch } from '../support/chromium.mjs';
import { until } from '../support/until.mjs';
import { startPageServer } from './page_server.mjs';

export function loopback() {
  let server, browser;
  before(async () => {
    server = await startPageServer();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });
  return { url: () => server.url, withPage: (use) => withPage(browser, server.url, use) };
}

// Tests that wait for pictures most of their time, and measure none: several at once.
export const together = (name, tests) => describe(name, { concurrency: 3 }, tests);

async function withPage(browser, url, use) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title === 'ready');
    await use(page);
    assert.deepEqual(errors, [], 'no error reached the page');
  } finally {
    await page.close();
  }
}

export const start = (page, options = {}) => page.evaluate(async (given) => {
  window.call = await startCall(given);
}, options);

export const see = (page) => page.evaluate(() => call.see());
export const stats = (page, who) => page.evaluate((name) => call[name].e2ee.stats(), who);
export const events = (page, who) => page.evaluate((name) => call[name].events, who);

// Bob sees Alice's colours, moving, and hears her tone.
export async function untilSeenAndHeard(page, order = [0, 1, 2, 3]) {
  return until("Alice's picture and tone", async () => {
    const seen = await see(page);
    const ok = JSON.stringify(seen.picture) === JSON.stringify(order) && Math.abs((seen.hertz ?? 0) - 440) < 15
      && seen.decoded >= 20;
    return { ...seen, ok };
  });
}
