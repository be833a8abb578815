// 200 groups of both kinds of member in which random things happen. After each, all members agree on the
// epoch, and those outside know nothing of it. SOTTO_SEED repeats them, SOTTO_RUN one of them alone,
// SOTTO_RUNS says how many. (The seed decides what happens; keys are other ones each time, as ts-mls makes
// its own.)
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { startProcesses } from './members.mjs';
import { Scenario } from './scenario.mjs';

const seed = Number(process.env.SOTTO_SEED ?? 1);
const first = Number(process.env.SOTTO_RUN ?? 0);
const runs = process.env.SOTTO_RUN ? 1 : Number(process.env.SOTTO_RUNS ?? 200);
const lanes = [startProcesses(seed), startProcesses(seed + 1)];
after(() => lanes.forEach((lane) => lane.close()));

test(`${runs} random groups, SOTTO_SEED=${seed}`, async () => {
  const counts = {};
  let next = first;
  const work = async (processes) => {
    while (next < first + runs) {
      const run = next++;
      const scenario = new Scenario(processes, seed * 1_000_003 + run, run % 2 ? 1 : 3);
      try {
        await scenario.play(6);
      } catch (error) {
        console.log(`SOTTO_SEED=${seed} SOTTO_RUN=${run}:\n  ${scenario.log.join('\n  ')}`);
        next = Infinity;
        throw error;
      }
      for (const [what, count] of Object.entries(scenario.counts)) counts[what] = (counts[what] ?? 0) + count;
    }
  };
  await Promise.all(lanes.map(work));
  console.log(`SOTTO_SEED=${seed}, ${runs} runs: ${JSON.stringify(counts)}`);
  if (runs < 200) return;
  for (const what of Scenario.actions) assert.ok(counts[what] > 10, `${what} happened ${counts[what] ?? 0} times`);
});
