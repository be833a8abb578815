// scripts/demo.sh as a person runs it: prints a link that works, keeps its secret from the bridge,
// says in one line what is wrong, and stops on Ctrl-C.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/bridge.mjs';
import { bridgeProgram, root } from '../support/paths.mjs';
import { until } from '../support/until.mjs';
import { withPeople } from '../support/participant.mjs';

function demo(...args) {
  const child = spawn(join(root, 'scripts/demo.sh'), ['--no-build', ...args],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, SOTTO_BRIDGE: bridgeProgram } });
  const run = { child, out: '', err: '', ended: null };
  child.stdout.on('data', (text) => { run.out += text; });
  child.stderr.on('data', (text) => { run.err += text; });
  run.exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(run.ended = { code, signal })));
  return run;
}

// What the processes of one session (the script's) were given: arguments and environment.
function givenTo(session) {
  const texts = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      if (Number(stat[3]) !== session || !readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('sotto-bridge')) continue;
      texts.push(readFileSync(`/proc/${pid}/cmdline`, 'latin1') + readFileSync(`/proc/${pid}/environ`, 'latin1'));
    } catch { /* gone meanwhile */ }
  }
  return texts;
}

test('the printed link opens a call, the bridge was not given its secret, and Ctrl-C ends it cleanly', async () => {
  const port = await freePort(), media = await freePort();
  const run = demo('--port', String(port), '--media-port', String(media));
  try {
    const started = Date.now();
    const link = (await until('the link', () => /https?:\/\/\S+#0\.[\w-]{43}/.exec(run.out + run.err) ?? (run.ended && { ok: false, ...run }))).at(0);
    console.log(`link printed after ${Date.now() - started} ms`);
    const secret = link.split('#0.')[1];
    const given = givenTo(run.child.pid);
    assert.equal(given.length, 1, 'one bridge');
    assert.ok(!given[0].includes(secret), 'the secret is neither argument nor environment of the bridge');
    await withPeople(async (open) => {
      const [ann, ben] = await Promise.all([['Ann', 21], ['Ben', 42]].map(([name, id]) => open(link, { name, id })));
      await ann.join();
      await ben.join();
      await ann.sees(ben);
    });
    process.kill(-run.child.pid, 'SIGINT'); // as a terminal does: to the whole foreground group
    await run.exit;
    assert.ok(run.ended.code === 0 || run.ended.code === 130, JSON.stringify(run.ended) + run.err.slice(-1500));
    assert.equal(givenTo(run.child.pid).length, 0, 'no bridge is left behind');
  } finally {
    if (!run.ended) process.kill(-run.child.pid, 'SIGKILL');
  }
});

test('a taken port is named in one line', async () => {
  const taken = createServer();
  await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address();
  const run = demo('--port', String(port), '--media-port', String(await freePort()));
  try {
    const { code } = await run.exit;
    assert.notEqual(code, 0);
    const lines = run.err.split('\n').filter((line) => line.includes(String(port)));
    assert.equal(lines.length, 1, run.err);
    assert.ok(!run.out.includes('http'), 'no link is printed for a bridge that is not there');
  } finally {
    taken.close();
  }
});

for (const [args, message] of [
  [['--port', 'http'], /a port is a number from 1 to 65535, not 'http'/],
  [['--tls-cert', '/nowhere.pem'], /belong together/],
  [['--colour'], /unknown option '--colour'/],
  [['--room', 'a b'], /only letters, digits/],
]) {
  test(`${args.join(' ')} is refused with one sentence`, async () => {
    const run = demo(...args);
    const { code } = await run.exit;
    assert.notEqual(code, 0);
    assert.match(run.err, message);
    assert.equal(run.err.trim().split('\n').length, 1);
  });
}
