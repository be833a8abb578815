// One group in which random things happen, one after the other; what happens depends on the seed alone.
import assert from 'node:assert/strict';
import { assertRefused, hex, Room } from './members.mjs';
import { refusedByTsMls } from './unmerged_leaves.mjs';

const psk = { id: '707370', secret: '2a'.repeat(32) };
const largest = 8;

// Marsaglia's xorshift32.
function generator(seed) {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % bound;
  };
}

export class Scenario {
  static actions = ['update', 'add', 'remove', 'returns', 'proposals', 'injectPsk', 'extensions', 'joinExternally',
    'resync', 'asksToBeAdded', 'race', 'disorder'];

  log = [];
  counts = {};
  #processes;
  #suite;
  #below;
  #room;
  #outside = []; // removed, with what they last knew
  #names = 0;

  constructor(processes, seed, suite) {
    this.#processes = processes;
    this.#suite = suite;
    this.#below = generator(seed);
    for (let skipped = 0; skipped < 8; ++skipped) this.#below(2);
  }

  async play(steps) {
    this.#room = await Room.create(await this.#client());
    await this.add(1 + this.#below(4));
    await this.#check();
    for (let step = 0; step < steps; ++step) {
      const action = this.#pick(Scenario.actions);
      this.log.push(action);
      if ((await this[action]()) === false) continue; // nobody to do it with
      this.#count(action);
      await this.#check();
    }
    for (const member of [...this.#room.members, ...this.#outside]) await member.ask('delete');
  }

  #count(what) {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
  #pick(list) {
    return list[this.#below(list.length)];
  }
  #coin() {
    return this.#below(2) === 0;
  }
  #member(except) {
    return this.#pick(this.#room.members.filter((member) => member !== except));
  }
  // Somebody else than `except`, to be removed; never who is at the first leaf: once all members are in the
  // right half of the tree, ts-mls derives another commit_secret (ts_mls_peer.mjs, departure 9).
  async #removable(except) {
    const leaves = await Promise.all(this.#room.members.map((member) => this.#room.leafOf(member)));
    return this.#pick(this.#room.members.filter((member, at) => member !== except && leaves[at] !== 0));
  }
  get #full() {
    return this.#room.members.length >= largest;
  }

  async #client() {
    const kind = this.#coin() ? 'ours' : 'theirs';
    const settings = { suite: this.#suite, public: this.#coin(), padding: this.#pick([0, 0, 256, 1024]) };
    const client = await this.#processes[kind].member(`${kind} ${++this.#names}`, settings);
    await client.ask('addPsk', psk);
    return client;
  }

