// MLS in Chromium, beside ts-mls in the same worker and group, and natively. docs/performance.md says
// what each figure means.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { launch } from '../browser/support/chromium.mjs';
import { root } from '../browser/support/paths.mjs';
import { servePage } from './mls/page_server.mjs';
import { jsonPath, percentile, report } from './report.mjs';

const MODULE = process.env.SOTTO_MLS_BENCH_WASM ?? join(root, 'build/wasm/bin/mls-bench.wasm');
const NATIVE = process.env.SOTTO_MLS_NATIVE ?? join(root, 'build/release/bin/mls-native');
// `--short` is for the tests: two small groups, once; its figures mean nothing.
const short = process.argv.includes('--short');
const effort = Number(process.env.SOTTO_BENCH_EFFORT ?? 1);
const rounds = (full) => (short ? 1 : Math.max(2, Math.round(full * effort)));

const SCENARIOS = short
  ? [{ size: 10, rounds: 1 }, { size: 10, warm: true, rounds: 1 }]
  : [
    { size: 10, rounds: rounds(40) },
    { size: 100, rounds: rounds(20) },
    { size: 100, warm: true, rounds: rounds(20) },
    { size: 500, rounds: rounds(6) },
    { size: 1000, rounds: rounds(5) },
    { size: 500, warm: true, alone: true, rounds: rounds(6) },
    { size: 1000, warm: true, alone: true, rounds: rounds(5) },
  ];
// As ratios to ts-mls, in Chromium and flat trees: the bounds.
const GOALS = { '100/process_commit': 25, '100/process_update': 25, '1000/process_commit': 80, '1000/process_update': 80,
  '100/join': 3, '1000/join': 2.5 };
const NAMES = { process_add: 'process_commit' };

const named = ({ size, warm }) => (warm ? `${size}-warm` : String(size));
const median = (values) => percentile(values, 0.5);

async function inChromium() {
  const server = await servePage(MODULE);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => window.start !== undefined);
    if (!await page.evaluate(() => window.start())) throw new Error('the page is not cross-origin isolated');
    const results = [];
    for (const scenario of SCENARIOS) {
      console.log(`# ${named(scenario)} members, ${scenario.rounds} rounds`);
      results.push(await page.evaluate((what) => window.inWorker('run', what), scenario));
    }
    // Last: by now the browser's best compiler has been at it.
    const verify = await page.evaluate(() => window.inWorker('verifyMicroseconds'));
    return { verify: median(verify), results };
  } finally {
    await browser.close();
    server.close();
  }
}

/** Medians in ms: { '100/join': { ours, theirs } }. */
function medians(results) {
  const found = {};
  results.forEach(({ samples }, i) => {
    for (const [what, taken] of Object.entries(samples)) {
      const theirs = taken.map(([, time]) => time).filter((time) => time !== null);
      found[`${named(SCENARIOS[i])}/${NAMES[what] ?? what}`] = { ours: median(taken.map(([time]) => time)),
        theirs: theirs.length > 0 ? median(theirs) : null };
    }
  });
  return found;
}

/** Milliseconds of a check of every signature that a join needs: each leaf's. The figure of a join says that beside its goal. */
const joinFloor = (id, verify) => (/^\d+(-warm)?\/join$/.test(id) ? parseInt(id, 10) * verify / 1000 : undefined);

function figuresOf(place, times, theirTimes, verify) {
  return Object.entries(times).flatMap(([id, ours]) => {
    const figures = [{ id: `${place}/${id}_ms`, value: ours, unit: 'ms', better: 'lower' }];
    const theirs = theirTimes[id];
    if (theirs === null || theirs === undefined) return figures;
    const goal = place === 'browser' ? GOALS[id] : undefined;
    const floor = joinFloor(id, verify);
    return [...figures, { id: `${place}/${id}_ratio_tsmls`, value: theirs / ours, unit: 'x', better: 'higher', ...(goal ? { goal } : {}),
      ...(floor ? { floor: theirs / floor, floor_is: 'its signatures alone' } : {}) }];
  });
}

const chromium = await inChromium();
const found = medians(chromium.results);
const browserTimes = Object.fromEntries(Object.entries(found).map(([id, { ours }]) => [id, ours]));
const theirTimes = Object.fromEntries(Object.entries(found).map(([id, { theirs }]) => [id, theirs]));
const native = JSON.parse(execFileSync(NATIVE, short ? ['--short'] : [], { encoding: 'utf8' }));
const [small, large] = short ? ['10', '10'] : ['100', '1000'];
const growth = (times, what) => times[`${large}/${what}`] / times[`${small}/${what}`];

report('mls', [
  ...figuresOf('browser', browserTimes, theirTimes, chromium.verify),
  ...Object.entries(theirTimes).filter(([, value]) => value !== null)
    .map(([id, value]) => ({ id: `tsmls/${id}_ms`, value, unit: 'ms', better: 'lower' })),
  ...figuresOf('native', native.times, theirTimes, native.verify_us),
  // One signature a leaf: no join is faster. The profile's identity signatures cost as much again.
  { id: 'browser/verify_us', value: chromium.verify, unit: 'us', better: 'lower' },
  ...SCENARIOS.filter(({ warm }) => !warm).map(({ size }) => (
    { id: `browser/${size}/join_floor_ms`, value: joinFloor(`${size}/join`, chromium.verify), unit: 'ms', better: 'lower' })),
  ...SCENARIOS.filter(({ warm }) => !warm).map(({ size }) => (
    { id: `browser/${size}/identity_signatures_ms`, value: size * chromium.verify / 1000, unit: 'ms', better: 'lower' })),
  { id: 'native/verify_us', value: native.verify_us, unit: 'us', better: 'lower' },
  ...['process_commit', 'process_update'].flatMap((what) => [
    { id: `browser/growth/${what}`, value: growth(browserTimes, what), unit: 'x', better: 'lower' },
    { id: `native/growth/${what}`, value: growth(native.times, what), unit: 'x', better: 'lower' }]),
  ...chromium.results.flatMap(({ bytes, memory }, i) => [
    ...Object.entries(bytes).map(([what, value]) => (
      { id: `bytes/${named(SCENARIOS[i])}/${what}`, value, unit: 'bytes', better: 'lower' })),
    { id: `browser/${named(SCENARIOS[i])}/memory_bytes`, value: memory, unit: 'bytes', better: 'lower' }]),
], jsonPath(process.argv));
