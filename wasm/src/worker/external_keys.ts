// Keys that the app hands out: one participant in the core for each sender, so that keys and replay
// windows are per sender; one for oneself; and one for what everybody shares, where a frame seen
// under one name is also seen under all others.
import { E2eeError } from '../errors.js';
import { FORMATS, type Format } from '../formats.js';
import { KeyKind, type NewKey, type Whose } from '../protocol.js';
import { SOURCES, type Occupant, type Source, type StreamStats } from '../types.js';
import type { Context } from './context.js';
import type { Failure, FrameNumbers } from './core.js';
import type { EncodedFrame } from './frame.js';
import { refused } from './key_refusal.js';
import { causeOf, type Opening, type Refusal, type Sealing, type Seat } from './opening.js';
import { Participant } from './participant.js';
import { stretch } from './stretch.js';

/** How many keys can be told apart: a rotation goes round. */
const INDICES: Record<Format, number> = { sotto: 256, livekit: 16, jframe: 16, dave: 2 ** 32 };
/** Those whose frames carry SSRC and RTP timestamp in the nonce. */
const WITH_TIMES: readonly Format[] = ['livekit', 'jframe'];
/** Participants who left, whose replay windows are kept. */
const MAX_FORGOTTEN = 256;
const EXPIRY_INTERVAL = 2000;

export class ExternalKeys implements Opening, Sealing {
  readonly #context: Context;
  readonly #format: Format;
  readonly #suite: number;
  readonly #withTimes: boolean;
  readonly #everybody: Participant;
  readonly #local: Participant;
  readonly #named = new Map<string, Participant>();
  readonly #forgotten = new Set<string>();
  owner: Occupant = { endpoint: '', source: 'microphone' };
  keyFrame = false;
  #ended = false;

  /** Throws E2eeError 'unsupported'. */
  constructor(context: Context, format: Format, suite: number) {
    this.#context = context;
    this.#format = format;
    this.#suite = suite;
    this.#withTimes = WITH_TIMES.includes(format);
    this.#everybody = this.#create();
    this.#local = this.#create();
    this.#expireLater();
  }

