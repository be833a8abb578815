// Frames of one size, and recorded ones, through every rival in turn.
import { percentile } from '../report.mjs';
import { recorded } from './server.mjs';

export const SIZES = [80, 300, 1024, 4096, 10240, 30720, 102400];
const RIVALS = ['passthrough', 'transformstream', 'copies', 'webcrypto', 'livekit', 'sotto'];
const GOALS = { 80: 3.5, 300: 3.5, 1024: 3, 4096: 2, 10240: 1.5, 30720: 1.5, 102400: 1.2 };
/** Frames a sample: some milliseconds' worth. */
const COUNTS = { 80: 100, 300: 100, 1024: 100, 4096: 50, 10240: 40, 30720: 30, 102400: 20 };

const names = [...SIZES.map(String), ...recorded];
// LiveKit's worker refuses AV1.
const rivalsOf = (name) => RIVALS.filter((rival) => rival !== 'livekit' || name !== 'av1');

/** [{name, frames, bytes, samples: {encrypt: {rival: [us]}, decrypt: ...}, raw: [us]}] */
export async function measureRows(page, rounds) {
  const rows = [];
  for (const name of names) {
    const given = SIZES.includes(Number(name)) ? { size: Number(name), count: COUNTS[name] } : { recording: name };
    const { frames, bytes } = await page.evaluate(([row, of]) => addRow(row, of), [name, given]);
    rows.push({ name, frames, bytes, samples: { encrypt: {}, decrypt: {} }, raw: [] });
  }
  const measure = (row, count, verify) =>
    page.evaluate(([name, rivals, n, check]) => measure(name, rivals, n, check), [row.name, rivalsOf(row.name), count, verify]);
  // To warm up, and to see that everything that was sealed opens and is what it was.
  for (const row of rows) await measure(row, Math.ceil(rounds / 5), true);
  // A few rounds of a row at a time: what the machine does meanwhile falls on all rows.
  for (let left = rounds; left > 0; left -= 10) {
    for (const row of rows) {
      const samples = await measure(row, Math.min(10, left), false);
      for (const way of ['encrypt', 'decrypt']) {
        for (const [rival, times] of Object.entries(samples[way])) (row.samples[way][rival] ??= []).push(...times);
      }
      if (SIZES.includes(Number(row.name))) row.raw.push(await page.evaluate(([name, times]) => rawSeal(name, times), [row.name, row.bytes > 20000 ? 20 : 100]));
    }
  }
  return rows;
}

export function figuresOfRows(rows) {
  return rows.flatMap((row) => ['encrypt', 'decrypt'].flatMap((way) => figuresOf(row, way)));
}

function figuresOf({ name, samples, raw }, way) {
  const us = (rival, share) => percentile(samples[way][rival], share);
  const p50 = (rival) => us(rival, 0.5);
  const above = (rival) => p50(rival) - p50('passthrough');
  const figure = (id, value, unit, better, goal) => ({ id, value, unit, better, ...(goal === undefined ? {} : { goal }) });
  const list = [];
  if (way === 'encrypt') {
    list.push(figure(`passthrough/${name}/us_p50`, p50('passthrough'), 'us', 'lower'));
    list.push(figure(`transformstream/${name}/us_p50`, p50('transformstream'), 'us', 'lower'));
  }
  if (samples[way].livekit) {
    list.push(figure(`${way}/${name}/ratio_livekit_p50`, above('livekit') / above('sotto'), 'x', 'higher', GOALS[name]));
    list.push(figure(`${way}/${name}/ratio_livekit_whole_p50`, p50('livekit') / p50('sotto'), 'x', 'higher'));
  }
  list.push(figure(`${way}/${name}/ratio_webcrypto_p50`, above('webcrypto') / above('sotto'), 'x', 'higher'));
  for (const [rival, prefix] of [['sotto', ''], ['livekit', 'livekit/'], ['webcrypto', 'webcrypto/']]) {
    if (!samples[way][rival]) continue;
    for (const [what, share] of [['min', 0], ['p50', 0.5], ['p99', 0.99]]) {
      list.push(figure(`${way}/${name}/${prefix}us_${what}`, us(rival, share), 'us', 'lower'));
    }
  }
  if (SIZES.includes(Number(name))) {
    const floor = p50('copies') + percentile(raw, 0.5);
    list.push(figure(`${way}/${name}/floor_us_p50`, floor, 'us', 'lower'));
    list.push(figure(`${way}/${name}/floor_ratio_livekit_p50`, above('livekit') / (floor - p50('passthrough')), 'x', 'higher'));
  }
  return list;
}

/** A line a row, for people: microseconds p50 of everybody, and the ratios. */
export function printRows(rows) {
  const heads = ['', '', ...RIVALS.map((rival) => rival.slice(0, 11)), 'floor', 'ratio', 'goal'];
  console.log(`\nus a frame, median of ${rows[0].samples.encrypt.sotto.length} rounds\n${heads.map((head) => head.padStart(12)).join('')}`);
  for (const row of rows) {
    for (const way of ['encrypt', 'decrypt']) {
      const value = new Map(figuresOf(row, way).map((figure) => [figure.id, figure.value]));
      const cells = RIVALS.map((rival) => row.samples[way][rival] && percentile(row.samples[way][rival], 0.5));
      cells.push(value.get(`${way}/${row.name}/floor_us_p50`), value.get(`${way}/${row.name}/ratio_livekit_p50`), GOALS[row.name]);
      console.log([row.name.padStart(12), way.padStart(12), ...cells.map((cell) => (cell?.toFixed(1) ?? '').padStart(12))].join(''));
    }
  }
}
