// Loads one of the page's TypeScript modules into Node: bundled in memory by esbuild.
import {build} from 'esbuild';
import {dirname, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export async function load(path) {
  const {outputFiles} = await build({
    entryPoints: [resolve(root, 'web-demo/src', path)],
    bundle: true, write: false, format: 'esm', target: 'node18', logLevel: 'error',
    alias: {'@sotto/e2ee': resolve(root, 'wasm/src/index.ts')},
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
