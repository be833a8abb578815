// Serves the page of a call over a fake group (page/group_call.js), under the policy of the bridge.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { after, before } from 'node:test';
import { build } from 'esbuild';
import { launch } from '../support/chromium.mjs';
import { root } from '../support/paths.mjs';

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; "
  + "media-src 'self' blob:; style-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const HTML = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
  + '<title>Sotto</title><link rel="stylesheet" href="/app.css"><script type="module" src="/app.js"></script><body><div id="app"></div></body></html>';
export const LINK = `0.${'A'.repeat(43)}`;

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [resolve(root, entry)], bundle: true, write: false, format: 'esm', outdir: '/', logLevel: 'error',
    alias: { '@sotto/e2ee': resolve(root, 'wasm/src/index.ts') },
  });
  return outputFiles[0].text;
}

export async function startGroupCall() {
  const files = new Map([
    ['/', ['text/html', HTML]],
    ['/app.js', ['text/javascript', await bundled('tests/browser/ui/page/group_call.js')]],
    ['/app.css', ['text/css', await bundled('web-demo/styles/app.css')]],
  ]);
  const server = createServer((request, response) => {
    const [type, text] = files.get(new URL(request.url, 'http://page').pathname) ?? [];
    if (type === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(text);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/#${LINK}`, close: () => server.close() };
}

// One browser for a file of tests; each test opens pages of its own.
export function groupCallPages() {
  let call, browser;
  before(async () => {
    [call, browser] = [await startGroupCall(), await launch()];
  });
  after(async () => {
    await browser?.close();
    call?.close();
  });
  return async ({ width = 1280, height = 800, dark = false, group = true } = {}, ...others) => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(String(error)));
    await page.goto(call.url);
    await page.waitForFunction(() => window.demo !== undefined);
    if (group) await enter(page, { moderator: true }, ...others);
    return page;
  };
}

// Oneself (as Ann) and others: [id, name, {standing, reachability, marks, moderator ...}].
export async function enter(page, self, ...others) {
  await page.evaluate(([me, people]) => demo.enter(me, ...people.map((person) => demo.member(...person))), [self, others]);
  await page.getByRole('button', { name: 'Chat' }).waitFor();
}

export const tell = (page, type, detail) => page.evaluate(([name, what]) => demo.group.tell(name, what), [type, detail]);
export const put = (page, ...person) => page.evaluate((who) => demo.group.put(demo.member(...who)), person);
export const hear = (page, id, text, more = {}) => page.evaluate((args) => demo.group.hear(...args), [id, text, more]);
// What the page has asked the group for.
export const wishes = (page) => page.evaluate(() => demo.group.wishes);

export async function fine(page) {
  assert.deepEqual(await page.evaluate(() => window.refused), [], 'nothing against the policy');
  assert.deepEqual(page.errors, []);
  await page.context().close();
}
