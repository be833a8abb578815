// Starts and stops a bridge of this test's own, on ports of its own, over the loopback.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { randomBytes } from 'node:crypto';
import { bridgeProgram, webRoot } from './paths.mjs';

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// `address`: where media is to go, when it is not the loopback.
export async function startBridge({ args = [], port, mediaPort, address, env = {} } = {}) {
  port ??= await freePort();
  mediaPort ??= await freePort();
  const network = address ? ['--host', '0.0.0.0', '--public-address', address] : ['--host', '127.0.0.1'];
  const child = spawn(bridgeProgram, [...network, '--port', String(port), '--media-port', String(mediaPort),
    '--web-root', webRoot, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const log = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => { log.push(text); if (process.env.SOTTO_TEST_LOG) process.stderr.write(text); });
  }
  let ended = null;
  const exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(ended = { code, signal })));
  const origin = `http://localhost:${port}`;
  const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).json();
  const bridge = {
    child, pid: child.pid, port, mediaPort, origin, health,
    log: () => log.join(''),
    ended: () => ended,
    // A full link of a fresh room; the secret is made here, as the demo script makes it.
    link: (room = `room-${randomBytes(4).toString('hex')}`, secret = randomBytes(32)) =>
      ({ room, secret, url: `${origin}/r/${room}#0.${secret.toString('base64url')}` }),
    async stop() {
      if (!ended) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exit;
      clearTimeout(timer);
      return ended;
    },
  };
  for (let tries = 0; ; tries++) {
    if (ended) throw new Error(`the bridge ended at once (${JSON.stringify(ended)}):\n${bridge.log()}`);
    try { await health(); return bridge; } catch (error) {
      if (tries > 2400) { await bridge.stop(); throw new Error(`the bridge does not answer: ${error}\n${bridge.log()}`); }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
