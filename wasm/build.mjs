// Builds wasm/dist from the TypeScript and build/wasm/bin/sotto.wasm: index.js with its types,
// worker.js and sotto.wasm. worker.js fetches sotto.wasm from beside itself.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const module = resolve(here, '../build/wasm/bin/sotto.wasm');
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
copyFileSync(module, join(dist, 'sotto.wasm'));

const sizes = ['worker.js', 'sotto.wasm'].map((name) => brotliCompressSync(readFileSync(join(dist, name))).length);
console.log(`frame layer: ${sizes[0] + sizes[1]} bytes brotli (worker.js ${sizes[0]}, sotto.wasm ${sizes[1]})`);
