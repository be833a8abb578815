// A group on a machine that sleeps (wasm/src/group/worker/clock.ts).
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../wasm/src/group/worker/clock.ts', import.meta.url))],
  bundle: true, format: 'esm', target: 'node18', write: false,
});
const { wakefulClock } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

const START = 1_795_000_000_000;

function machine() {
  const time = { steady: 100, wall: START };
  const now = wakefulClock(() => time.steady, () => time.wall);
  const pass = (milliseconds) => { time.steady += milliseconds; time.wall += milliseconds; };
  return { time, now, pass };
}

test('counts what a machine slept through while performance.now() stood still', () => {
  const { time, now, pass } = machine();
  pass(1000);
  assert.equal(now(), 1100);
  time.wall += 20 * 60_000;
  assert.equal(now(), 1100 + 20 * 60_000);
  assert.equal(now(), 1100 + 20 * 60_000, 'once');
  pass(500);
  time.wall += 60_000;
  assert.equal(now(), 1600 + 21 * 60_000, 'and each time that it sleeps');
});

test('counts a sleep through which performance.now() ran on no more than once', () => {
  const { now, pass } = machine();
  pass(20 * 60_000);
  assert.equal(now(), 100 + 20 * 60_000);
});

test('never goes back, whatever is done to the time of day', () => {
  const { time, now, pass } = machine();
  let before = now();
  for (const change of [-3_600_000, 4000, 3_600_000, -4000, 86_400_000, -86_400_000, 1]) {
    time.wall += change;
    pass(10);
    const at = now();
    assert.ok(at >= before + 10, `${change}`);
    before = at;
  }
});

test('does not run ahead with a time of day that is put right in small steps, nor fall behind it', () => {
  const { time, now, pass } = machine();
  for (let hour = 0; hour < 100; hour++) {
    pass(3_600_000);
    time.wall += 1000;
    const behind = time.wall - START - (now() - 100);
    assert.ok(behind >= 0 && behind <= 5000, `${behind} ms behind after ${hour + 1} hours`);
  }
});

test('an hour back and forth again is no sleep', () => {
  const { time, now, pass } = machine();
  time.wall -= 3_600_000;
  pass(10);
  now();
  time.wall += 3_600_000;
  pass(10);
  assert.equal(now(), 120);
});
