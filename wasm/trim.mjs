// After the link: drops what Emscripten exports for a JavaScript of its own, which nobody here calls, and
// what only that kept; then optimises once more.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const file = process.argv[2];
const features = ['--enable-simd', '--enable-bulk-memory'];
const ours = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file)))
  .map(({ name }) => name)
  .filter((name) => name.startsWith('sotto_') || name === 'memory' || name === '_initialize');
const graph = [
  { name: 'worker', root: true, reaches: ours },
  ...ours.map((name) => ({ name, export: name })),
];
writeFileSync(`${file}.graph`, JSON.stringify(graph));
execFileSync('wasm-metadce', [...features, `--graph-file=${file}.graph`, file, '-o', file]);
rmSync(`${file}.graph`);
execFileSync('wasm-opt', [...features, '-Oz', '--converge', file, '-o', file]);
