// What a frame costs in Chromium: Sotto's worker, LiveKit's, the browser's own AES-GCM and transforms
// that do nothing, in turn, in one run. docs/performance.md says what each figure means.
import { figuresOfCpu, measureCpu } from './frames/cpu_rows.mjs';
import { figuresOfLive, measureLive } from './frames/live.mjs';
import { withBenchPage } from './frames/bench_page.mjs';
import { figuresOfRows, measureRows, printRows } from './frames/rows.mjs';
import { jsonPath, report } from './report.mjs';

const file = jsonPath(process.argv);
// For the tests: a few frames of everything, to see that the bench works; its figures mean nothing.
const short = process.argv.includes('--short');

// Keys that the app hands out, instead of a room link's.
const keys = process.argv.includes('--external-keys') ? 'external' : 'link';

const figures = await withBenchPage(keys, async (page) => {
  const rows = await measureRows(page, short ? 3 : 100);
  printRows(rows);
  return [
    ...figuresOfRows(rows),
    ...figuresOfCpu(await measureCpu(page, short ? 1 : 4, short ? 2 : 30)),
    ...figuresOfLive(await measureLive(page, short ? { rotate: 2, segment: 1, turns: 1 } : { rotate: 45, segment: 5, turns: 2 })),
  ];
});
report('frames', figures, file);
