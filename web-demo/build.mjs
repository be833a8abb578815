// Builds the page into build/web: one script, one style sheet, and the encryption module's workers
// and their WebAssembly. `--outdir FOLDER` builds elsewhere; `--allow-missing-module` is for work on the looks.
import {build} from 'esbuild';
import {cpSync, existsSync, mkdirSync, readdirSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..');
const outFlag = process.argv.indexOf('--outdir');
const outdir = outFlag > 0 ? resolve(process.argv[outFlag + 1]) : join(root, 'build/web');
mkdirSync(outdir, {recursive: true});

const common = {
  bundle: true,
  minify: !process.argv.includes('--readable'),
  outdir,
  logLevel: 'warning',
  target: ['chrome111', 'firefox117', 'safari16.4'],
};
await build({
  ...common,
  entryPoints: {app: join(here, 'src/main.ts')},
  format: 'esm',
  alias: {'@sotto/e2ee': join(root, 'wasm/src/index.ts')},
});
await build({...common, entryPoints: {app: join(here, 'styles/app.css')}});

for (const file of readdirSync(join(here, 'static'))) cpSync(join(here, 'static', file), join(outdir, file));
// A group's, and those of a link's keys: each is loaded only where it is used.
for (const file of ['worker.js', 'epochs.js', 'sotto-epochs.wasm', 'group.js', 'sotto-group.wasm', 'link.js', 'sotto-link.wasm']) {
  const from = join(root, 'wasm/dist', file);
  if (existsSync(from)) cpSync(from, join(outdir, file));
  else if (!process.argv.includes('--allow-missing-module')) {
    console.error(`${from} is missing: build the browser module first (scripts/build-web.sh does both)`);
    process.exit(1);
  }
}
