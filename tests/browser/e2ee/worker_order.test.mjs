// The whole worker, in Node: what the page asks is done in an order that leaves no key behind.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../support/paths.mjs';
import { stretch, wasmBytes } from './inside.mjs';

// A worker of its own each time, and `ask`, which resolves to the answer of a request.
async function worker() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'wasm/src/worker/main.ts')], bundle: true, format: 'iife', target: 'node18', write: false,
    define: { 'import.meta.url': '"file:///worker.js"', self: 'scope', fetch: 'load' },
  });
  const answers = [], scope = { postMessage: (message) => answers.push(message) };
  const load = () => Promise.resolve({ ok: true, arrayBuffer: () => wasmBytes });
  const later = (run, milliseconds) => setTimeout(run, milliseconds).unref();
  new Function('scope', 'load', 'setTimeout', outputFiles[0].text)(scope, load, later);
  const answer = async (is) => {
    for (let at; ; await new Promise(setImmediate)) if ((at = answers.find(is))) return at;
  };
  const tell = (data) => scope.onmessage({ data });
  tell({ type: 'start', format: 'sotto', suite: undefined });
  await answer(({ type }) => type === 'ready');
  let next = 0;
  const ask = (body) => {
    const request = next++;
    tell({ type: 'request', request, body });
    return answer((message) => message.request === request);
  };
  const setKey = (participant, key) => ask({
    type: 'set-key', whose: { participant }, index: 0, use: true,
    ...(typeof key === 'string' ? { kind: 1, material: new TextEncoder().encode(key) } : { kind: 0, material: key }),
  });
  return { ask, tell, setKey };
}

test('a key that is still being computed when its participant is forgotten does not come back', async () => {
  const { tell, setKey } = await worker();
  const passphrase = setKey('ada', 'correct horse battery staple');
  tell({ type: 'forget', endpoint: 'ada' });
  const next = setKey('ada', new Uint8Array(32).fill(9));
  assert.equal((await passphrase).type, 'reply');
  assert.equal((await next).type, 'reply', 'the place of the key is free: it is gone');
});

test('a key that waits behind another participant\'s passphrase is forgotten, too', async () => {
  const { tell, setKey } = await worker();
  const asked = [setKey('ben', 'correct horse battery staple'), setKey('ada', new Uint8Array(32).fill(8))];
  tell({ type: 'forget', endpoint: 'ada' });
  asked.push(setKey('ada', new Uint8Array(32).fill(9)), setKey('ben', new Uint8Array(32).fill(9)));
  const [ben, ada, adaAgain, benAgain] = (await Promise.all(asked)).map(({ type, code }) => code ?? type);
  assert.deepEqual([ben, ada, adaAgain, benAgain], ['reply', 'reply', 'reply', 'key-exists']);
});

test('of two passphrases for one key, the one that was set later is not overtaken by the other', async () => {
  const { setKey } = await worker();
  const [first, second] = await Promise.all([setKey('ada', 'one'), setKey('ada', 'two')]);
  assert.deepEqual([first.type, second.code], ['reply', 'key-exists']);
});

test('a passphrase that WebCrypto fails to stretch is still the passphrase, and no string of zeros', async () => {
  const real = crypto.subtle.deriveBits;
  crypto.subtle.deriveBits = () => Promise.reject(new Error('out of memory'));
  try {
    const request = { whose: 'local', kind: 1, material: new TextEncoder().encode('a passphrase') };
    await assert.rejects(stretch(request, 'sotto'));
    assert.deepEqual([request.kind, new TextDecoder().decode(request.material)], [1, 'a passphrase']);
  } finally {
    crypto.subtle.deriveBits = real;
  }
});

test('what was stretched is wiped', async () => {
  const material = new TextEncoder().encode('a passphrase'), request = { whose: 'local', kind: 1, material };
  await stretch(request, 'sotto');
  assert.deepEqual([request.kind, request.material.length, Math.max(...material)], [2, 32, 0]);
});
