// Serves the built module and the test page from one origin, under the policy that a careful page
// would set: no inline script, no other origin, WebAssembly allowed.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { root } from '../support/paths.mjs';

const TYPES = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };

// `folder`: the page's; `connect`: another server that it may talk to.
export async function startPageServer({ folder = 'tests/browser/e2ee/page', connect = '' } = {}) {
  const folders = { '/e2ee/': join(root, 'wasm/dist'), '/lonely/': join(root, 'wasm/dist'), '/': join(root, folder) };
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; media-src 'self' blob:"
    + (connect && `; connect-src 'self' ${connect}`);
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    const [prefix, from] = Object.entries(folders).find(([start]) => path.startsWith(start));
    response.setHeader('content-security-policy', policy);
    try {
      // As where somebody copied the worker and its modules, and no script beside them.
      if (/^\/lonely\/(keys|link)\.js$/.test(path)) throw new Error('not there');
      const bytes = await readFile(join(from, path.slice(prefix.length) || 'index.html'));
      response.setHeader('content-type', TYPES[path.split('.').at(-1)] ?? 'text/html');
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
