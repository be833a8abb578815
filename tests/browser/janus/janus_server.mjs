// Debian's janus with the configuration in etc/, ended by its process id. It needs own_network.mjs.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { root } from '../support/paths.mjs';

const PORT = 8188;
const etc = join(root, 'tests/browser/janus/etc');

function answers() {
  return new Promise((resolve) => {
    const socket = connect(PORT, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}

export async function startJanus() {
  const program = process.env.SOTTO_JANUS ?? '/usr/bin/janus';
  const child = spawn(program, ['-F', etc, '-C', join(etc, 'janus.jcfg'), '-o'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => log.push(text));
  }
  let ended = null;
  const exit = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(ended = { code, signal }));
    child.once('error', (error) => resolve(ended = { error: `${error.message}: apt install janus` }));
  });
  const janus = {
    url: `ws://127.0.0.1:${PORT}`,
    log: () => log.join(''),
    async stop() {
      if (!ended) child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exit;
      clearTimeout(timer);
    },
  };
  const end = Date.now() + 60_000;
  while (!await answers()) {
    if (ended || Date.now() > end) {
      await janus.stop();
      throw new Error(`janus does not answer (${JSON.stringify(ended)}):\n${janus.log()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return janus;
}
