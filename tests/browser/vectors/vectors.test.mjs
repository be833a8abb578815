// The published SFrame vectors and the profile's own, in WebAssembly: under Node and in Chromium, by
// one script (page/run_vectors.js), on the objects that the shipped module is linked from.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPageServer } from '../e2ee/page_server.mjs';
import { launch } from '../support/chromium.mjs';
import { root } from '../support/paths.mjs';
import { runVectors } from './page/run_vectors.js';

const reference = process.env.SOTTO_REFERENCE_DIR ?? join(root, '../shared/reference');
const wasm = await readFile(process.env.SOTTO_VECTORS_WASM ?? join(root, 'build/wasm/bin/sotto-vectors.wasm'));

async function published(name) {
  try {
    const text = await readFile(join(reference, 'vectors/sframe', name), 'utf8');
    return JSON.parse(text.replace(/"(kid|ctr)":\s*(\d+)/g, '"$1":"$2"')); // 64 bits do not fit a number
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.log(`NOTICE: NOT RUN, no file ${name} below SOTTO_REFERENCE_DIR`);
    return null;
  }
}

const vectors = {
  published: await published('sframe-test-vectors.json'),
  published256: await published('sframe-test-vectors-aes256.json'),
  own: JSON.parse(await readFile(join(root, 'tests/vectors/sframe-profile.json'), 'utf8')),
};

function report(where, { counts, passphraseMs }) {
  for (const [section, count] of Object.entries(counts)) console.log(`vectors: ${count} cases of ${section} ${where}`);
  console.log(`a passphrase takes ${passphraseMs} ms ${where}`);
  if (vectors.published) {
    assert.deepEqual([counts.header, counts.aes_ctr_hmac, counts.aes_256_ctr_hmac, counts.sframe], [289, 3, 3, 5]);
  }
  if (vectors.published256) assert.equal(counts.sframe_aes_256_ctr_hmac, 3);
  assert.ok(counts['own frames'] >= 12 && counts['own sender keys'] >= 10);
}

test('WebAssembly agrees with every vector under Node', async () => {
  report('under Node', await runVectors(wasm, vectors));
});

test('WebAssembly agrees with every vector in Chromium', async () => {
  const server = await startPageServer({ folder: 'tests/browser/vectors/page' });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    report('in Chromium', await page.evaluate(async ([encoded, all]) => {
      const { runVectors: run } = await import('/run_vectors.js');
      return run(Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)), all);
    }, [wasm.toString('base64'), vectors]));
  } finally {
    await browser.close();
    server.close();
  }
});

test('a wrong vector is noticed', async () => {
  const own = structuredClone(vectors.own);
  const { wire } = own.frames.at(-1);
  own.frames.at(-1).wire = wire.replace(/.$/, wire.endsWith('0') ? '1' : '0');
  await assert.rejects(runVectors(wasm, { published: null, published256: null, own }), /sealed/);
});
