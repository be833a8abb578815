// Somebody watches and hears another one while twenty times somebody comes, goes, is thrown out, or takes
// new keys. Every frame that was sent has to be shown: counted at both workers, by number.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { frameLedger, keyOf, ledger, resetLedger } from '../support/frame_ledger.mjs';
import { placeOf } from '../support/light_member.mjs';
import { until } from '../support/until.mjs';
import { agreementOf, inRoom } from './call.mjs';

const CHANGES = 20;
const CONTROL_FRAMES = 300;
const KINDS = ['video', 'audio'];
// Everyday life in any call, with or without a group: probes, and what a browser delivers twice.
const EVERYDAY = new Set(['empty', 'replayed']);

const of = (report, side) => report.filter((stream) => stream.side === side);
const entriesOf = (report, side, kind) => of(report, side).filter((stream) => stream.kind === kind).flatMap(({ entries }) => entries);

async function decoding(person) {
  const reports = await person.page.evaluate(() => window.__sotto.rtc('inbound-rtp'));
  const sum = (name) => reports.reduce((total, report) => total + (report[name] ?? 0), 0);
  return { decoded: sum('framesDecoded'), dropped: sum('framesDropped'), freezes: sum('freezeCount'),
    concealed: sum('concealedSamples') - sum('silentConcealedSamples'), samples: sum('totalSamplesReceived') };
}

async function dropsOf(person) {
  const causes = {};
  for (const { direction, drops } of await person.stats()) {
    for (const [cause, count] of Object.entries(drops)) {
      if (!EVERYDAY.has(cause)) causes[`${direction} ${cause}`] = (causes[`${direction} ${cause}`] ?? 0) + count;
    }
  }
  return causes;
}

const less = (after, before) => Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - (before[key] ?? 0)]));

// What has become of everything that `sender` sealed while `body` ran.
async function counted(sender, viewer, body) {
  const before = [await decoding(viewer), await dropsOf(viewer), await dropsOf(sender)];
  await resetLedger(viewer); // first: what is sealed from then on is looked for
  await resetLedger(sender);
  const began = performance.now();
  await body();
  const sent = await ledger(sender);
  const keysOf = (report, kind) => new Set(entriesOf(report, 'send', kind).filter(({ out }) => out !== null).map(keyOf));
  // A later frame of each kind has come: what is missing then is not on the way any more.
  await until('later frames have come', async () => {
    const later = await ledger(sender), come = await ledger(viewer);
    return KINDS.every((kind) => {
      const old = keysOf(sent, kind), all = keysOf(later, kind);
      return entriesOf(come, 'receive', kind).filter((entry) => all.has(keyOf(entry)) && !old.has(keyOf(entry)) && entry.out !== null).length > 10;
    });
  });
  const come = await ledger(viewer);
  const figures = { seconds: (performance.now() - began) / 1000, drops: less(await dropsOf(viewer), before[1]),
    unsent: less(await dropsOf(sender), before[2]), ...less(await decoding(viewer), before[0]) };
  for (const kind of KINDS) {
    const keys = keysOf(sent, kind);
    const arrived = entriesOf(come, 'receive', kind).filter((entry) => keys.has(keyOf(entry)));
    const opened = arrived.filter(({ out }) => out !== null);
    const seen = new Set(arrived.map(keyOf)), shown = new Set(opened.map(keyOf));
    figures[kind] = {
      sealed: keys.size, missing: [...keys].filter((key) => !seen.has(key)).length, opened: shown.size,
      refused: [...seen].filter((key) => !shown.has(key)).length,
      epochs: new Set([...keys].map((key) => key.slice(0, 16))).size,
      longest: Math.max(...opened.map((entry) => entry.out - entry.in)),
    };
  }
  return figures;
}

// Joins, leaves, one update (more are not made within 30 s) and two removals by the moderator: one by one, each
// seen by both before the next.
async function changes({ ann, ben, mia, join, link }) {
  let place = placeOf(link), made = 0;
  const settled = async () => {
    made++;
    await until(`all are in one epoch after change ${made}`, async () =>
      new Set(await Promise.all([ann, ben, mia].map(agreementOf))).size === 1);
  };
  const come = async (name) => {
    const member = await (await join(name, place)).in();
    await settled();
    return member;
  };
  const epoch = await mia.group.epoch();
  await mia.group.update();
  await until('new keys of Mia', async () => (await mia.group.epoch()) > epoch);
  await settled();
  while (made < CHANGES - 5) {
    const member = await come(`Guest ${made}`);
    await member.leave();
    await settled();
  }
  for (let removals = 0; removals < 2; removals++) {
    const unwanted = await come(`Unwanted ${made}`);
    await mia.group.kick(await mia.idOf(unwanted.name));
    await unwanted.person.told('ended');
    await settled();
    place = { ...place, link: mia.person.events.filter(({ type }) => type === 'linkChanged').at(-1).fragment };
  }
  await come('Last');
  return made;
}

test('a viewer loses no frame in twenty membership changes', () => inRoom(async ({ link, mia, join, open }) => {
  const [ann, ben] = await Promise.all([['Ann', 21], ['Ben', 42]].map(([name, id]) => open(name, id, { prepare: frameLedger })));
  await ann.join();
  await ben.join();
  await ann.sees(ben);
  await ben.sees(ann);
  let made = 0;
  // First, for Mia may make no update within 30 s of the others' coming.
  const control = await counted(ben, ann, () => until('frames without a change', async () =>
    entriesOf(await ledger(ben), 'send', 'video').length >= CONTROL_FRAMES, { timeout: 120_000, every: 500 }));
  const changing = await counted(ben, ann, async () => { made = await changes({ ann, ben, mia, join, link }); });
  console.log(`${made} changes: ${JSON.stringify(changing)}\ncontrol: ${JSON.stringify(control)}`);

  assert.equal(made, CHANGES);
  for (const kind of KINDS) {
    assert.ok(changing[kind].sealed > 20, `${kind} was sent all the while`);
    // Senders leave out epochs that are followed by the next at once.
    assert.ok(changing[kind].epochs >= CHANGES / 4, `under the keys of many epochs: ${changing[kind].epochs}`);
    assert.equal(changing[kind].refused, 0, `every frame of ${kind} that came was opened`);
    // Nobody sends sound again that the network has lost, which a busy machine's does now and then.
    const spare = kind === 'audio' ? changing[kind].sealed / 100 : 0;
    const asOften = control[kind].missing * Math.max(1, changing[kind].sealed / control[kind].sealed);
    assert.ok(changing[kind].missing <= asOften + spare, `${kind} lost on the way: ${changing[kind].missing}, ${control[kind].missing} without changes`);
  }
  for (const { decoded, video } of [changing, control]) assert.ok(decoded >= video.opened, 'and decoded');
  for (const cause of [...Object.values(changing.drops), ...Object.values(changing.unsent)]) assert.equal(cause, 0);
  for (const person of [ann, ben]) assert.deepEqual(person.errors, []);
}));
