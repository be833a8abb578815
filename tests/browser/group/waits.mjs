// How long the workers of pages keep frames waiting, and whether changes of a group make it longer. A change
// is a round, of which the longest wait counts. What MLS costs is there in every round of a kind, a busy
// machine's moments are not: so medians over rounds are compared with medians over windows without a change.
import { keyOf, ledger, longCalls, resetLedger } from '../support/frame_ledger.mjs';
import { until } from '../support/until.mjs';

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const longestOf = (waits) => Math.max(...waits.map(({ ms }) => ms));
export const framesOf = (waits) => waits.filter(({ frame }) => frame);

// From one side of the worker's pipe to the other. What it has still or has dropped waits up to the last frame
// of its stream, but for what a browser has delivered twice.
function waitsIn({ entries }, origin) {
  const passed = new Set(entries.filter(({ out }) => out !== null).map(keyOf));
  return entries.filter((entry) => entry.out !== null || !passed.has(keyOf(entry)))
    .map((entry) => ({ frame: true, at: origin + entry.in, ms: (entry.out ?? entries.at(-1).in) - entry.in }));
}

// Of all frames since the ledgers began, and of those that may have come while a core was at work. In the order of time.
export async function waitsOf(pages) {
  const all = await Promise.all(pages.map(async (page) => {
    const streams = await ledger(page), { origin, calls } = await longCalls(page);
    return [...streams.flatMap((stream) => waitsIn(stream, origin)), ...calls.map((call) => ({ frame: false, at: origin + call.in, ms: call.out - call.in }))];
  }));
  return all.flat().sort((a, b) => a.at - b.at);
}

export async function watched(pages, body) {
  for (const page of pages) await resetLedger(page);
  await body();
  return waitsOf(pages);
}

const lastKids = async (pages) => (await Promise.all(pages.map(ledger))).flat().filter(({ entries }) => entries.length > 0).map(({ entries }) => entries.at(-1).kid);

// A change, until everything in so many streams is sent and received under keys after it.
export async function round(pages, streams, change) {
  const before = new Set(await lastKids(pages));
  return watched(pages, async () => {
    await change();
    await until('frames under new keys everywhere', async () => {
      const kids = await lastKids(pages);
      return { ok: kids.length >= streams && kids.every((kid) => !before.has(kid)), kids };
    }, { every: 50 });
  });
}

// Windows of so many frames each, and of the core's calls among them.
function windows(waits, frames) {
  const found = [];
  let count = 0;
  for (const wait of waits) {
    if (wait.frame && count++ % frames === 0) found.push([]);
    found.at(-1)?.push(wait);
  }
  return count % frames === 0 ? found : found.slice(0, -1);
}

// `quiet` are the waits without a change; it has at least five windows, if need be shorter ones.
export function compare(rounds, quiet) {
  const frames = Math.min(median(rounds.map((waits) => framesOf(waits).length)), Math.floor(framesOf(quiet).length / 5));
  return { frames, longest: median(rounds.map(longestOf)), control: median(windows(quiet, frames).map(longestOf)), ofAll: Math.max(...rounds.map((waits) => longestOf(framesOf(waits)))) };
}
