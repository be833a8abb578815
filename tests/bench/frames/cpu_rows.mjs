// CPU of the whole browser a frame, sealed and opened: one rival at a time, each for a while. Making
// the frames and handing them from worker to worker costs too, the same for all: what counts is what
// lies above the pass-through.
import { percentile } from '../report.mjs';
import { browserCpu } from './cpu.mjs';

const ROWS = ['300', '4096', '30720', 'vp8', 'opus'];
const RIVALS = ['passthrough', 'webcrypto', 'livekit', 'sotto'];

/** [{name, us: {rival: [us a frame, one a turn]}}] */
export async function measureCpu(page, turns, rounds) {
  const rows = ROWS.map((name) => ({ name, us: Object.fromEntries(RIVALS.map((rival) => [rival, []])) }));
  for (let turn = 0; turn < turns; turn++) {
    const order = turn % 2 === 0 ? RIVALS : [...RIVALS].reverse();
    for (const { name, us } of rows) {
      for (const rival of order) {
        const before = browserCpu().all;
        const frames = await page.evaluate(([row, who, n]) => keepBusy(row, who, n), [name, rival, rounds]);
        us[rival].push((browserCpu().all - before) * 1000 / frames);
      }
    }
  }
  return rows;
}

export function figuresOfCpu(rows) {
  return rows.flatMap(({ name, us }) => {
    const above = (rival) => percentile(us[rival], 0.5) - percentile(us.passthrough, 0.5);
    return [
      { id: `cpu/${name}/ratio_livekit`, value: above('livekit') / above('sotto'), unit: 'x', better: 'higher' },
      ...['sotto', 'livekit', 'webcrypto'].map((rival) => (
        { id: `cpu/${name}/${rival}_us_above_passthrough`, value: above(rival), unit: 'us', better: 'lower' })),
    ];
  });
}
