// The one shape of every bench's figures, and the table that a person reads.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, release } from 'node:os';

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
}

export function jsonPath(argv) {
  const at = argv.indexOf('--json');
  if (at < 0) return null;
  if (!argv[at + 1]) throw new Error('--json needs a file name');
  return argv[at + 1];
}

// What a bound cannot be met for stands beside it: `floor` is the figure of `floor_is` alone.
function bounds({ unit, better, goal, floor, floor_is: what }) {
  const wanted = goal === undefined ? '' : `   goal: ${better === 'lower' ? 'under' : 'over'} ${goal} ${unit}`;
  return floor === undefined ? wanted : `${wanted}   floor: ${floor.toFixed(2)} ${unit} (${what})`;
}

export function report(bench, figures, file) {
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory_gib: Math.round(totalmem() / 2 ** 30),
    kernel: release(), load: readFileSync('/proc/loadavg', 'utf8').split(' ')[0], date: new Date().toISOString() };
  const width = Math.max(...figures.map(({ id }) => id.length));
  console.log(`\n${bench} on ${machine.cores} × ${machine.cpu}, load ${machine.load}`);
  for (const figure of figures) {
    const { id, value, unit } = figure;
    console.log(`  ${id.padEnd(width)}  ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}${bounds(figure)}`);
  }
  if (file) writeFileSync(file, `${JSON.stringify({ bench, machine, figures }, null, 2)}\n`);
}
