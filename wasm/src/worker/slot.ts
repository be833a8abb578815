// The rules of one receiving slot (security profile, section 8): whose frames it plays is decided by
// the key that opens them; the bridge's claim can only take away.
import { kindOf, type DropCause, type Kind, type Occupant, type StreamStats } from '../types.js';
import { CodecOf } from './codec.js';
import type { Context } from './context.js';
import { isFatal, kidText, type Failure } from './core.js';
import { MAX_WIRE_BYTES, release, type EncodedFrame, type Output } from './frame.js';
import { HOLD_MILLISECONDS, HoldingPen, type HeldFrame } from './holding_pen.js';
import type { Seats } from './seats.js';
import { Tally } from './tally.js';

/** A lost or refused request for a key frame is repeated, but not with every dropped frame. */
const KEY_FRAME_REQUEST_INTERVAL = 500;

const CAUSES: Partial<Record<Failure, DropCause>> = {
  truncated: 'malformed',
  malformed: 'malformed',
  'too-large': 'too-large',
  unauthenticated: 'unauthenticated',
  'unknown-key': 'unknown-key',
  replayed: 'replayed',
  'wrong-state': 'wrong-codec',
};

/** These are everyday life, not a failure to decrypt. */
const QUIET: ReadonlySet<DropCause> = new Set(['empty', 'replayed', 'awaiting-key-frame', 'kid-in-use']);

export class Slot {
  readonly name: string;
  readonly kind: Kind;
  readonly #context: Context;
  readonly #seats: Seats<Slot>;
  readonly #codec: CodecOf;
  readonly #askForKeyFrame: () => void;
  readonly #pen = new HoldingPen();
  readonly #tally = new Tally();
  #claim: Occupant | null | undefined;
  #occupant: Occupant | null = null;
  #keyFrameAsked = -Infinity;
  #expiring = false;

  constructor(
    context: Context,
    seats: Seats<Slot>,
    options: { slot: string; kind: Kind; codec: string | undefined },
    askForKeyFrame: () => void,
  ) {
    this.#context = context;
    this.#seats = seats;
    this.name = options.slot;
    this.kind = options.kind;
    this.#codec = new CodecOf(options.kind, options.codec);
    this.#askForKeyFrame = askForKeyFrame;
  }

  receive(frame: EncodedFrame, output: Output): void {
    this.#consider({ frame, output, cause: 'failed', since: this.#context.now() });
  }

  claim(claim: Occupant | null | undefined): void {
    this.#claim = claim;
    if (claim !== undefined && !same(claim, this.#occupant)) this.vacate();
    this.reconsider();
  }

  get claimed(): Occupant | null | undefined {
    return this.#claim;
  }

  get occupant(): Occupant | null {
    return this.#occupant;
  }

  /** Whoever comes next is new here, even if it is the same member. */
  vacate(): void {
    this.#occupant = null;
  }

  /** What is known of members or claims has changed: held frames may pass now. */
  reconsider(): void {
    for (const held of this.#pen.takeAll()) this.#consider(held);
  }

  report(): StreamStats {
    return {
      direction: 'receive',
      kind: this.kind,
      slot: this.name,
      occupant: this.#occupant,
      clear: 0,
      ...this.#tally.report(),
    };
  }

  // A browser may refuse to touch a frame whose connection is closing: that frame's trouble alone.
  #consider(held: HeldFrame): void {
    try {
      this.#decide(held);
    } catch (error) {
      if (isFatal(error)) throw error;
      this.#drop('failed');
    }
  }

  #decide(held: HeldFrame): void {
    const { core, members, events, samples, session } = this.#context;
    const { frame, output } = held;
    const started = this.#context.now();
    const size = frame.data.byteLength;
    if (size === 0) return this.#drop('empty');
    const codec = this.#codec.of(frame);
    if (codec === null) return this.#drop('unsupported-codec');
    const wire = new Uint8Array(frame.data);
    if (size > MAX_WIRE_BYTES || !core.write(wire)) return this.#drop('too-large');

    const numbers = core.peek(codec, size);
    const readable = typeof numbers !== 'string';
    samples.offer(this.name, this.kind, wire, readable ? numbers : null, frame.type === 'key');
    if (!readable) return this.#drop('malformed');
    if (session === null) return this.#hold(held, 'no-key');

    const kid = kidText(numbers.kidHigh, numbers.kidLow);
    const owner = members.owner(kid);
    if (owner === undefined) {
      events.keyMissing(this.name, kid);
      return this.#hold(held, 'unknown-key');
    }
    if (kindOf(owner.source) !== this.kind) return this.#drop('claim-mismatch', owner.endpoint);
    const agreed = same(this.#claim, owner);
    if (this.#claim !== undefined && !agreed) return this.#hold(held, 'claim-mismatch');
    if (!this.#seats.mayPlay(kid, this, agreed, started)) return this.#drop('kid-in-use');

    release(frame.data);
    const opened = core.open(session.handle, codec, size);
    if (typeof opened === 'string') return this.#drop(CAUSES[opened] ?? 'failed', owner.endpoint);
    const { keyFrame } = core.lastFrame();
    const isNew = !same(this.#occupant, owner);
    if (isNew && this.kind === 'video' && !keyFrame) {
      this.#wantKeyFrame(started);
      return this.#drop('awaiting-key-frame');
    }
    this.#seats.take(kid, this, started);
    this.#occupant = owner;
    frame.data = opened;
    output(frame);
    this.#tally.passed(opened.byteLength, keyFrame, this.#context.now() - started);
    if (isNew) events.occupant(this.name, owner);
  }

  #hold(held: HeldFrame, cause: DropCause): void {
    const surplus = this.#pen.push({ ...held, cause });
    for (const { cause: why } of surplus) this.#drop(why);
    this.#expireLater();
  }

  #expireLater(): void {
    if (this.#expiring) return;
    this.#expiring = true;
    this.#context.later(HOLD_MILLISECONDS / 5, () => {
      this.#expiring = false;
      for (const { cause } of this.#pen.expire(this.#context.now())) this.#drop(cause);
      if (this.#pen.size > 0) this.#expireLater();
    });
  }

  #drop(cause: DropCause, endpoint?: string): void {
    this.#tally.dropped(cause);
    if (!QUIET.has(cause)) this.#context.events.decryptionFailed(this.name, cause, endpoint);
  }

  #wantKeyFrame(now: number): void {
    if (now - this.#keyFrameAsked < KEY_FRAME_REQUEST_INTERVAL) return;
    this.#keyFrameAsked = now;
    this.#askForKeyFrame();
  }
}

function same(a: Occupant | null | undefined, b: Occupant | null): boolean {
  return !!a && !!b && a.endpoint === b.endpoint && a.source === b.source;
}
