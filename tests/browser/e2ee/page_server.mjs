// Serves the built module and the test page from one origin, under the policy that a careful page
// would set: no inline script, no other origin, WebAssembly allowed.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { root } from '../support/paths.mjs';

const TYPES = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };
const FOLDERS = { '/e2ee/': join(root, 'wasm/dist'), '/': join(root, 'tests/browser/e2ee/page') };

export async function startPageServer() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    const [prefix, folder] = Object.entries(FOLDERS).find(([start]) => path.startsWith(start));
    response.setHeader('content-security-policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; media-src 'self' blob:");
    try {
      const bytes = await readFile(join(folder, path.slice(prefix.length) || 'index.html'));
      response.setHeader('content-type', TYPES[path.split('.').at(-1)] ?? 'text/html');
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
