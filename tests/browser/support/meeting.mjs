// What people who have met see and hear of each other, all at the same time.
import { toneOf } from './clips.mjs';
import { until } from './until.mjs';

const pairsOf = (people) => people.flatMap((viewer) => people.filter((other) => other !== viewer).map((other) => [viewer, other]));

export const hears = (listener, other) => until(`${listener.name} hears the tone of ${other.name}`, async () => {
  const heard = await listener.hears(other);
  return { ok: heard !== null && Math.abs(heard - toneOf(other.id)) < 40, heard, expected: toneOf(other.id) };
});

// Each of them sees the moving picture of each other one, in the right tile.
export const seeEachOther = (people) => Promise.all(pairsOf(people).map(([viewer, other]) => viewer.sees(other)));

export async function seeAndHearEachOther(people) {
  await seeEachOther(people);
  await Promise.all(pairsOf(people).map(([listener, other]) => hears(listener, other)));
}
