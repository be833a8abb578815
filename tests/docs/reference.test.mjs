// scripts/docs.sh: it writes a reference in which everything exported stands, whose links all lead
// somewhere; and it fails when a comment is missing or a link is wrong.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const docs = mkdtempSync(join(tmpdir(), 'sotto-docs-'));
const header = readFileSync(join(root, 'native/include/sotto_e2ee.h'), 'utf8');
after(() => rmSync(docs, { recursive: true, force: true }));

const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });

before(() => {
  const made = run('scripts/docs.sh', [], { SOTTO_DOCS: join(docs, 'made') });
  assert.equal(made.status, 0, made.stdout + made.stderr);
});

function pages(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // Doxygen's search results are frames of its own that scripts fill.
    if (entry.isDirectory()) return entry.name === 'search' ? [] : pages(path);
    return entry.name.endsWith('.html') ? [path] : [];
  });
}

test('every link of every page leads to a file and a place in it', () => {
  const all = pages(join(docs, 'made'));
  const texts = new Map(all.map((page) => [page, readFileSync(page, 'utf8')]));
  const names = new Map([...texts].map(([page, text]) =>
    [page, new Set([...text.matchAll(/\b(?:id|name)="([^"]+)"/g)].map((match) => match[1]))]));
  const broken = [];
  let links = 0;
  for (const [page, text] of texts) {
    const body = text.replace(/<script[^]*?<\/script>/g, '');
    for (const [, raw] of body.matchAll(/<(?:a|link|img|script)\b[^>]*?\b(?:href|src)="([^"]*)"/g)) {
      if (/^(https?:|mailto:|javascript:|data:|#$|$)/.test(raw)) continue;
      links++;
      const [path, place] = raw.replaceAll('&amp;', '&').split('#');
      const target = path === '' ? page : resolve(dirname(page), decodeURIComponent(path.split('?')[0]));
      if (!existsSync(target)) broken.push(`${page}: ${raw}`);
      else if (place && names.has(target) && !names.get(target).has(decodeURIComponent(place))) broken.push(`${page}: ${raw}`);
    }
  }
  assert.ok(all.length > 100 && links > 2000, `${all.length} pages, ${links} links`);
  assert.deepEqual(broken.map((line) => line.slice(docs.length + 6)), []);
});

test('every function of the C interface stands in its reference', () => {
  for (const name of ['e2ee', 'group']) {
    const page = readFileSync(join(docs, `made/c/sotto__${name}_8h.html`), 'utf8');
    const declared = readFileSync(join(root, `native/include/sotto_${name}.h`), 'utf8');
    const documented = [...page.matchAll(/<h2 class="memtitle">.*?(\w+)\(\)/g)].map((match) => match[1]);
    const functions = [...declared.matchAll(/^SOTTO_API [^;(]*?\b(sotto_\w+)\(/gm)].map((match) => match[1]);
    assert.ok(functions.length > 20);
    assert.deepEqual(documented.sort(), functions.sort());
  }
});

test('every export of the package stands in its reference', () => {
  const index = readFileSync(join(root, 'wasm/src/index.ts'), 'utf8').replace(/\/\/.*/g, '');
  const exported = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap((match) => match[1].split(',')).map((name) => name.replace(/\btype\b/, '').trim()).filter(Boolean);
  assert.ok(exported.length > 25, `${exported}`);
  const files = pages(join(docs, 'made/typescript')).map((page) => page.split('/').at(-1));
  for (const name of exported) assert.ok(files.includes(`${name}.html`), name);
});

test('a C function without a comment fails it', () => {
  const changed = join(docs, 'sotto_e2ee.h');
  const doxygen = () => run('doxygen', ['scripts/docs/c.doxyfile'],
    { SOTTO_ROOT: root, SOTTO_DOCS: join(docs, 'changed'), SOTTO_C_HEADER: changed, SOTTO_VERSION: '0' });
  mkdirSync(join(docs, 'changed'));
  writeFileSync(changed, header);
  assert.equal(doxygen().status, 0, 'as it is it passes');
  writeFileSync(changed, header.replace('#ifdef __cplusplus\n}', 'SOTTO_API sotto_status sotto_unexplained(void);\n\n#ifdef __cplusplus\n}'));
  const failed = doxygen();
  assert.notEqual(failed.status, 0);
  assert.match(failed.stderr, /sotto_unexplained.* is not documented/);
});

test('an exported TypeScript symbol without a comment, or a link to nothing, fails it', () => {
  const copy = join(docs, 'wasm');
  for (const name of ['src', 'tsconfig.json', 'typedoc.json', 'package.json', 'README.md']) {
    cpSync(join(root, 'wasm', name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(docs, 'node_modules'));
  const typedoc = (addition) => {
    cpSync(join(root, 'wasm/src/index.ts'), join(copy, 'src/index.ts'));
    writeFileSync(join(copy, 'src/index.ts'), `${readFileSync(join(copy, 'src/index.ts'), 'utf8')}\n${addition}\n`);
    return run('node_modules/.bin/typedoc', ['--options', join(copy, 'typedoc.json'), '--out', join(docs, 'typescript')]);
  };
  const bare = typedoc('export const unexplained = 1;');
  assert.notEqual(bare.status, 0);
  assert.match(bare.stdout + bare.stderr, /unexplained.*does not have any documentation/);
  const astray = typedoc('/** See {@link Nowhere}. */\nexport const explained = 1;');
  assert.notEqual(astray.status, 0);
  assert.match(astray.stdout + astray.stderr, /Failed to resolve link to "Nowhere"/);
});
