// What is in the package, and what the tools of other developers make of it.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/paths.mjs';
import { fiveLines, unpack } from './unpacked.mjs';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
let packed, app;

before(() => {
  packed = unpack();
  app = join(packed.folder, 'app');
  mkdirSync(join(app, 'node_modules/@sotto'), { recursive: true });
  symlinkSync(packed.path, join(app, 'node_modules/@sotto/e2ee'));
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
});
after(() => packed?.remove());

test('the package has what it needs, what the law asks for, and nothing else', () => {
  const { files } = packed;
  for (const file of ['README.md', 'LICENSE', 'THIRD_PARTY_NOTICES.md', 'package.json', 'dist/index.js', 'dist/index.d.ts',
    'dist/worker.js', 'dist/keys.js', 'dist/link.js', 'dist/sotto.wasm', 'dist/sotto-link.wasm', 'dist/sotto-formats.wasm',
    'dist/epochs.js', 'dist/sotto-epochs.wasm', 'dist/group.js', 'dist/sotto-group.wasm']) {
    assert.ok(files.includes(file), `${file} is missing`);
  }
  const known = /^(README\.md|LICENSE|THIRD_PARTY_NOTICES\.md|package\.json|dist\/[\w-]+\.(js|d\.ts|wasm)|dist\/group\/\w+\.d\.ts)$/;
  assert.deepEqual(files.filter((file) => !known.test(file)), []);
  assert.equal(readFileSync(join(packed.path, 'LICENSE'), 'utf8'), readFileSync(join(root, 'LICENSE'), 'utf8'));
  assert.ok(statSync(packed.archive).size < 350_000, `${statSync(packed.archive).size} bytes`);
});

test('it depends on nothing at run time and runs nothing when it is installed', () => {
  const { manifest } = packed;
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
    assert.equal(manifest[kind], undefined, kind);
  }
  for (const script of ['preinstall', 'install', 'postinstall']) assert.equal(manifest.scripts?.[script], undefined);
  for (const file of ['index.js', 'worker.js', 'keys.js', 'link.js', 'epochs.js', 'group.js']) {
    // All that is ever fetched later is its own, by a name that nothing can change.
    const text = readFileSync(join(packed.path, 'dist', file), 'utf8').replace(/import\("\.\/(link|keys|epochs)\.js"\)/g, '');
    assert.doesNotMatch(text, /\bfrom\s*["'][^.]|\bimport\s*\(|\brequire\s*\(|\beval\s*\(|new Function\b|https?:\/\//, file);
  }
});

test('every export of package.json exists, and so does every file that the README names', () => {
  const targets = Object.values(packed.manifest.exports).flatMap((target) =>
    (typeof target === 'string' ? [target] : Object.values(target)));
  assert.ok(targets.length >= 4);
  for (const target of targets) assert.ok(existsSync(join(packed.path, target)), target);
  const named = packed.readme.match(/`dist\/[\w./-]+`/g) ?? [];
  for (const name of named) assert.ok(existsSync(join(packed.path, name.slice(1, -1))), name);
});

test('the README names every option, event, cause, error and format that there is', () => {
  const declared = (file) => readFileSync(join(packed.path, 'dist', `${file}.d.ts`), 'utf8').replace(/\/\*[^]*?\*\//g, '');
  const body = (text, start) => text.slice(text.indexOf(start) + start.length).split(/^(?:export|\})/m)[0];
  const strings = (text) => [...text.matchAll(/['"]([\w-]+)['"]/g)].map((match) => match[1]);
  const fields = (text) => [...text.matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1]);
  const wanted = [
    ...strings(body(declared('types'), 'type DropCause =')), ...strings(body(declared('errors'), 'type E2eeErrorCode =')),
    ...fields(body(declared('types'), 'interface E2eeEvents {')), ...strings(body(declared('formats'), 'const FORMATS:')),
    ...['CreateOptions', 'SenderOptions', 'ReceiverOptions'].flatMap((name) => fields(body(declared('e2ee'), `interface ${name} {`))),
    ...['KeyOptions', 'RotateOptions'].flatMap((name) => fields(body(declared('external_keys'), `interface ${name} {`))),
  ];
  assert.ok(wanted.length > 50, `${wanted}`);
  assert.deepEqual(wanted.filter((name) => !packed.readme.includes(`\`${name}\``) && !packed.readme.includes(`\`'${name}'\``)), []);
});

test('the five lines are five', () => {
  const lines = fiveLines(packed.readme).split('\n');
  assert.equal(lines.length, 5);
  assert.ok(lines.every((line) => line.trim() && line.length < 110));
});

function typecheck(source) {
  writeFileSync(join(app, 'app.ts'), source);
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, target: 'ES2022', module: 'ES2022', moduleResolution: 'bundler',
      lib: ['ES2022', 'DOM'], types: [], skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    files: ['app.ts'],
  }));
  return spawnSync(process.execPath, [tsc, '-p', app], { cwd: app, encoding: 'utf8' });
}

