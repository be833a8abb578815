// A page as a developer begins with: a connection with tracks, how its app signals, and in the middle
// the lines of the README. Served from one origin under a strict policy.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { root } from '../support/paths.mjs';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const HTML = `<!doctype html>
<meta charset="utf-8">
<title>starting</title>
<video autoplay muted></video>
<script type="module" src="PAGE"></script>
`;

// The app's own code before and after the lines.
export const script = (lines) => `import { makeEar, makePicture, makeTone, readPicture } from './sources.js';
const query = new URLSearchParams(location.search);
const passphrase = query.get('passphrase');
const stream = new MediaStream([makePicture(JSON.parse(query.get('order'))).track, makeTone().track]);
${lines}
const video = document.querySelector('video');
let ear = null;
connection.addEventListener('track', ({ track }) => {
  if (track.kind === 'video') video.srcObject = new MediaStream([track]);
  else ear = makeEar(track);
});
const gathered = () => new Promise((resolve) => {
  const check = () => { if (connection.iceGatheringState === 'complete') resolve(connection.localDescription); };
  connection.addEventListener('icegatheringstatechange', check);
  check();
});
window.offer = async () => { await connection.setLocalDescription(); return gathered(); };
window.answer = async (theirs) => {
  await connection.setRemoteDescription(theirs);
  await connection.setLocalDescription();
  return gathered();
};
window.accept = (theirs) => connection.setRemoteDescription(theirs);
window.see = async () => {
  const inbound = [...(await connection.getStats()).values()].filter(({ type }) => type === 'inbound-rtp');
  const of = (kind) => inbound.find((report) => report.kind === kind);
  return { picture: readPicture(video), hertz: ear?.hertz() ?? null, decoded: of('video')?.framesDecoded ?? 0,
    packets: Math.min(of('video')?.packetsReceived ?? 0, of('audio')?.packetsReceived ?? 0) };
};
window.e2ee = typeof e2ee === 'undefined' ? null : e2ee;
document.title = 'ready';
`;

// What a page has that encrypts nothing.
export const WITHOUT = `const connection = new RTCPeerConnection();
for (const track of stream.getTracks()) connection.addTrack(track, stream);`;

// `scripts` is name -> text of what the pages run; PATH.html runs PATH.js. `folders` is path -> folder.
export async function serve(scripts, folders) {
  const sources = join(root, 'tests/browser/e2ee/page/sources.js');
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://page').pathname);
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('content-type', TYPES[extname(path)] ?? 'text/plain');
    const name = path.slice(1).replace(/\.\w+$/, '');
    const [prefix, folder] = Object.entries(folders).find(([start]) => path.startsWith(start)) ?? [];
    try {
      if (path === '/sources.js') response.end(await readFile(sources));
      else if (path.endsWith('.html') && scripts[name]) response.end(HTML.replace('PAGE', `${name}.js`));
      else if (path.endsWith('.js') && scripts[name]) response.end(scripts[name]);
      else response.end(await readFile(join(folder, path.slice(prefix.length))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
