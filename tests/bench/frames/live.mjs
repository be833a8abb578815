// A live call in 1280x720: how long frames spend in the transform, frame by frame in turn; then CPU
// of the browser, a few seconds of one transform at a time.
import { percentile } from '../report.mjs';
import { browserCpu } from './cpu.mjs';

const RIVALS = ['passthrough', 'sotto', 'livekit'];
const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export async function measureLive(page, { rotate, segment, turns }) {
  await page.evaluate(() => startLive());
  const stats = () => page.evaluate(() => liveStats());
  await page.waitForFunction(async () => (await liveStats()).framesDecoded >= 30, null, { timeout: 60000 });
  await sleep(segment); // until the encoder's rate has settled

  await page.evaluate(() => setMode(null));
  await page.evaluate(() => liveTimes());
  await sleep(rotate);
  const times = await page.evaluate(() => liveTimes());
  const seen = await stats();

  const cpu = Object.fromEntries(RIVALS.map((rival) => [rival, { all: [], workers: [] }]));
  for (let turn = 0; turn < turns; turn++) {
    for (const rival of turn % 2 === 0 ? RIVALS : [...RIVALS].reverse()) {
      await page.evaluate((mode) => setMode(mode), rival);
      await sleep(0.3); // what was on its way
      const before = browserCpu(), frames = (await stats()).framesDecoded;
      await sleep(segment);
      const after = browserCpu();
      const passed = (await stats()).framesDecoded - frames;
      for (const what of ['all', 'workers']) cpu[rival][what].push((after[what] - before[what]) * 1000 / passed);
    }
  }
  return { times, seen, cpu };
}

export function figuresOfLive({ times, seen, cpu }) {
  console.log(`live: ${seen.frameWidth}x${seen.frameHeight} at ${seen.framesPerSecond}, ` +
    `${times.send.times.sotto.length} frames sealed and ${times.receive.times.sotto.length} opened by Sotto`);
  const both = (rival) => [...times.send.times[rival], ...times.receive.times[rival]];
  const added = (rival, share) => percentile(both(rival), share) - percentile(both('passthrough'), share);
  const cpuOf = (rival, what) => percentile(cpu[rival][what], 0.5);
  const above = (rival) => cpuOf(rival, 'workers') - cpuOf('passthrough', 'workers');
  const figure = (id, value, unit, better, goal) => ({ id: `live720p/${id}`, value, unit, better, ...(goal ? { goal } : {}) });
  return [
    figure('added_ms_p99', added('sotto', 0.99), 'ms', 'lower', 0.3),
    figure('added_ms_p50', added('sotto', 0.5), 'ms', 'lower'),
    figure('livekit_added_ms_p99', added('livekit', 0.99), 'ms', 'lower'),
    figure('livekit_added_ms_p50', added('livekit', 0.5), 'ms', 'lower'),
    figure('passthrough_ms_p99', percentile(both('passthrough'), 0.99), 'ms', 'lower'),
    figure('frames_measured', both('sotto').length, 'frames', 'higher'),
    figure('cpu_ratio_livekit', cpuOf('livekit', 'all') / cpuOf('sotto', 'all'), 'x', 'higher'),
    figure('cpu_us_per_frame', cpuOf('sotto', 'all'), 'us', 'lower'),
    figure('worker_cpu_ratio_livekit', above('livekit') / above('sotto'), 'x', 'higher'),
    figure('worker_cpu_us_per_frame', cpuOf('sotto', 'workers'), 'us', 'lower'),
  ];
}
