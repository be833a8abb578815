// The bench of frames, with a few frames of everything: it runs, what was sealed opens again as it
// was (the bench itself compares), and its figures are there. How large they are says little here,
// but for one bound that is far below what is measured in quiet.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../support/paths.mjs';

let folder, figures;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  const file = join(folder, 'frames.json');
  await promisify(execFile)(process.execPath, [join(root, 'tests/bench/frames.mjs'), '--short', '--json', file]);
  figures = JSON.parse(await readFile(file, 'utf8'));
});
after(() => rm(folder, { recursive: true, force: true }));

const value = (id) => figures.figures.find((figure) => figure.id === id)?.value;

test('the bench of frames has a figure for every size, in both directions', () => {
  assert.equal(figures.bench, 'frames');
  for (const bytes of [80, 300, 1024, 4096, 10240, 30720, 102400]) {
    for (const id of [`encrypt/${bytes}/ratio_livekit_p50`, `decrypt/${bytes}/ratio_livekit_p50`, `encrypt/${bytes}/us_p50`,
      `decrypt/${bytes}/us_p50`, `passthrough/${bytes}/us_p50`, `encrypt/${bytes}/floor_us_p50`]) {
      assert.ok(Number.isFinite(value(id)), `${id} is ${value(id)}`);
    }
  }
});

test('the bench of frames has recorded frames and a live call of 720p in it', () => {
  for (const id of ['encrypt/vp8/us_p50', 'decrypt/opus/us_p50', 'encrypt/av1/us_p50', 'live720p/added_ms_p99',
    'live720p/cpu_ratio_livekit', 'cpu/300/ratio_livekit']) {
    assert.ok(Number.isFinite(value(id)), `${id} is ${value(id)}`);
  }
  assert.ok(value('live720p/frames_measured') > 10);
});

test('a frame of 300 bytes is through sooner than through LiveKit\'s worker', () => {
  for (const way of ['encrypt', 'decrypt']) {
    const ratio = value(`${way}/300/livekit/us_min`) / value(`${way}/300/us_min`);
    assert.ok(ratio > 1.3, `${way}: ${ratio}`);
  }
});
