// What a browser loads before it can seal a frame, as brotli makes it (quality 11), against LiveKit's
// worker: theirs is its minified script, which needs no WebAssembly.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { root } from '../browser/support/paths.mjs';
import { jsonPath, report } from './report.mjs';

const dist = join(root, 'wasm/dist');
const brotli = (bytes) => brotliCompressSync(bytes).length;
const size = (name) => brotli(readFileSync(join(dist, name)));
const livekit = readFileSync(join(root, 'node_modules/livekit-client/dist/livekit-client.e2ee.worker.mjs'), 'utf8');

// Other builds of the core, with formats and suites that Sotto's own calls do not need.
const others = readdirSync(dist).filter((name) => name.endsWith('.wasm') && name !== 'sotto.wasm');
report('size', [
  { id: 'frame_layer_brotli_bytes', value: size('worker.js') + size('sotto.wasm'), unit: 'bytes', better: 'lower', goal: 20480 },
  { id: 'worker_brotli_bytes', value: size('worker.js'), unit: 'bytes', better: 'lower' },
  { id: 'wasm_brotli_bytes', value: size('sotto.wasm'), unit: 'bytes', better: 'lower' },
  ...others.map((name) => (
    { id: `frame_layer_${name.replace(/\.wasm$/, '')}_brotli_bytes`, value: size('worker.js') + size(name), unit: 'bytes', better: 'lower' })),
  { id: 'page_brotli_bytes', value: size('index.js'), unit: 'bytes', better: 'lower' },
  { id: 'livekit_worker_brotli_bytes', value: brotli(transformSync(livekit, { minify: true, format: 'esm', legalComments: 'none' }).code),
    unit: 'bytes', better: 'lower' },
], jsonPath(process.argv));
