// One group, in which a member of ours and one of ts-mls stand side by side: both join by the same
// Welcome and process the same bytes, in turn.
import { loadOurs } from './ours.js';
import { makeTheirs } from './theirs.js';

let ours;

async function start(moduleBytes, seconds) {
  ours = await loadOurs(moduleBytes);
  ours.set_time(seconds);
  ours.verify(100);
}

function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Flat: all by one commit without a path. Seeds 1 to `count`, on the leaves of these numbers. */
function fillFlat(founder, count) {
  for (let seed = 1; seed <= count; seed++) ours.propose_add(seed);
  ours.commit(founder, false);
  ours.merge(founder);
}

/** Warm: in pairs, the first of which commits with a path: above it is every parent there is. */
function fillWarm(founder, count) {
  ours.propose_add(1);
  ours.commit(founder, false);
  ours.merge(founder);
  ours.commit(founder, true);
  ours.merge(founder);
  for (let seed = 2; seed <= count; seed += 2) {
    ours.propose_add(seed);
    ours.propose_add(seed + 1);
    const { welcome } = ours.commit(founder, false);
    ours.merge(founder);
    ours.prepare_joiner(seed);
    const member = ours.join(welcome);
    ours.process(founder, ours.commit(member, true).commit);
    ours.leave(member);
  }
}

/** A group of `size`; the last two leaves are ours and, with ts-mls, theirs. */
async function makeGroup({ size, warm, alone }) {
  const spare = size + 1000;  // seeds of those who are to be added
  ours.make_key_packages(1, size);
  ours.make_key_packages(spare, 100);
  const founder = ours.found();
  (warm ? fillWarm : fillFlat)(founder, size - 3);

  const theirs = alone ? null : await makeTheirs();
  ours.propose_add(size - 2);
  if (theirs) ours.addForeign(theirs.keyPackage);
  else ours.propose_add(size - 1);
  const { welcome } = ours.commit(founder, false);
  ours.merge(founder);

  const made = (proposals, path) => {
    proposals();
    const messages = ours.commit(founder, path);
    ours.discard(founder);
    return messages;
  };
  const hundred = () => { for (let i = 0; i < 100; i++) ours.propose_add(spare + i); };
  return { size, founder, theirs, welcome, hundred, spare,
    messages: {
      add: made(() => ours.propose_add(spare), false),
      update: made(() => undefined, true),
      remove: made(() => ours.propose_remove(1), true),
      add100: made(hundred, false),
    } };
}

/** Times in ms by what was done: [ours, ts-mls] in each sample. */
class Samples {
  constructor() { this.taken = {}; }
  async take(what, mine, theirs) {
    const start = performance.now();
    mine();
    const middle = performance.now();
    const result = theirs ? await theirs() : undefined;
    (this.taken[what] ??= []).push([middle - start, theirs ? performance.now() - middle : null]);
    return result;
  }
}

async function measure(samples, group, state) {
  const { founder, theirs, welcome, messages, hundred, spare, size } = group;
  let member = -1;
  const joined = async (both) => {
    if (member >= 0) ours.leave(member);
    ours.prepare_joiner(size - 2);
    return samples.take('join', () => { member = ours.join(welcome); }, both && theirs ? () => theirs.join(welcome) : undefined);
  };
  state = await joined(true) ?? state;
  for (const what of ['add', 'update', 'remove', 'add100']) {
    if (what !== 'add') await joined(false);
    const next = await samples.take(`process_${what}`, () => ours.process(member, messages[what].commit),
      theirs && (() => theirs.process(state, messages[what].commit)));
    if (next && !same(ours.exported(member), await theirs.exported(next))) throw new Error(`${what}: ts-mls disagrees`);
  }
  await samples.take('exporter', () => ours.exported(member), theirs && (() => theirs.exported(state)));
  ours.leave(member);

  const proposals = {
    add: { mine: () => ours.propose_add(spare), theirs: () => [theirs.addOf(ours.keyPackage(spare))] },
    update: { mine: () => undefined, theirs: () => [] },
    remove: { mine: () => ours.propose_remove(1), theirs: () => [theirs.removeOf(1)] },
    add100: { mine: hundred, theirs: () => Array.from({ length: 100 }, (_, i) => theirs.addOf(ours.keyPackage(spare + i))) },
  };
  for (const [what, list] of Object.entries(proposals)) {
    list.mine();
    const listed = theirs && list.theirs();
    const path = what === 'update' || what === 'remove';
    await samples.take(what, () => ours.commit(founder, path), theirs && (() => theirs.commit(state, listed)));
    ours.discard(founder);
  }
  return state;
}

async function run(scenario) {
  const group = await makeGroup(scenario);
  const warmUp = new Samples();
  let state = await measure(warmUp, group, null);
  const samples = new Samples();
  for (let i = 0; i < scenario.rounds; i++) state = await measure(samples, group, state);
  ours.leave(group.founder);
  const { messages } = group;
  return { samples: samples.taken, bytes: { add: messages.add.commit.length, update: messages.update.commit.length,
    remove: messages.remove.commit.length, add100: messages.add100.commit.length,
    welcome: messages.add.welcome.length, welcome100: messages.add100.welcome.length },
  memory: ours.memoryBytes() };
}

function verifyMicroseconds() {
  const taken = [];
  for (let i = 0; i < 40; i++) {
    const start = performance.now();
    ours.verify(25);
    taken.push((performance.now() - start) * 40);
  }
  return taken;
}

const calls = { start, run, verifyMicroseconds };
onmessage = async ({ data: { call, values } }) => {
  try {
    postMessage({ result: await calls[call](...values) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};
