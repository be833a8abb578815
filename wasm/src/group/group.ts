import { decodeBase64url, encodeBase64url } from '../base64url.js';
import { E2eeError, errorOf, WorkerError } from '../errors.js';
import { TypedEventTarget } from '../typed_event_target.js';
import { Wish, type FromGroupWorker, type GroupRequest, type GroupStart, type ToGroupWorker } from './protocol.js';
import type { OrderedTransport, TransportReceiver } from './transport.js';
import type { GroupEvents, GroupMember, GroupState, JoinPolicy, Marks } from './types.js';

/** How to join a room. */
export interface JoinOptions {
  /** The room's id: 1 to 64 bytes, the same for everybody. */
  room: string;
  /** What stands behind the # of the room's address: `<generation>.<secret>`, the secret 32 random bytes in base64url. */
  link: string;
  /** What the others see; sealed. */
  name: string;
  transport: OrderedTransport;
  /**
   * 'kept' (the default): this browser profile's own, so that others know me again. 'new': one for this
   * call alone.
   */
  identity?: 'kept' | 'new';
  /** Whether I send media. Default true. */
  publishes?: boolean;
  /** How the room begins, should nobody be there. */
  founding?: { joinPolicy?: JoinPolicy; mediaEncrypted?: boolean; permanent?: boolean };
  /** Of this connection: 22 characters (16 bytes in base64url). Default: random. */
  endpoint?: string;
  /** Where group.js lies; sotto-group.wasm lies beside it. Default: beside this module. */
  workerUrl?: string | URL;
}

interface Waiting {
  resolve(value: never): void;
  reject(error: E2eeError): void;
}

const encoder = new TextEncoder();
const JOIN_POLICIES: readonly JoinPolicy[] = ['open', 'knock', 'locked'];

/**
 * One's place in a room's group (MLS, RFC 9420): who is there, what they are called, what they say, and
 * the keys of a call. The server that carries its messages can hold them back, and nothing else.
 * For encrypted media pass it to E2ee.create({ keyProvider: group }).
 */
export class Group extends TypedEventTarget<GroupEvents> {
  /** Loads the worker and its module ahead of join(), so that this waits for nothing but the network. */
  static prepare(workerUrl?: string | URL): void {
    const { url, worker } = workerAt(workerUrl);
    // join() tries again, and says what is wrong.
    worker.onerror = () => {
      if (spare?.worker === worker) spare = null;
    };
    spare = { url, worker };
  }

  /**
   * Begins to join; resolves when the first message is on its way. The event stateChanged says 'in' when one
   * is a member. Throws E2eeError 'bad-argument' or 'worker-failed'.
   */
  static async join(options: JoinOptions): Promise<Group> {
    const endpoint = options.endpoint ?? encodeBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const start = startOf(options, endpoint);
    const group = new Group(options, endpoint);
    try {
      await group.#created(start);
      const { others } = await options.transport.connect(endpoint, {
        message: (message) => group.#tell({ type: 'message', message }),
        left: (who) => group.#tell({ type: 'left', endpoint: who }),
        reconnected: (log) => group.#reconnected(log),
      });
      group.#tell({ type: 'follow', others });
    } catch (error) {
      group.close();
      throw error;
    }
    return group;
  }

  #endpoint: string;
  readonly #worker: Worker;
  readonly #transport: OrderedTransport;
  readonly #waiting = new Map<number, Waiting>();
  #nextRequest = 0;
  #state: GroupState = 'new';
  #ended: E2eeError | null = null;
  #settleCreated: Waiting | null = null;

