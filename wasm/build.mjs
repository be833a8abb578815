// Builds wasm/dist from the TypeScript and build/wasm/bin: index.js with its types, worker.js, and what
// that fetches from beside itself: one of the modules for frames, and link.js for room links, epochs.js
// for groups or keys.js for keys of the app; and group.js, the group's own worker, with its module.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const modules = resolve(here, '../build/wasm/bin');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const project of ['tsconfig.json', 'tsconfig.worker.json']) {
  execFileSync(process.execPath, [tsc, '-p', join(here, project)], { stdio: 'inherit' });
}
await build({
  entryPoints: { index: join(here, 'src/index.ts'), worker: join(here, 'src/worker/main.ts'), link: join(here, 'src/worker/link.ts'),
    keys: join(here, 'src/worker/keys.ts'), epochs: join(here, 'src/worker/epochs.ts'), group: join(here, 'src/group/worker/main.ts') },
  outdir: dist,
  bundle: true,
  external: ['./link.js', './keys.js', './epochs.js'],
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
});
for (const name of ['sotto.wasm', 'sotto-link.wasm', 'sotto-formats.wasm', 'sotto-epochs.wasm', 'sotto-group.wasm']) copyFileSync(join(modules, name), join(dist, name));

// By the keys that a page uses; what a browser loads for it is all that is named.
const size = (name) => brotliCompressSync(readFileSync(join(dist, name))).length;
const total = (...names) => `${names.reduce((sum, name) => sum + size(name), 0)} (${names.map((name) => `${name} ${size(name)}`).join(', ')})`;
console.log(`frame layer, bytes of brotli: the app's keys ${total('worker.js', 'keys.js', 'sotto.wasm')}; `
  + `a room link ${total('worker.js', 'link.js', 'sotto-link.wasm')}; `
  + `a group ${total('worker.js', 'epochs.js', 'sotto-epochs.wasm')}; `
  + `other formats and suites ${total('worker.js', 'keys.js', 'sotto-formats.wasm')}`);
console.log(`groups (MLS), bytes of brotli: ${total('group.js', 'sotto-group.wasm')}`);
