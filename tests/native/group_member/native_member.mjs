// A native member of a room (main.cc beside this) on any OrderedTransport, with the face of a member of the
// browser's package, so that tests ask both the same.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Witness } from '../../wasm/group/witness.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
// ctest says which build it tests; by hand it is the development build.
const program = process.env.SOTTO_NATIVE_MEMBER ?? resolve(root, 'build/dev/bin/native_group_member');

const STATES = ['new', 'joining', 'in', 'rejoining', 'leaving', 'over', 'restoring'];
const ENDED = ['left', 'kicked', 'replaced'];
const GONE = ['left', 'removed', 'kicked', 'rejoined'];
const REACHABILITIES = ['unconfirmed', 'present', 'unreachable'];
const JOIN_POLICIES = ['open', 'knock', 'locked'];
const CODECS = ['', 'opus', 'vp8', 'vp9', 'av1', 'h264', 'h265'];

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const hexOf = (endpoint) => hex(Buffer.from(endpoint, 'base64url'));
const endpointOf = (digits) => (digits === '' ? null : Buffer.from(digits, 'hex').toString('base64url'));

function memberOf({ leaf, name, self, moderator, reachability, identity, endpoint }) {
  return { id: String(leaf), name, self, moderator, reachability: REACHABILITIES[reachability], identity, endpoint: endpointOf(endpoint) };
}

/** sotto_group.h's events, by their numbers, as the browser's package tells the same. */
const EVENTS = {
  1: ({ value }) => ({ type: 'stateChanged', state: STATES[value] }),
  2: ({ value }) => ({ type: 'ended', reason: ENDED[value] }),
  3: ({ member }) => ({ type: 'memberChanged', ...memberOf(member) }),
  4: ({ leaf, name, value }) => ({ type: 'memberGone', id: String(leaf), name, reason: GONE[value] }),
  5: ({ text }) => ({ type: 'removalsPending', names: text.split('\n').slice(0, -1) }),
  6: ({ leaf, name, text, number, value }) => ({ type: 'chat', id: String(leaf), name, text, number, missing: value }),
  7: ({ number }) => ({ type: 'chatDelivered', number }),
  8: ({ leaf, text }) => ({ type: 'reaction', id: String(leaf), reaction: text }),
  9: ({ leaf, bytes }) => ({ type: 'directCall', id: String(leaf), message: Buffer.from(bytes, 'hex') }),
  10: ({ number, text }) => ({ type: 'linkChanged', generation: number, fragment: text }),
  11: ({ value, flags }) => ({ type: 'roomChanged', joinPolicy: JOIN_POLICIES[value], moderator: (flags & 4) !== 0 }),
  12: ({ endpoint, name }) => ({ type: 'joinRequested', endpoint: endpointOf(endpoint), name }),
  13: ({ endpoint }) => ({ type: 'joinWithdrawn', endpoint: endpointOf(endpoint) }),
  14: ({ bytes, text, leaves }) => ({ type: 'codeShown', code: bytes, words: text.trim().split('\n').map((line) => line.split(' ')[1]), participants: leaves.map(String) }),
  15: ({ value }) => ({ type: 'heardByOthers', heard: value === 1 }),
  16: ({ text }) => ({ type: 'trouble', code: text }),
  19: ({ value }) => ({ type: 'answered', answer: ['none', 'asked', 'locked'][value] }),
};

export class NativeMember extends Witness {
  #child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  #waiting = new Map();
  #requests = 0;
  #state = 'new';
  #transport;
  #exit;

  /** Resolves when it has asked to be let in; `in()` when it is. `publishes`, `joinPolicy`, `mlsSuite`, `frameSuite`: numbers of the C interface. */
  static async join(transport, { room = 'quiet-otter', link, name, endpoint = randomBytes(16).toString('base64url'), ...options }) {
    const member = new NativeMember();
    member.name = name;
    member.#transport = transport;
    member.#listen();
    try {
      await member.ask('create', { room, link, name, endpoint: hexOf(endpoint), ...options });
      const { others } = await transport.connect(endpoint, {
        message: ({ kind, sender, number = 0, bytes }) => member.#tell('receive', { kind, sender: hexOf(sender), number, bytes: hex(bytes) }),
        left: (who) => member.#tell('left', { endpoint: hexOf(who) }),
        reconnected: ({ same, endpoint: renamed = '' }) => member.#tell('reconnected', { same, endpoint: hexOf(renamed) }),
      });
      member.#tell('start', { others });
    } catch (error) {
      await member.end();
      throw error;
    }
    return member;
  }

