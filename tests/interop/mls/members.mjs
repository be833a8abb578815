// Members of both kinds as objects, and a group of them with what delivers its messages.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

export const suites = [3, 1];
export const hex = (text) => Buffer.from(text).toString('hex');

export class Refused extends Error {}

// A process with many members in it: ours, natively or as WebAssembly, as SOTTO_MLS_MEMBER names it, or
// those of ts-mls.
class Process {
  #child;
  #waiting = [];
  #ids = 0;

  constructor(kind, ...command) {
    this.kind = kind;
    this.#child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting.shift().resolve(JSON.parse(line)));
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#waiting) reject(new Error(`the process of ${kind} ended with ${code}`));
    });
  }

  async ask(request) {
    const answer = await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (answer.error !== undefined) throw new Refused(answer.error);
    return answer;
  }

  async member(identity, settings) {
    const member = new Member(this, ++this.#ids, identity);
    await member.ask('new', { identity, ...settings });
    return member;
  }

  close() {
    this.#child.stdin.end();
  }
}

class Member {
  #process;
  #id;

  constructor(process, id, identity) {
    this.#process = process;
    this.#id = id;
    this.identity = identity;
  }

  get kind() {
    return this.#process.kind;
  }

  ask(op, request = {}) {
    return this.#process.ask({ member: this.#id, op, ...request });
  }

  async keyPackage() {
    return (await this.ask('keyPackage')).keyPackage;
  }

  process(message) {
    return this.ask('process', { message });
  }

  // What all members of an epoch agree on, and nobody else knows or has.
  async epoch() {
    const { epoch, treeHash, transcript, authenticator, members } = await this.ask('info');
    const { secret } = await this.ask('exporter', { label: 'interop', context: hex('a context'), length: 48 });
    return { epoch, treeHash, transcript, authenticator, members, secret };
  }
}

export function startProcesses(seed = 1) {
  const ours = process.env.SOTTO_MLS_MEMBER;
  if (!ours) throw new Error('SOTTO_MLS_MEMBER must name the program mls_member or mls-member.cjs');
  const command = ours.endsWith('.cjs') ? [process.execPath, ours] : [ours];
  const theirs = fileURLToPath(new URL('./ts_mls_peer.mjs', import.meta.url));
  const processes = {
    ours: new Process('ours', ...command, String(seed)),
    theirs: new Process('theirs', process.execPath, theirs),
  };
  return { ...processes, close: () => Object.values(processes).forEach((each) => each.close()) };
}

// Hands every message to every member, in one order.
export class Room {
  members = [];

  static async create(founder, { groupId = hex('a group'), extensions } = {}) {
    const room = new Room();
    await founder.ask('create', { groupId, extensions });
    room.members.push(founder);
    return room;
  }

  async propose(proposer, proposal, { aad } = {}) {
    const { message } = await proposer.ask('propose', { proposal, aad });
    await this.store(message, proposer);
  }

  // A proposal, from whomever.
  async store(message, except) {
    for (const member of this.members) {
      if (member !== except) assert.equal((await member.process(message)).kind, 'proposal');
    }
  }

  // Everybody takes the commit; those that it removes are no members any more, which they know.
  async take(commit) {
    const answers = new Map();
    await Promise.all(this.members.map(async (member) => answers.set(member, await member.process(commit))));
    const active = await Promise.all(this.members.map(async (member) => (await member.ask('info')).active));
    const removed = this.members.filter((_, at) => !active[at]);
    this.members = this.members.filter((_, at) => active[at]);
    return { answers, removed };
  }

  // `joiners` find their way in by the Welcome; with the tree inside or beside it.
  async commit(committer, { proposals = [], joiners = [], inlineTree = true, ...more } = {}) {
    const adds = await Promise.all(joiners.map(async (joiner) => ({ add: await joiner.keyPackage() })));
    const made = await committer.ask('commit', { proposals: [...proposals, ...adds], inlineTree, ...more });
    const taken = await this.take(made.commit);
    await this.welcome(committer, made.welcomes, joiners, inlineTree);
    return { ...made, ...taken };
  }

  async welcome(committer, welcomes, joiners, inlineTree = true) {
    const { ratchetTree } = inlineTree ? {} : await committer.ask('ratchetTree');
    for (const [at, joiner] of joiners.entries()) {
      await joiner.ask('join', { welcome: welcomes[at] ?? welcomes[0], ratchetTree });
      this.members.push(joiner);
    }
  }

  async leafOf(member) {
    return (await member.ask('info')).leaf;
  }

  // All members know the same epoch, and see each other in it.
  async agree() {
    const [first, ...others] = await Promise.all(this.members.map((member) => member.epoch()));
    for (const [at, other] of others.entries()) assert.deepEqual(other, first, this.members[at + 1].identity);
    assert.deepEqual(first.members.map(([, identity]) => identity).sort(), this.members.map(({ identity }) => identity).sort());
    return first;
  }

  // Everybody says something, and everybody else hears it.
  async talk() {
    for (const speaker of this.members) await this.say(speaker, `from ${speaker.identity}`);
  }

  async say(speaker, text, aad = 'about it') {
    const { message } = await speaker.ask('encrypt', { data: hex(text), aad: hex(aad) });
    const listeners = this.members.filter((member) => member !== speaker);
    for (const heard of await Promise.all(listeners.map((member) => member.process(message)))) {
      assert.deepEqual([heard.kind, heard.data, heard.aad], ['application', hex(text), hex(aad)]);
    }
    return message;
  }
}

export async function assertRefused(promise, reason) {
  await assert.rejects(promise, (error) => error instanceof Refused && (!reason || reason.test(error.message)));
}
