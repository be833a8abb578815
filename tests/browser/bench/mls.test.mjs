// The bench of MLS, once round two small groups: it runs, ts-mls takes every message of ours and agrees
// on what is exported (the bench itself compares), and its figures are there. How large they are says
// nothing here.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { bridgeProgram, root } from '../support/paths.mjs';

let folder, figures;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  const file = join(folder, 'mls.json');
  const env = { ...process.env, SOTTO_MLS_NATIVE: join(dirname(bridgeProgram), 'mls-native') };
  await promisify(execFile)(process.execPath, [join(root, 'tests/bench/mls.mjs'), '--short', '--json', file], { env });
  figures = JSON.parse(await readFile(file, 'utf8'));
});
after(() => rm(folder, { recursive: true, force: true }));

const figure = (id) => figures.figures.find((one) => one.id === id);
const value = (id) => figure(id)?.value;

test('the bench of MLS has figures for both shapes of tree, in the browser and natively, and ratios to ts-mls', () => {
  assert.equal(figures.bench, 'mls');
  for (const place of ['browser', 'native']) {
    for (const shape of ['10', '10-warm']) {
      for (const what of ['process_commit', 'process_update', 'join', 'add', 'update', 'remove', 'add100', 'exporter']) {
        assert.ok(value(`${place}/${shape}/${what}_ms`) > 0, `${place}/${shape}/${what}_ms`);
        assert.ok(value(`${place}/${shape}/${what}_ratio_tsmls`) > 0, `${place}/${shape}/${what}_ratio_tsmls`);
      }
    }
  }
});

test('beside what a join takes the bench of MLS says what its signatures alone would', () => {
  for (const place of ['browser', 'native']) {
    const { value: ratio, floor } = figure(`${place}/10/join_ratio_tsmls`);
    assert.ok(floor > 0 && ratio > 0, `${place}: ${ratio}, floor ${floor}`);
  }
});

test('the bench of MLS counts what goes over the wire', () => {
  for (const what of ['add', 'update', 'remove', 'add100', 'welcome']) assert.ok(value(`bytes/10/${what}`) > 100, what);
});