  /** What the package's Group has, as far as tests ask for it. */
  group = {
    members: async () => (await this.ask('members')).members.map(memberOf),
    agreement: async () => Buffer.from((await this.answer('agreement')).agreement, 'hex').toString('base64url') || null,
    epoch: async () => (await this.ask('epoch')).epoch,
    fingerprint: async (id) => (await this.ask('fingerprint', { leaf: Number(id) })).fingerprint,
    say: async (text) => (await this.ask('say', { text })).number,
    react: (text) => this.ask('react', { text }),
    kick: async (id) => this.ask('kick', { identity: await this.#identityOf(id) }),
    makeModerator: async (id) => this.ask('makeModerator', { identity: await this.#identityOf(id) }),
    admit: (endpoint) => this.ask('admit', { endpoint: hexOf(endpoint) }),
    startCode: () => this.ask('startCode'),
    confirmCode: (code) => this.ask('confirmCode', { code }),
    setJoinPolicy: (policy) => this.ask('joinPolicy', { policy: JOIN_POLICIES.indexOf(policy) }),
    leave: () => this.ask('leave'),
    close: () => this.end(),
  };

  get state() { return this.#state; }

  async in() {
    if (this.#state !== 'in') await this.told('stateChanged', ({ state }) => state === 'in');
    return this;
  }

  async names() { return (await this.group.members()).map(({ name }) => name).sort(); }

  async idOf(name) { return (await this.group.members()).find((member) => member.name === name)?.id; }

  async #identityOf(id) { return (await this.group.members()).find((member) => member.id === id)?.identity ?? '00'.repeat(32); }

  /** `context` 0 microphone, 1 camera ...; the frame on the wire. */
  async seal(context, codec, frame, { key = true } = {}) {
    const { wire } = await this.ask('seal', { context, codec: CODECS.indexOf(codec), key, frame: hex(frame) });
    return Buffer.from(wire, 'hex');
  }

  /** {status, frame, leaf, context, epoch, counter, key}; only `status` where it does not open. */
  async open(codec, wire, stream = 1) {
    const answer = await this.answer('open', { stream, codec: CODECS.indexOf(codec), wire: hex(wire) });
    return { ...answer, frame: answer.frame === undefined ? null : Buffer.from(answer.frame, 'hex') };
  }

  /** Whatever its status. */
  answer(op, request = {}) {
    return new Promise((resolve, reject) => {
      const number = ++this.#requests;
      this.#waiting.set(number, { resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ request: number, op, ...request })}\n`);
    });
  }

  async ask(op, request) {
    const answer = await this.answer(op, request);
    if (answer.status !== 'ok') throw Object.assign(new Error(`${op}: ${answer.status}`), { code: answer.status });
    return answer;
  }

  /** At once, without a word to the others. */
  async end() {
    this.#transport.close?.();
    this.#child.stdin.end();
    return this.#exit;
  }

  #tell(op, request) {
    // What cannot be written, because it has ended, nobody waits for.
    this.ask(op, request).catch((error) => this.note({ type: 'failed', message: error.message }));
  }

  #listen() {
    this.#exit = new Promise((resolve) => this.#child.once('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the native member ended with ${code ?? signal}`));
      this.#waiting.clear();
      resolve(code ?? signal);
    }));
    this.#child.stdin.on('error', () => undefined); // its exit says it
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(JSON.parse(line)));
  }

  #take({ type, ...told }) {
    if (type === 'answer') {
      this.#waiting.get(told.request).resolve(told);
      this.#waiting.delete(told.request);
    } else if (type === 'send') {
      const bytes = new Uint8Array(Buffer.from(told.bytes, 'hex'));
      this.#transport.send({ kind: told.kind, to: told.to.map(endpointOf), bytes });
    } else {
      const event = EVENTS[told.event](told);
      if (event.type === 'stateChanged') this.#state = event.state;
      this.note(event);
    }
  }
}
