// The bench page in a browser of its own.
import { launch } from '../../browser/support/chromium.mjs';
import { startServer } from './server.mjs';

/** `keys` as start() in page/page.js takes it. */
export async function withBenchPage(keys, use) {
  const server = await startServer();
  // gc(), so that no rival pays for what another has left behind.
  const browser = await launch({ args: ['--js-flags=--expose-gc'] });
  try {
    const page = await browser.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    await page.goto(server.url);
    await page.waitForFunction(() => document.title === 'ready');
    if (!await page.evaluate(() => isolated())) throw new Error('the page is not cross-origin isolated');
    await page.evaluate((kind) => start(kind), keys);
    const result = await use(page);
    if (errors.length > 0) throw new Error(`the page complained: ${errors.join('; ')}`);
    return result;
  } finally {
    await browser.close();
    server.close();
  }
}
