// The page comes from another server than the bridge: allowed by --page-origin, refused without.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { freePort, startBridge } from '../support/bridge.mjs';
import { webRoot } from '../support/paths.mjs';
import { withPeople } from '../support/participant.mjs';
import { until } from '../support/until.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.wasm': 'application/wasm' };

// The page's own server, which names the bridge in the page and in its policy.
async function servePage(port, bridge) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://page').pathname;
    const name = path === '/' || path.startsWith('/r/') ? '/index.html' : path;
    let body;
    try { body = readFileSync(join(webRoot, name)); } catch { response.writeHead(404).end(); return; }
    if (name === '/index.html') body = body.toString().replace('name="sotto-bridge" content=""', `name="sotto-bridge" content="${bridge.origin}"`);
    response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ws://localhost:${bridge.port}; media-src 'self' blob:; img-src 'self' data:` });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(port, 'localhost', resolve));
  return server;
}

for (const allowed of [true, false]) {
  test(`a page of another origin ${allowed ? 'carries a call when the bridge names it' : 'is refused when the bridge does not'}`, async () => {
    const port = await freePort();
    const bridge = await startBridge({ args: allowed ? ['--page-origin', `http://localhost:${port}`] : [] });
    const server = await servePage(port, bridge);
    try {
      await withPeople(async (open) => {
        const url = bridge.link().url.replace(`:${bridge.port}/`, `:${port}/`);
        const [ann, ben] = await Promise.all([['Ann', 21], ['Ben', 42]].map(([name, id]) => open(url, { name, id, query: 'debug=1' })));
        await ann.join();
        await ben.join();
        if (allowed) {
          await ann.sees(ben);
          await ann.isEncrypted();
        } else {
          await until('the refused WebSocket', () => ann.console.some((line) => /WebSocket.*403/.test(line)));
          assert.equal((await bridge.health()).endpoints, 0);
        }
      });
    } finally {
      server.close();
      server.closeAllConnections();
      await bridge.stop();
    }
  });
}