  private constructor({ transport, workerUrl }: JoinOptions, endpoint: string) {
    super();
    this.#endpoint = endpoint;
    this.#transport = transport;
    this.#worker = workerAt(workerUrl).worker;
    this.#worker.onmessage = (event: MessageEvent<FromGroupWorker>) => this.#receive(event.data);
    this.#worker.onerror = (event) => {
      const reason = event.message ? `: ${event.message}` : '';
      this.#fail(new WorkerError('worker-failed', `The group's worker could not run${reason}. Join again.`));
    };
  }

  /** This connection's name. */
  get endpoint(): string {
    return this.#endpoint;
  }

  /** Where this participant stands; `stateChanged` tells every change. */
  get state(): GroupState {
    return this.#state;
  }

  /** Who is in the room, oneself included: as the group says, whatever the server does. */
  members(): Promise<GroupMember[]> {
    return this.#request({ type: 'members' });
  }

  /** To everybody; resolves with the message's number, which chatDelivered repeats. */
  say(text: string): Promise<number> {
    return this.#wish(Wish.SAY, 0, encoder.encode(text));
  }

  /** Shows a reaction to everybody, once; it is kept nowhere. */
  async react(reaction: string): Promise<void> {
    await this.#wish(Wish.REACT, 0, encoder.encode(reaction));
  }

  /** For negotiating a direct call among two: whoever carries it can alter nothing. */
  async sendDirectCall(message: Uint8Array): Promise<void> {
    await this.#wish(Wish.DIRECT_CALL, 0, new Uint8Array(message));
  }

  /** What the others are shown of me from now on; signed, so that no server can change it. */
  async setMarks(marks: Marks): Promise<void> {
    const { publishes, microphoneMuted, cameraOff, handRaised } = marks;
    const bits = (publishes ? 1 : 0) | (microphoneMuted ? 2 : 0) | (cameraOff ? 4 : 0) | (handRaised ? 8 : 0);
    await this.#wish(Wish.MARKS, bits);
  }

  /** Asks to be removed; the event ended comes when that has been confirmed, or nobody is left to do so. */
  async leave(): Promise<void> {
    await this.#wish(Wish.LEAVE);
  }

  /**
   * New keys of one's own, which nobody can have who had the old: 30 s after the last commit of anybody's, or with
   * the next of one's own. They come by themselves now and then.
   */
  async update(): Promise<void> {
    await this.#wish(Wish.UPDATE);
  }

  /**
   * Moderators: removes a member, and changes the room's link, so that it stays away. `ban`: for good.
   * `identity`: whom the person was shown under this id, as in confirmFingerprint().
   */
  async kick(id: string, options: { ban?: boolean; identity?: string } = {}): Promise<void> {
    await this.#wish(options.ban === true ? Wish.BAN : Wish.KICK, leafOf(id), shown(options));
  }

  /** Moderators. */
  async setJoinPolicy(policy: JoinPolicy): Promise<void> {
    await this.#wish(Wish.JOIN_POLICY, joinPolicyNumber(policy));
  }

  /** Moderators: whether frames are encrypted, for everybody. */
  async setMediaEncrypted(on: boolean): Promise<void> {
    await this.#wish(Wish.ENCRYPT_MEDIA, on ? 1 : 0);
  }

  /** Moderators: encryption can never be switched off any more. */
  async makePermanent(): Promise<void> {
    await this.#wish(Wish.MAKE_PERMANENT);
  }

  /** Moderators. `identity` as in kick(). */
  async makeModerator(id: string, options: { identity?: string } = {}): Promise<void> {
    await this.#wish(Wish.MAKE_MODERATOR, leafOf(id), shown(options));
  }

  /** Moderators: lets somebody in who waits (joinRequested). */
  async admit(endpoint: string): Promise<void> {
    await this.#wish(Wish.ADMIT, 0, endpointBytes(endpoint));
  }

  /** A moderator's no to somebody who waits outside (`joinRequested`). */
  async turnAway(endpoint: string): Promise<void> {
    await this.#wish(Wish.TURN_AWAY, 0, endpointBytes(endpoint));
  }

  /** Begins a comparison of all who are confirmed; codeShown says what to compare. */
  async startCode(): Promise<void> {
    await this.#wish(Wish.START_CODE);
  }

  /**
   * A person says that everybody has the same code: all who took part are verified. `code` is that of the
   * codeShown that the person has read: should there be another by now, nobody is (E2eeError 'bad-argument').
   */
  async confirmCode(code: string): Promise<void> {
    await this.#wish(Wish.CONFIRM_CODE, 0, hexBytes(code, 7, 'A code is named as codeShown names it: 14 hexadecimal digits.'));
  }

  /** 30 digits of a member's identity (one's own as well), for comparing by other means; null for nobody. */
  fingerprint(id: string): Promise<string | null> {
    return this.#request({ type: 'fingerprint', leaf: leafOf(id) });
  }

  /**
   * To be called when a person has compared the other's fingerprint by another way: marks it verified.
   * `identity` is that of the GroupMember that the person was shown: should somebody else have the id by
   * now, nobody is marked (E2eeError 'bad-argument').
   */
  async confirmFingerprint(id: string, identity: string): Promise<void> {
    await this.#wish(Wish.CONFIRM_FINGERPRINT, leafOf(id), identityBytes(identity));
  }

  /** A person knows why this name has another identity than before; `identity` as in confirmFingerprint(). */
  async acceptChange(id: string, identity: string): Promise<void> {
    await this.#wish(Wish.ACCEPT_CHANGE, leafOf(id), identityBytes(identity));
  }

  /** Equal for those who are in one group, in one epoch, with one history; it says nothing else. */
  agreement(): Promise<string | null> {
    return this.#request({ type: 'agreement' });
  }

  /** The number of the group's keys; null outside. */
  epoch(): Promise<number | null> {
    return this.#request({ type: 'epoch' });
  }

  /** For E2ee: where the keys of frames go, sealed for the other end. */
  connectFrames(port: MessagePort): void {
    if (this.#ended !== null) throw this.#ended;
    this.#post({ type: 'frames', port }, [port]);
  }

  /** At once, without a word to the others: leave() before it. */
  close(): void {
    this.#end(new WorkerError('closed', 'The group has been closed: call Group.join() again.'));
  }

  #reconnected({ same, endpoint }: Parameters<TransportReceiver['reconnected']>[0]): void {
    if (endpoint !== undefined) this.#endpoint = endpoint;
    this.#tell({ type: 'reconnected', same, endpoint: endpoint ?? null });
  }

  #created(start: GroupStart): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settleCreated = { resolve: resolve as (value: never) => void, reject };
      this.#post({ type: 'create', start }, [start.fragment.buffer]);
    });
  }

  #wish(wish: Wish, argument = 0, bytes?: Uint8Array<ArrayBuffer>): Promise<number> {
    return this.#request({ type: 'wish', wish, argument, ...(bytes && { bytes }) });
  }

  #request<T>(body: GroupRequest): Promise<T> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const request = this.#nextRequest++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(request, { resolve: resolve as (value: never) => void, reject });
      this.#post({ type: 'request', request, body });
    });
  }

  #tell(message: ToGroupWorker): void {
    if (this.#ended === null) this.#post(message);
  }

  #post(message: ToGroupWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromGroupWorker): void {
    if (this.#ended !== null) return;
    switch (message.type) {
      case 'created':
        return this.#settleCreated?.resolve(undefined as never);
      case 'send':
        return this.#transport.send(message.message);
      case 'event':
        if (message.event.type === 'stateChanged') this.#state = message.event.detail.state;
        this.dispatchEvent(new CustomEvent(message.event.type, { detail: message.event.detail }));
        return;
      case 'reply':
        return this.#take(message.request)?.resolve(message.value as never);
      case 'refusal':
        return this.#take(message.request)?.reject(errorOf(message.code, message.message));
      case 'failed':
        return this.#fail(errorOf(message.code, message.message));
    }
  }

  #take(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    return waiting;
  }

  #fail(error: E2eeError): void {
    if (this.#ended !== null) return;
    this.#end(error);
    this.dispatchEvent(new CustomEvent('failed', { detail: { message: error.message } }));
  }

  #end(error: E2eeError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#worker.terminate();
    this.#settleCreated?.reject(error);
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
    this.#transport.close?.();
  }
}

