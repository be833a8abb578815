// What a browser loads before it can seal a frame, and for a group, as brotli makes it (quality 11).
// LiveKit's worker is its minified script, which needs no WebAssembly.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { root } from '../browser/support/paths.mjs';
import { jsonPath, report } from './report.mjs';

const dist = join(root, 'wasm/dist');
const brotli = (bytes) => brotliCompressSync(bytes).length;
const size = (...names) => names.reduce((sum, name) => sum + brotli(readFileSync(join(dist, name))), 0);
const livekit = readFileSync(join(root, 'node_modules/livekit-client/dist/livekit-client.e2ee.worker.mjs'), 'utf8');

report('size', [
  // All that is fetched under keys of the app, which is what other apps have; and under a room link.
  { id: 'frame_layer_brotli_bytes', value: size('worker.js', 'keys.js', 'sotto.wasm'), unit: 'bytes', better: 'lower', goal: 20480 },
  { id: 'frame_layer_link_brotli_bytes', value: size('worker.js', 'link.js', 'sotto-link.wasm'), unit: 'bytes', better: 'lower', goal: 20480 },
  { id: 'frame_layer_group_brotli_bytes', value: size('worker.js', 'epochs.js', 'sotto-epochs.wasm'), unit: 'bytes', better: 'lower' },
  // The whole of MLS, which is loaded when a group is used.
  { id: 'mls_brotli_bytes', value: size('group.js', 'sotto-group.wasm'), unit: 'bytes', better: 'lower', goal: 102400 },
  { id: 'frame_layer_formats_brotli_bytes', value: size('worker.js', 'keys.js', 'sotto-formats.wasm'), unit: 'bytes', better: 'lower' },
  ...['worker.js', 'keys.js', 'link.js', 'epochs.js', 'group.js', 'sotto.wasm', 'sotto-link.wasm', 'sotto-formats.wasm',
    'sotto-epochs.wasm', 'sotto-group.wasm'].map((name) => (
    { id: `${name.replace(/\W/g, '_')}_brotli_bytes`, value: size(name), unit: 'bytes', better: 'lower' })),
  { id: 'page_brotli_bytes', value: size('index.js'), unit: 'bytes', better: 'lower' },
  { id: 'livekit_worker_brotli_bytes', value: brotli(transformSync(livekit, { minify: true, format: 'esm', legalComments: 'none' }).code),
    unit: 'bytes', better: 'lower' },
], jsonPath(process.argv));
