// Serves the bench page, the built module, LiveKit's worker as it came from npm, and the recorded
// frames, from one origin that is cross-origin isolated: performance.now() has steps of 5 us there
// instead of 100.
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { root } from '../../browser/support/paths.mjs';

const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };
const captures = join(root, '../shared/captures/frames');
/** Whole recordings where they are at hand, else the short ones that come with the sources. */
export const recordings = existsSync(captures) ? captures : join(root, 'tests/fixtures/frames');
export const recorded = readdirSync(recordings).filter((name) => name.endsWith('.bin')).map((name) => name.slice(0, -4));

const FOLDERS = [
  ['/e2ee/', join(root, 'wasm/dist')],
  ['/livekit/', join(root, 'node_modules/livekit-client/dist')],
  ['/recordings/', recordings],
  ['/', join(root, 'tests/bench/frames/page')],
];

export async function startServer() {
  const server = createServer(async (request, response) => {
    const asked = normalize(new URL(request.url, 'http://page').pathname);
    const path = asked === '/' ? '/index.html' : asked;
    const [prefix, folder] = FOLDERS.find(([start]) => path.startsWith(start));
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    try {
      const bytes = await readFile(join(folder, path.slice(prefix.length)));
      response.setHeader('content-type', TYPES[path.split('.').at(-1)] ?? 'application/octet-stream');
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