let spare: { url: string; worker: Worker } | null = null;

/** The one that is prepared, or a new one. */
function workerAt(workerUrl: string | URL = new URL('./group.js', import.meta.url)): { url: string; worker: Worker } {
  const url = String(workerUrl);
  const prepared = spare;
  spare = null;
  if (prepared?.url === url) return prepared;
  prepared?.worker.terminate();
  return { url, worker: new Worker(url, { type: 'module', name: 'sotto-group' }) };
}

function startOf(options: JoinOptions, endpoint: string): GroupStart {
  const { room, name, identity = 'kept', publishes = true, founding = {} } = options;
  const { joinPolicy = 'open', mediaEncrypted = true, permanent = false } = founding;
  joinPolicyNumber(joinPolicy);
  if (typeof options.link !== 'string' || !/^\d+\.[A-Za-z0-9_-]{43}(\.[A-Za-z0-9_-]{43})?$/.test(options.link)) {
    throw errorOf('bad-link', 'This link is damaged after the # sign: ask for the whole link again.');
  }
  return {
    room,
    name,
    identity,
    publishes,
    joinPolicy,
    mediaEncrypted,
    permanent,
    fragment: encoder.encode(options.link),
    endpoint: endpointBytes(endpoint),
  };
}

function endpointBytes(endpoint: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64url(endpoint);
  if (bytes?.length === 16) return bytes;
  throw new E2eeError('bad-argument', 'An endpoint is 16 bytes in base64url: 22 characters.');
}

function leafOf(id: string): number {
  const leaf = Number(id);
  if (/^\d{1,10}$/.test(id) && leaf <= 0xffffffff) return leaf;
  throw new E2eeError('bad-argument', 'A member is named by the id that members() gives.');
}

function hexBytes(digits: string, length: number, otherwise: string): Uint8Array<ArrayBuffer> {
  if (/^[0-9a-f]+$/.test(digits) && digits.length === 2 * length) {
    return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
  }
  throw new E2eeError('bad-argument', otherwise);
}

function identityBytes(identity: string): Uint8Array<ArrayBuffer> {
  return hexBytes(identity, 32, 'An identity is 64 hexadecimal digits, as members() gives it.');
}

function shown({ identity }: { identity?: string }): Uint8Array<ArrayBuffer> | undefined {
  return identity === undefined ? undefined : identityBytes(identity);
}

function joinPolicyNumber(policy: JoinPolicy): number {
  const number = JOIN_POLICIES.indexOf(policy);
  if (number >= 0) return number;
  throw new E2eeError('bad-argument', `A join policy is one of ${JOIN_POLICIES.join(', ')}.`);
}