  // All members agree; those outside have another epoch, and read nothing of this one.
  async #check() {
    const room = this.#room;
    const now = await room.agree();
    const speaker = this.#member();
    const message = room.members.length > 1 ? await room.say(speaker, 'who hears this?')
      : (await speaker.ask('encrypt', { data: hex('alone') })).message;
    await Promise.all(this.#outside.map(async (member) => {
      const known = await member.epoch().catch(() => ({}));
      assert.notEqual(known.authenticator, now.authenticator);
      assert.notEqual(known.secret, now.secret);
      await assertRefused(member.process(message));
    }));
  }

  async #take(commit) {
    const { removed } = await this.#room.take(commit);
    this.#outside.push(...removed);
  }

  // Commits, and lets those in who are to join.
  async #commit(committer, joiners = [], proposals = []) {
    this.log.push(`  ${committer.identity} commits ${proposals.map((each) => Object.keys(each)[0])}, for ${joiners.map(({ identity }) => identity)}`);
    const inlineTree = this.#coin();
    const made = await committer.ask('commit', { proposals, inlineTree, path: this.#coin() });
    await this.#take(made.commit);
    await this.#letIn(committer, made.welcomes, joiners, inlineTree);
  }

  async #letIn(committer, welcomes, joiners, inlineTree) {
    const { ratchetTree } = await committer.ask('ratchetTree');
    const refused = refusedByTsMls(ratchetTree);
    const outside = [];
    for (const joiner of joiners) {
      if (joiner.kind === 'theirs' && refused) {
        const join = joiner.ask('join', { welcome: welcomes[0], ratchetTree: inlineTree ? undefined : ratchetTree });
        await assertRefused(join, /unmerged_leaves/);
        this.#count('refusedByTsMls');
        outside.push(joiner);
      } else {
        await this.#room.welcome(committer, welcomes, [joiner], inlineTree);
      }
    }
    // The group has a member that will never be there.
    for (const { identity } of outside) {
      const { members } = await committer.ask('info');
      const [leaf] = members.find(([, name]) => name === identity);
      await this.#commit(committer, [], [{ remove: leaf }]);
    }
  }

  async #adds(joiners) {
    return Promise.all(joiners.map(async (joiner) => ({ add: await joiner.keyPackage() })));
  }

  update() {
    return this.#commit(this.#member());
  }

  async add(count = 1 + this.#below(2)) {
    if (this.#full) return false;
    const joiners = [];
    while (joiners.length < count) joiners.push(await this.#client());
    await this.#commit(this.#member(), joiners, await this.#adds(joiners));
  }

  async remove() {
    if (this.#room.members.length < 3) return false;
    const committer = this.#member();
    await this.#commit(committer, [], [{ remove: await this.#room.leafOf(await this.#removable(committer)) }]);
  }

  async returns() {
    if (this.#outside.length === 0 || this.#full) return false;
    const [joiner] = this.#outside.splice(this.#below(this.#outside.length), 1);
    await joiner.ask('leave');
    await this.#commit(this.#member(), [joiner], await this.#adds([joiner]));
  }

  // Several proposals of several members, and a commit of some member.
  async proposals() {
    const joiners = [];
    // The same Remove once more would be the same message, if it is public: ours takes it for a copy.
    const told = new Set();
    for (let left = 1 + this.#below(4); left > 0; --left) {
      const proposer = this.#member();
      const other = await this.#removable(proposer);
      const wish = this.#pick(['update', 'update', 'remove', 'psk', 'add']);
      if (wish === 'add' && this.#full) continue;
      if (wish === 'remove' && (this.#room.members.length < 3 || !other || told.has(other))) continue;
      if (wish === 'remove') told.add(other);
      const joiner = wish === 'add' ? await this.#client() : undefined;
      const proposals = {
        update: () => ({ update: true }), psk: () => ({ psk: psk.id }),
        remove: async () => ({ remove: await this.#room.leafOf(other) }),
        add: async () => ({ add: await joiner.keyPackage() }),
      };
      if (joiner) joiners.push(joiner);
      this.log.push(`  ${proposer.identity} proposes ${wish} ${wish === 'remove' ? other.identity : ''}`);
      await this.#room.propose(proposer, await proposals[wish]());
    }
    await this.#commit(this.#member(), joiners);
  }

  injectPsk() {
    return this.#commit(this.#member(), [], [{ psk: psk.id }]);
  }

  // Committed by one of ours (ts_mls_peer.mjs, departure 4), proposed by anybody.
  async extensions() {
    const ours = this.#room.members.filter(({ kind }) => kind === 'ours');
    if (ours.length === 0) return false;
    const proposal = { extensions: [[0xf5a0, hex(`extension ${this.#below(100)}`)]] };
    const byValue = this.#coin();
    if (!byValue) await this.#room.propose(this.#member(), proposal);
    await this.#commit(this.#pick(ours), [], byValue ? [proposal] : []);
  }

  // The newcomer's commit; undefined where ts-mls cannot read the tree.
  async #externalCommit(newcomer, helper, more = {}) {
    const inlineTree = this.#coin();
    const { groupInfo } = await helper.ask('groupInfo', { inlineTree });
    const { ratchetTree } = await helper.ask('ratchetTree');
    const joining = newcomer.ask('externalJoin', { groupInfo, ratchetTree: inlineTree ? undefined : ratchetTree, ...more });
    if (newcomer.kind === 'ours' || !refusedByTsMls(ratchetTree)) return (await joining).commit;
    this.#count('refusedByTsMls');
    await assertRefused(joining, /unmerged_leaves/);
    return undefined;
  }

  async joinExternally() {
    if (this.#full) return false;
    const newcomer = await this.#client();
    const commit = await this.#externalCommit(newcomer, this.#member());
    if (!commit) return false;
    this.log.push(`  ${newcomer.identity}`);
    await this.#take(commit);
    await newcomer.process(commit);
    this.#room.members.push(newcomer);
  }

  async resync() {
    if (this.#room.members.length < 2) return false;
    const lost = this.#member();
    const helper = this.#member(lost);
    const commit = await this.#externalCommit(lost, helper, { resync: await this.#room.leafOf(lost) });
    if (!commit) return false;
    this.log.push(`  ${lost.identity}`);
    this.#room.members = this.#room.members.filter((member) => member !== lost);
    await this.#take(commit);
    await lost.process(commit);
    this.#room.members.push(lost);
  }

  async asksToBeAdded() {
    if (this.#full) return false;
    const newcomer = await this.#client();
    const { groupInfo } = await this.#member().ask('groupInfo');
    const { message } = await newcomer.ask('externalAdd', { groupInfo });
    await this.#room.store(message);
    await this.#commit(this.#member(), [newcomer]);
  }

  // Two or three commits for one epoch; the one that is delivered first wins.
  async race() {
    if (this.#room.members.length < 2 || this.#full) return false;
    const racers = [...new Set([this.#member(), this.#member(), this.#member()])];
    const commits = [];
    for (const racer of racers) {
      const joiners = this.#coin() ? [await this.#client()] : [];
      const other = await this.#removable(racer);
      const removes = joiners.length === 0 && this.#room.members.length > 2 && other && this.#coin();
      const proposals = removes ? [{ remove: await this.#room.leafOf(other) }] : await this.#adds(joiners);
      commits.push({ racer, joiners, ...(await racer.ask('commit', { proposals })) });
    }
    if (this.#coin()) {
      const joiner = await this.#client();
      const commit = await this.#externalCommit(joiner, this.#member());
      if (commit) commits.push({ racer: joiner, external: true, commit });
    }
    const [winner] = commits.splice(this.#below(commits.length), 1);
    this.log.push(`  ${winner.racer.identity} wins`);
    await this.#take(winner.commit);
    if (winner.external) {
      await winner.racer.process(winner.commit);
      this.#room.members.push(winner.racer);
    }
    const now = await this.#room.members[0].epoch();
    for (const { commit } of commits) {
      await Promise.all(this.#room.members.map((member) => assertRefused(member.process(commit))));
    }
    assert.deepEqual(await this.#room.members[0].epoch(), now);
    if (!winner.external) await this.#letIn(winner.racer, winner.welcomes, winner.joiners, true);
  }

  // Messages that overtake each other, and the commit after them.
  async disorder() {
    if (this.#room.members.length < 2) return false;
    const speaker = this.#member();
    const sealed = [];
    for (let at = 0; at < 4; ++at) sealed.push((await speaker.ask('encrypt', { data: hex(`late ${at}`) })).message);
    const listeners = this.#room.members.filter((member) => member !== speaker);
    const hear = (at) => Promise.all(listeners.map(async (listener) => {
      assert.equal((await listener.process(sealed[at])).data, hex(`late ${at}`));
      await assertRefused(listener.process(sealed[at]));
    }));
    await hear(2);
    await hear(0);
    await this.#commit(this.#member());
    await hear(3);
    await hear(1);
  }
}
