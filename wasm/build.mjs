// Builds wasm/dist from the TypeScript and build/wasm/bin: index.js with its types, worker.js,
// sotto.wasm and sotto-formats.wasm. worker.js fetches the one that it needs from beside itself.
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
  entryPoints: { index: join(here, 'src/index.ts'), worker: join(here, 'src/worker/main.ts') },
  outdir: dist,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
});
for (const name of ['sotto.wasm', 'sotto-formats.wasm']) copyFileSync(join(modules, name), join(dist, name));

const size = (name) => brotliCompressSync(readFileSync(join(dist, name))).length;
const [worker, wasm, formats] = ['worker.js', 'sotto.wasm', 'sotto-formats.wasm'].map(size);
console.log(`frame layer: ${worker + wasm} bytes brotli (worker.js ${worker}, sotto.wasm ${wasm}); sotto-formats.wasm ${formats}`);
