// The bench's page, its worker and the WebAssembly module, from one origin that is cross-origin
// isolated: performance.now() has steps of 5 us there.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../browser/support/paths.mjs';

const PAGE = `<!doctype html><title>MLS</title><script type="module">
  const worker = new Worker('/worker.js', { type: 'module' });
  window.inWorker = (call, ...values) => new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result));
    worker.postMessage({ call, values });
  });
  window.start = async () => {
    const module = await (await fetch('/mls-bench.wasm')).arrayBuffer();
    await inWorker('start', new Uint8Array(module), Math.floor(Date.now() / 1000));
    return crossOriginIsolated;
  };
</script>`;

export async function servePage(modulePath) {
  const bundle = await build({ entryPoints: [join(root, 'tests/bench/mls/worker.js')], bundle: true, write: false,
    format: 'esm', minify: true, target: 'chrome120', logLevel: 'error' });
  const files = {
    '/': ['text/html', PAGE],
    '/worker.js': ['text/javascript', bundle.outputFiles[0].contents],
    '/mls-bench.wasm': ['application/wasm', await readFile(modulePath)],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[new URL(request.url, 'http://page').pathname] ?? [];
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    if (type === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', type).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
