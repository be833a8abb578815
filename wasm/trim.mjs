// After the link: drops what Emscripten exports for a JavaScript of its own, which nobody here calls, and
// what only that kept; then optimises once more, with the functions in the order that packs best.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inPackingOrder } from './order.mjs';

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
const text = `${file}.wat`;
const smaller = [...features, '-Oz', '--converge', '--low-memory-unused'];  // data begins at 1,024: as emcc has it
execFileSync('wasm-opt', [...smaller, file, '-S', '-o', text]);
writeFileSync(text, inPackingOrder(readFileSync(text, 'utf8')));
execFileSync('wasm-opt', [...smaller, text, '-o', file]);
rmSync(text);