  prepare(key: NewKey): Promise<void> {
    return stretch(key, this.#format);
  }

  setKey(key: NewKey, index: number, use: boolean): void {
    const { whose } = key;
    const now = this.#context.now();
    const shared = whose === 'everybody';
    if (shared && key.kind === KeyKind.RAW) this.#share(key, index);
    // Asked to ratchet, the core says whether there is a key, and changes none: what is shared cannot be. Only
    // it knows, for it forgets keys by itself. LiveKit's indices are never refused to one of both.
    const fresh = shared && this.#format === 'sotto' && this.#everybody.ratchet(index, now) === 'unknown-key';
    for (const participant of this.#of(whose)) {
      const failure = participant.setKey(index, key, shared, now);
      if (failure === null) continue;
      if (fresh) this.#everybody.erase(index);
      throw refused(failure, this.#format, index);
    }
    if (typeof whose === 'object') this.#forgotten.delete(whose.participant);
    else if (use) this.use(index);
  }

  // Random bytes for everybody are, like a passphrase, nobody's to ratchet. JFrame and DAVE have one
  // key for each sender and nonces that need it; LiveKit's apps do share, and its nonces bear it.
  #share(key: NewKey, index: number): void {
    if (this.#format === 'sotto') key.kind = KeyKind.STRETCHED;
    else if (this.#format !== 'livekit') throw refused('shared', this.#format, index);
  }

  /** Returns the new key's index. */
  rotate(key: NewKey, given: number | undefined): number {
    const newest = this.#of(key.whose)[0]!.newest;
    const index = given ?? (newest === undefined ? 0 : (newest + 1) % INDICES[this.#format]);
    this.setKey(key, index, true);
    return index;
  }

  use(index: number): void {
    const failure = this.#local.use(index, this.#context.now());
    if (failure !== null) throw refused(failure, this.#format, index);
  }

  ratchet(whose: Whose): void {
    const participant = this.#of(whose)[0]!;
    const index = participant.current ?? participant.newest;
    if (index === undefined) throw new E2eeError('no-key', 'There is no key to ratchet yet: call setKey() first.');
    if (participant.isShared(index)) throw refused('wrong-state', this.#format, index);
    const failure = participant.ratchet(index, this.#context.now());
    if (failure !== null) throw refused(failure, this.#format, index);
  }

  forget(name: string): void {
    const participant = this.#named.get(name);
    if (participant === undefined) return;
    participant.eraseKeys();
    this.#forgotten.add(name);
    if (this.#forgotten.size <= MAX_FORGOTTEN) return;
    const oldest = this.#forgotten.values().next().value!;
    this.#forgotten.delete(oldest);
    this.#named.get(oldest)?.destroy();
    this.#named.delete(oldest);
  }

  /** Whether the app has given any key yet. */
  get used(): boolean {
    return this.#everybody.hasKey || this.#local.hasKey || this.#named.size > 0;
  }

  /** The core is to be let go. */
  end(): void {
    this.#ended = true;
  }

  open(seat: Seat, frame: EncodedFrame, codec: number, size: number, now: number): number | Refusal {
    const { claimed } = seat;
    if (claimed === null) return { cause: 'claim-mismatch', wait: true };
    const participant = this.#opens(claimed?.endpoint);
    const source = claimed?.source ?? seat.source;
    const opened = participant.open(codec, frame, SOURCES.indexOf(source), size, now);
    if (opened < 0) return this.#refusal(this.#context.core.failure(opened), participant, claimed?.endpoint);
    this.owner = claimed ?? { endpoint: '', source };
    this.keyFrame = participant.isKeyFrame();
    const ratcheted = participant.ratcheted();
    if (ratcheted >= 0) this.#context.events.keyRatcheted(claimed?.endpoint, ratcheted);
    return opened;
  }

  settle(): void {}

  peek(codec: number, size: number): FrameNumbers | null {
    if (this.#format !== 'sotto') return null;
    const numbers = this.#context.core.peek(codec, size);
    return typeof numbers === 'string' ? null : numbers;
  }

  describe(occupant: Occupant | null, claim: Occupant | null | undefined): Pick<StreamStats, 'occupant' | 'participant'> {
    const known = occupant?.endpoint === '' ? null : occupant;
    return claim ? { occupant: known, participant: claim.endpoint } : { occupant: known };
  }

  get ready(): boolean {
    return this.#local.current !== null;
  }

  seal(source: Source, codec: number, frame: EncodedFrame, size: number): ArrayBuffer | Failure {
    const context = SOURCES.indexOf(source);
    return this.#context.core.sealedFrame(this.#local.seal(codec, frame, context, this.#withTimes, size));
  }

  // A participant's own keys; for one who has none, what everybody shares.
  #opens(name: string | undefined): Participant {
    const participant = name === undefined ? undefined : this.#named.get(name);
    return participant?.hasKey ? participant : this.#everybody;
  }

  #refusal(failure: Failure, participant: Participant, name: string | undefined): Refusal {
    const who = name === undefined ? {} : { who: { participant: name } };
    if (!participant.hasKey || failure === 'unknown-key') {
      const cause = participant.hasKey ? 'unknown-key' : 'no-key';
      return { cause, wait: true, missing: who.who ?? {}, ...who };
    }
    const foreign = this.#format !== 'sotto' && (failure === 'malformed' || failure === 'truncated');
    return { cause: foreign ? 'not-encrypted' : causeOf(failure), ...who };
  }

  #of(whose: Whose): Participant[] {
    if (whose === 'everybody') return [this.#everybody, this.#local];
    if (whose === 'local') return [this.#local];
    let participant = this.#named.get(whose.participant);
    if (participant === undefined) {
      participant = this.#create();
      this.#named.set(whose.participant, participant);
    }
    return [participant];
  }

  #create(): Participant {
    const participant = Participant.create(this.#context.core, FORMATS.indexOf(this.#format), this.#suite);
    if (participant !== null) return participant;
    throw new E2eeError('unsupported', 'This build does not have this format or cipher suite: choose another one.');
  }

  // A key whose time is over must not lie in memory until the next frame, which may never come.
  #expireLater(): void {
    this.#context.later(EXPIRY_INTERVAL, () => {
      if (this.#ended) return;
      const now = this.#context.now();
      for (const participant of [this.#local, this.#everybody, ...this.#named.values()]) participant.expire(now);
      this.#expireLater();
    });
  }
}
