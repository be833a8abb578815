// Removed means removed, and new means new: somebody who was thrown out keeps page, workers and all the keys
// of before, and is still sent everything by the bridge; a newcomer is given what was recorded before it came.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { copiesOf, feed, frameLedger, keyOf, ledger, resetLedger, setDoor } from '../support/frame_ledger.mjs';
import { groupDoor, shutGroupDoor } from '../support/group_door.mjs';
import { placeOf } from '../support/light_member.mjs';
import { until } from '../support/until.mjs';
import { agreementOf, inRoom } from './call.mjs';

const KINDS = ['video', 'audio'];
const frames = async (person, side, kind) => (await ledger(person)).filter((stream) => stream.side === side && stream.kind === kind)
  .flatMap(({ entries }) => entries);
const sentBy = async (person, kind) => new Set((await frames(person, 'send', kind)).filter(({ out }) => out !== null).map(keyOf));

// What `sender` has sealed, and `receiver` got, since their ledgers were begun.
async function got(receiver, sender, kind) {
  const sent = await sentBy(sender, kind);
  const arrived = (await frames(receiver, 'receive', kind)).filter((entry) => sent.has(keyOf(entry)));
  return { sent, arrived: arrived.length, opened: arrived.filter(({ out }) => out !== null).length };
}

const opens = (receiver, sender, count = 10) => until(`${receiver.name} opens what ${sender.name} sends`, async () => {
  const found = await Promise.all(KINDS.map((kind) => got(receiver, sender, kind)));
  return { ok: found.every(({ opened }) => opened >= count), found: found.map(({ arrived, opened }) => ({ arrived, opened })) };
});

const reset = (people) => Promise.all(people.map(resetLedger));

async function slotOf(viewer, sender) {
  return until(`${viewer.name} knows where ${sender.name}'s picture is`, async () => {
    const id = (await viewer.group()).members.find(({ name }) => name === sender.name)?.id;
    return (await viewer.stats()).find((stream) => stream.kind === 'video' && stream.occupant?.endpoint === id && id !== undefined)?.slot;
  });
}

// From now on everything is sealed in an epoch that began after `earlier`.
async function underNewKeys(person, earlier) {
  await until(`${person.name} sends under new keys`, async () => {
    const now = await Promise.all(KINDS.map((kind) => frames(person, 'send', kind)));
    return now.every((entries) => entries.length > 0 && entries.at(-1).kid !== undefined && !earlier.has(entries.at(-1).kid));
  });
}
const kidsOf = async (person) => new Set((await Promise.all(KINDS.map((kind) => frames(person, 'send', kind)))).flat().map(({ kid }) => kid));

test('who was removed opens nothing that is sent after it, is heard by nobody, and the old link lets nobody in', () => inRoom(async ({ link, mia, join, open }) => {
  const both = async (context) => { await frameLedger(context); await groupDoor(context); };
  const people = await Promise.all([['Ann', 21, frameLedger], ['Ben', 42, frameLedger], ['Cat', 84, both]].map(([name, id, prepare]) =>
    open(name, id, { prepare })));
  const [ann, ben, cat] = people;
  for (const person of people) await person.join();
  // A commit that is still on its way would go past Cat's door.
  await until('all are in one group', async () => (await Promise.all(people.map((person) => person.roster()))).every((names) => names.join() === 'Ann,Ben,Cat,Mia') &&
    new Set(await Promise.all([...people, mia].map(agreementOf))).size === 1);
  await cat.sees(ann);
  await shutGroupDoor(cat);
  await reset(people);
  for (const sender of [ann, ben]) await opens(cat, sender); // the control: with what it has, in the very same way
  await opens(ann, cat);

  const earlier = await Promise.all(people.map(kidsOf));
  await mia.group.kick(await mia.idOf('Cat'));
  await until('the others are among themselves', async () => (await ann.roster()).join() === 'Ann,Ben,Mia' &&
    new Set(await Promise.all([ann, ben, mia].map(agreementOf))).size === 1);
  await underNewKeys(ann, earlier[0]);
  await underNewKeys(ben, earlier[1]);
  await reset(people);
  await opens(ben, ann, 20);
  await opens(ann, ben, 20);
  await until('the bridge has sent the removed as much, and what it sends on', async () => {
    const found = [];
    for (const kind of KINDS) for (const sender of [ann, ben]) found.push((await got(cat, sender, kind)).arrived);
    for (const kind of KINDS) found.push((await got(ann, cat, kind)).arrived);
    return { ok: found.every((arrived) => arrived >= 20), found };
  });
  for (const kind of KINDS) {
    for (const sender of [ann, ben]) assert.equal((await got(cat, sender, kind)).opened, 0, `${kind} of ${sender.name} after the removal`);
    for (const member of [ann, ben]) assert.equal((await got(member, cat, kind)).opened, 0, `${kind} of who was removed`);
  }

  const eve = await join('Eve', placeOf(link)); // the key package goes to all before that of the next
  const fragment = new URL(ann.page.url()).hash.slice(1);
  assert.notEqual(fragment, placeOf(link).link);
  await (await join('Fay', { ...placeOf(link), link: fragment })).in();
  await until('Fay is seen', async () => (await ann.roster()).join() === 'Ann,Ben,Fay,Mia');
  assert.ok((await eve.group.members()).every(({ self }) => self), 'by the old link nobody gets in');
  assert.equal(mia.person.count('joinRequested'), 0, "the old link's key package opens for nobody");
}));

test('a newcomer opens nothing that was sent before it came', () => inRoom(async ({ open }) => {
  const [ann, ben, cat] = await Promise.all([['Ann', 21], ['Ben', 42], ['Cat', 84]].map(([name, id]) => open(name, id, { prepare: frameLedger })));
  await ann.join();
  await ben.join();
  await ben.sees(ann);
  const atBen = await slotOf(ben, ann);
  await setDoor(ben, atBen, 'copy');
  const recorded = await until("some of Ann's frames", async () => {
    const copies = await copiesOf(ben, atBen);
    return copies.length >= 20 && copies;
  });
  await cat.join();
  await cat.sees(ann);
  const slot = await slotOf(cat, ann);
  for (const { out } of await feed(cat, slot, recorded.slice(0, 20))) assert.equal(out, null, 'from before Cat came');
  // The control: fed in the same way, what is sent now opens.
  await setDoor(cat, slot, 'withhold');
  const withheld = await until("some of Ann's frames that Cat has not seen", async () => {
    const copies = await copiesOf(cat, slot);
    return copies.length >= 10 && copies;
  });
  await setDoor(cat, slot, 'pass');
  for (const { out } of await feed(cat, slot, withheld.slice(0, 10))) assert.notEqual(out, null, 'sent while Cat was there');
  await cat.sees(ann);
  for (const person of [ann, ben, cat]) assert.deepEqual(person.errors, []);
}));
