// The five lines of the package's README, word for word, in a fresh page: two pages with the same
// passphrase see and hear each other, and nobody else sees anything.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../support/chromium.mjs';
import { until } from '../support/until.mjs';
import { fiveLines, unpack } from './unpacked.mjs';
import { WITHOUT, script, serve } from './fresh_page.mjs';

const WORDS = 'six words that nobody can guess';
const ADA = [0, 1, 2, 3], BEN = [3, 2, 1, 0];
let packed, server, browser;

before(async () => {
  packed = unpack();
  const lines = fiveLines(packed.readme);
  server = await serve({ page: script(lines), plain: script(WITHOUT) },
    { '/e2ee/': join(packed.path, 'dist'), '/bundle/': await bundle(lines) });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  packed?.remove();
});

// The same page through a bundler, as the README says: the package by its name, its other files
// beside the bundle.
async function bundle(lines) {
  const app = join(packed.folder, 'app'), out = join(packed.folder, 'out');
  mkdirSync(join(app, 'node_modules/@sotto'), { recursive: true });
  symlinkSync(packed.path, join(app, 'node_modules/@sotto/e2ee'));
  const [first, ...rest] = lines.split('\n');
  const [imported] = /`(import [^`]*'@sotto\/e2ee')`/.exec(packed.readme).slice(1);
  assert.match(first, /^import /);
  writeFileSync(join(app, 'app.js'), script([`${imported};`, ...rest].join('\n')).replace('./sources.js', '/sources.js'));
  await build({ entryPoints: [join(app, 'app.js')], bundle: true, format: 'esm', target: 'es2022', minify: true, outdir: out,
    external: ['/sources.js'], logLevel: 'error' });
  for (const file of ['worker.js', 'keys.js', 'link.js', 'sotto.wasm', 'sotto-link.wasm', 'sotto-formats.wasm']) {
    copyFileSync(join(packed.path, 'dist', file), join(out, file));
  }
  writeFileSync(join(out, 'app.html'), '<!doctype html><meta charset="utf-8"><video autoplay muted></video><script type="module" src="app.js"></script>');
  return out;
}

async function open(path, passphrase, order, errors) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error' && !/favicon/.test(message.location().url)) errors.push(message.text()); });
  await page.goto(`${server.url}${path}?${new URLSearchParams({ passphrase, order: JSON.stringify(order) })}`);
  await page.waitForFunction(() => document.title === 'ready');
  return page;
}

// Two pages in a call; `use` looks at them.
async function call([pathA, wordsA], [pathB, wordsB], use) {
  const errors = [];
  const [ada, ben] = await Promise.all([open(pathA, wordsA, ADA, errors), open(pathB, wordsB, BEN, errors)]);
  try {
    const offer = await ada.evaluate(() => offer());
    const answer = await ben.evaluate((theirs) => answer(theirs), offer);
    await ada.evaluate((theirs) => accept(theirs), answer);
    await use(ada, ben);
    assert.deepEqual(errors, [], 'no error reached the pages');
  } finally {
    await ada.close();
    await ben.close();
  }
}

const seesAndHears = (page, order) => until(`the colours ${order} and a tone`, async () => {
  const seen = await page.evaluate(() => see());
  const ok = JSON.stringify(seen.picture) === JSON.stringify(order) && Math.abs((seen.hertz ?? 0) - 440) < 15 && seen.decoded > 10;
  return { ...seen, ok };
});

const stats = (page, direction) => page.evaluate(async (which) =>
  (await e2ee.stats()).filter((stream) => stream.direction === which), direction);

for (const path of ['page.html', 'bundle/app.html']) {
  test(`two pages with the same passphrase see and hear each other, sealed (${path})`, () => call([path, WORDS], [path, WORDS], async (ada, ben) => {
    await Promise.all([seesAndHears(ada, BEN), seesAndHears(ben, ADA)]);
    for (const page of [ada, ben]) {
      const sent = await stats(page, 'send'), received = await stats(page, 'receive');
      assert.equal(sent.length, 2);
      assert.equal(received.length, 2);
      for (const { frames, clear } of [...sent, ...received]) {
        assert.ok(frames > 10, `${frames} frames`);
        assert.equal(clear, 0);
      }
    }
  }));
}

test('a page with another passphrase sees and hears nothing', () => call(['page.html', WORDS], ['page.html', `${WORDS}.`], async (ada, ben) => {
  for (const page of [ada, ben]) {
    await until('frames that do not open', async () => {
      const received = await stats(page, 'receive');
      const lost = received.map(({ drops }) => Object.values(drops).reduce((sum, count) => sum + count, 0));
      return { lost, ok: lost.length === 2 && lost.every((count) => count > 30) };
    });
    const { picture, hertz, decoded } = await page.evaluate(() => see());
    assert.deepEqual({ picture, hertz, decoded }, { picture: null, hertz: null, decoded: 0 });
    for (const { frames } of await stats(page, 'receive')) assert.equal(frames, 0);
  }
}));

test('a page without the lines gets packets, and neither picture nor sound', () => call(['page.html', WORDS], ['plain.html', WORDS], async (ada, ben) => {
  await until('packets of both kinds', async () => {
    const seen = await ben.evaluate(() => see());
    return { ...seen, ok: seen.packets > 60 };
  });
  const seen = await ben.evaluate(() => see());
  assert.notDeepEqual(seen.picture, ADA);
  assert.ok(seen.hertz === null || Math.abs(seen.hertz - 440) > 15, `${seen.hertz} Hz`);
  assert.ok((await stats(ada, 'receive')).every(({ frames }) => frames === 0), 'what comes in the clear is not played');
}));

test('two pages without the lines do see each other, so these eyes can see (control)', () => call(['plain.html', WORDS], ['plain.html', WORDS], async (ada, ben) => {
  await Promise.all([seesAndHears(ada, BEN), seesAndHears(ben, ADA)]);
}));
