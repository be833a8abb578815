// The example of docs/tokens.md: what it says to type is typed, and the token that comes of it admits to
// the running bridge.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import WebSocket from 'ws';

const root = resolve(import.meta.dirname ?? '.', '../..');
const page = readFileSync(join(root, 'docs/tokens.md'), 'utf8');
const bridgeProgram = process.env.SOTTO_BRIDGE ?? join(root, 'build/dev/bin/sotto-bridge');
const folder = mkdtempSync(join(tmpdir(), 'sotto-tokens-'));
let bridge, port;

const blocks = (language) => [...page.matchAll(new RegExp('^```' + language + '\\n([^]*?)^```', 'gm'))].map((match) => match[1]);
const [makeKey, runBoth] = blocks('sh');
const [makeToken] = blocks('js');

const typed = (...words) => execFileSync(process.execPath, ['make-token.mjs', ...words], { cwd: folder, encoding: 'utf8' }).trim();

before(async () => {
  execFileSync('bash', ['-euc', makeKey], { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'make-token.mjs'), makeToken);
  const [, options] = /^sotto-bridge (.*)$/m.exec(runBoth);
  // All but the page's folder, which this test has none of.
  const args = options.replace(/--web-root \S+ /, '').split(' ');
  bridge = spawn(bridgeProgram, ['--host', '127.0.0.1', '--port', '0', '--media-port', '0', ...args], { cwd: folder });
  port = await new Promise((resolvePort, reject) => {
    let log = '';
    bridge.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
      const found = /listening .*? port=(\d+)/.exec(log);
      if (found) resolvePort(Number(found[1]));
    });
    bridge.once('error', reject).once('exit', () => reject(new Error(log)));
  });
});

after(() => {
  bridge?.kill('SIGTERM');
  rmSync(folder, { recursive: true });
});

// What the bridge answers to a join, and how it closes if it does.
function come(room, token) {
  return new Promise((resolveAnswer, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/ws`, 'sotto.v1');
    let answer = null;
    socket.on('open', () => socket.send(JSON.stringify({
      type: 'join', version: 1, room, endpoint: randomBytes(16).toString('base64url'), ...token === undefined ? {} : { token },
    })));
    socket.on('message', (text) => {
      answer ??= JSON.parse(text);
      if (answer.type === 'joined') { socket.terminate(); resolveAnswer(answer.type); }
    });
    socket.on('close', (code) => resolveAnswer(`${answer?.code} ${code}`));
    socket.on('error', reject);
  });
}

test('the token of the example admits to its room', async () => {
  assert.match(runBoth, /^node make-token\.mjs quiet-otter$/m);
  assert.equal(await come('quiet-otter', typed('quiet-otter')), 'joined');
});

test('and to no other, and nobody comes in without', async () => {
  assert.equal(await come('loud-badger', typed('quiet-otter')), 'token-room 4011');
  assert.equal(await come('quiet-otter'), 'token-required 4011');
  assert.equal(await come('loud-badger', typed('*')), 'joined');
});

test('a token that is altered by a letter is refused', async () => {
  const token = typed('quiet-otter'), at = token.lastIndexOf('.') + 5;
  const altered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  assert.equal(await come('quiet-otter', altered), 'token-signature 4011');
});

test('every refusal that the protocol lists is one that the page has words for', async () => {
  const listed = [...readFileSync(join(root, 'docs/protocol.md'), 'utf8').matchAll(/^\| `(token-[a-z-]+)` \|.*4011/gm)].map((match) => match[1]);
  const known = [...readFileSync(join(root, 'web-demo/src/pages/token_words.ts'), 'utf8').matchAll(/^ {2}'(token-[a-z-]+)':/gm)].map((match) => match[1]);
  assert.equal(listed.length, 12);
  assert.deepEqual([...known].sort(), [...listed].sort());
});
