// What a frame costs in Chromium: Sotto's worker, LiveKit's, the browser's own AES-GCM and transforms
// that do nothing, in turn, in one run. docs/performance.md says what each figure means.
import { figuresOfCpu, measureCpu } from './frames/cpu_rows.mjs';
import { figuresOfLive, measureLive } from './frames/live.mjs';
import { withBenchPage } from './frames/bench_page.mjs';
import { figuresOfRows, measureRows, printRows } from './frames/rows.mjs';
import { jsonPath, report } from './report.mjs';

const file = jsonPath(process.argv);
// 1: five minutes. `--short` is for the tests: a few frames of everything, to see that the bench works;
// its figures mean nothing.
const effort = process.argv.includes('--short') ? 0 : Number(process.env.SOTTO_BENCH_EFFORT ?? 1);
const share = (full, least) => Math.max(least, Math.round(full * effort));
// Keys that the app hands out, instead of a room link's.
const keys = process.argv.includes('--external-keys') ? 'external' : 'link';

const figures = await withBenchPage(keys, async (page) => {
  const rows = await measureRows(page, share(100, 8));
  printRows(rows);
  return [
    ...figuresOfRows(rows),
    ...figuresOfCpu(await measureCpu(page, share(4, 1), share(30, 2))),
    ...figuresOfLive(await measureLive(page, { rotate: share(45, 2), segment: share(5, 1), turns: share(2, 1) })),
  ];
});
report('frames', figures, file);