test('a strict TypeScript app compiles against its declarations, and mistakes do not', () => {
  const lines = fiveLines(packed.readme).replace('./e2ee/index.js', '@sotto/e2ee');
  const prelude = 'declare const stream: MediaStream; declare const passphrase: string;\n';
  const use = `
import { E2eeError, KeyError, LOCAL, LinkKeyProvider, type DropCause, type StreamStats, type Support } from '@sotto/e2ee';
const support: Support | null = E2ee.support();
await e2ee.setKey(crypto.getRandomValues(new Uint8Array(32)), { participant: LOCAL, index: 1 });
e2ee.addEventListener('decryptionFailed', ({ detail }) => { const cause: DropCause = detail.cause; console.log(cause, support); });
e2ee.addEventListener('sending', ({ detail }) => console.log(detail.sealed satisfies boolean));
const stats: StreamStats[] = await e2ee.stats();
try { await e2ee.rotate('another'); } catch (error) { if (error instanceof KeyError) console.log(error.code, stats); }
console.log(new LinkKeyProvider({ room: 'r', generation: 0, secret: '' }), E2eeError);
export {};
`;
  const good = typecheck(prelude + lines + use);
  assert.equal(good.status, 0, good.stdout);
  for (const mistake of ['await e2ee.setKey(7);', "e2ee.addEventListener('occupant', ({ detail }) => detail.nothing);",
    "await E2ee.create({ format: 'plain' });"]) {
    const bad = typecheck(`${prelude}${lines}\n${mistake}\nexport {};`);
    assert.equal(bad.status, 2, mistake);
    assert.match(bad.stdout, /app\.ts\(7,/, mistake);
  }
});

async function bundled(source) {
  const { outputFiles: [{ text }] } = await build({
    stdin: { contents: source, resolveDir: app, loader: 'js' }, bundle: true, minify: true, format: 'esm', write: false,
    logLevel: 'silent',
  });
  return text;
}

test('a bundler keeps only what is used of it', async () => {
  const whole = await bundled("export * from '@sotto/e2ee';");
  assert.ok(whole.length > 4000, `${whole.length}`);
  const nothing = await bundled("import '@sotto/e2ee';");
  assert.equal(nothing.trim(), '', 'the package has no side effects');
  const asks = await bundled("import { detectSupport } from '@sotto/e2ee'; console.log(detectSupport());");
  assert.ok(asks.length < 600, `${asks.length} bytes to ask whether a browser can: ${asks}`);
  const formats = await bundled("import { FORMATS } from '@sotto/e2ee'; console.log(FORMATS);");
  assert.ok(formats.length < 200, formats);
});

test('the README\'s group compiles as it stands', () => {
  const example = packed.readme.match(/```js\n(import \{ E2ee, Group \}[^]*?)```/)[1];
  const prelude = `import type { GroupMember, OrderedTransport } from '@sotto/e2ee';
declare const transport: OrderedTransport;
declare function show(members: GroupMember[]): void;
declare function print(...texts: string[]): void;
`;
  const { status, stdout } = typecheck(`${prelude}${example}\nconsole.log(e2ee);\nexport {};`);
  assert.equal(status, 0, stdout);
});
