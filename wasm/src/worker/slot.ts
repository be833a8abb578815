// The rules of one receiving slot (security profile, section 8). Whose frames it plays is decided by
// the keys that open them (opening.ts); what waits, what begins with a key frame and what may pass in
// the clear is decided here, whatever kind of keys these are.
import type { StreamOptions } from '../protocol.js';
import type { DropCause, FirstPicture, Kind, Occupant, Source, StreamStats } from '../types.js';
import { CodecOf } from './codec.js';
import type { Context, Keyring } from './context.js';
import { isFatal } from './core.js';
import type { Who } from './events.js';
import { MAX_WIRE_BYTES, release, type EncodedFrame, type Output } from './frame.js';
import { HOLD_MILLISECONDS, HoldingPen, type HeldFrame } from './holding_pen.js';
import { same, type Refusal, type Seat } from './opening.js';
import { Tally } from './tally.js';

/** A lost or refused request for a key frame is repeated, but not with every dropped frame. */
const KEY_FRAME_REQUEST_INTERVAL = 500;

/** These are everyday life, not a failure to decrypt. */
const QUIET: ReadonlySet<DropCause> = new Set(['empty', 'replayed', 'awaiting-key-frame', 'kid-in-use']);

/**
 * Frames that are refused for these come again, or are none: noise to a decoder, even while the lock is open.
 * Other causes are found before anything is authenticated, and the first bytes of a clear picture may look like
 * a header with anybody's KID: key frames of one encoder all begin alike, and none would come through.
 */
const SEALED: ReadonlySet<DropCause> = new Set(['empty', 'replayed']);

export class Slot implements Seat {
  readonly name: string;
  readonly kind: Kind;
  readonly source: Source;
  readonly #context: Context;
  readonly #keyring: Keyring;
  readonly #codec: CodecOf;
  readonly #askForKeyFrame: () => void;
  readonly #pen = new HoldingPen();
  readonly #tally = new Tally();
  #claim: Occupant | null | undefined;
  #occupant: Occupant | null = null;
  /** The RTP timestamp of the newest picture passed on. */
  #newest: number | null = null;
  #keyFrameAsked = -Infinity;
  #expiring = false;
  /** Frames passed on in the clear, and in which turn of the lock sealed ones came. */
  #clear = 0;
  #sealedIn = -1;
  /** Whose delta frames may go on a picture that began in the clear; 'anyone' just after it. */
  #continuing: Occupant | 'anyone' | null = null;

  constructor(
    context: Context,
    keyring: Keyring,
    options: StreamOptions & { side: 'receive' },
    askForKeyFrame: () => void,
  ) {
    this.#context = context;
    this.#keyring = keyring;
    this.name = options.slot;
    this.kind = options.kind;
    this.source = options.source ?? (options.kind === 'video' ? 'camera' : 'microphone');
    this.#codec = new CodecOf(options.side, options.kind, options.codec);
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
    this.#continuing = null;
  }

  /** What is known of keys or claims has changed: held frames may pass now. */
  reconsider(): void {
    for (const held of this.#pen.takeAll()) this.#consider(held);
  }

  report(): StreamStats {
    return {
      direction: 'receive',
      kind: this.kind,
      slot: this.name,
      ...this.#keyring.keys.describe(this.#occupant, this.#claim),
      clear: this.#clear,
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
    const { frame, output } = held;
    const { core, events, lock } = this.#context;
    const { keys } = this.#keyring;
    const started = this.#context.now();
    const { data } = frame;
    const size = this.#open(frame, data, started);
    if (typeof size !== 'number') {
      if (!SEALED.has(size.cause) && lock.admitsClear(started, this.#sealedIn)) return this.#passClear(frame, output);
      return this.#refuse(held, size);
    }
    this.#sealedIn = lock.turn;
    const { owner, keyFrame } = keys;
    const isNew = !same(this.#occupant, owner);
    const isShown = !isNew || this.kind === 'audio' || keyFrame;
    if (!isShown) {
      this.#wantKeyFrame(started);
      if (!this.#continues(owner, started)) return this.#drop('awaiting-key-frame');
    }
    keys.settle(this, started);
    const first = this.#note(frame);
    release(data);
    frame.data = core.openedFrame(size);
    output(frame);
    this.#tally.passed(size, keyFrame, this.#tally.isTimed ? this.#context.now() - started : null);
    if (!isNew || !isShown) return;
    this.#occupant = owner;
    this.#continuing = null;
    if (owner.endpoint !== '') events.occupant(this.name, owner, first);
  }

  #open(frame: EncodedFrame, data: ArrayBuffer, now: number): number | Refusal {
    const { core, samples } = this.#context;
    const { keys } = this.#keyring;
    const size = data.byteLength;
    if (size === 0) return { cause: 'empty' };
    const codec = this.#codec.of(frame);
    const wire = new Uint8Array(data);
    if (size > MAX_WIRE_BYTES || !core.write(wire)) return { cause: 'too-large' };
    // The codec is the server's word, and so no reason where the frame is not for this slot at all.
    if (codec === null) return { cause: keys.strays?.(this, size) ? 'claim-mismatch' : 'unsupported-codec' };
    if (samples.watching) samples.offer(this.name, this.kind, wire, keys.peek(codec, size), frame.type === 'key');
    return keys.open(this, frame, codec, size, now);
  }

  // Only as long as the app wants it so; see Lock. A picture that goes on sealed must not freeze, but
  // is nobody's until an authenticated key frame has replaced what came in the clear.
  #passClear(frame: EncodedFrame, output: Output): void {
    this.#occupant = null;
    this.#continuing = 'anyone';
    this.#clear++;
    this.#note(frame);
    output(frame);
  }

  /** Before a picture is passed on: where it stands in time, should it be somebody's first. */
  #note(frame: EncodedFrame): FirstPicture | null {
    if (this.kind === 'audio') return null;
    const rtpTimestamp = frame.timestamp ?? frame.getMetadata().rtpTimestamp;
    if (rtpTimestamp === undefined) return null;
    const after = this.#newest;
    if (after === null || ((rtpTimestamp - after) | 0) > 0) this.#newest = rtpTimestamp;
    return { rtpTimestamp, after };
  }

  #continues(owner: Occupant, now: number): boolean {
    if (!this.#context.lock.admitsRemains(now)) return false;
    if (this.#continuing === 'anyone') this.#continuing = owner;
    return this.#continuing !== null && same(this.#continuing, owner);
  }

  #refuse(held: HeldFrame, { cause, wait, who, missing }: Refusal): void {
    if (missing !== undefined) this.#context.events.keyMissing(this.name, missing);
    if (wait === undefined) return this.#drop(cause, who);
    for (const surplus of this.#pen.push({ ...held, cause, who })) this.#drop(surplus.cause, surplus.who);
    this.#expireLater();
  }

  #expireLater(): void {
    if (this.#expiring) return;
    this.#expiring = true;
    this.#context.later(HOLD_MILLISECONDS / 5, () => {
      this.#expiring = false;
      for (const { cause, who } of this.#pen.expire(this.#context.now())) this.#drop(cause, who);
      if (this.#pen.size > 0) this.#expireLater();
    });
  }

  #drop(cause: DropCause, who?: Who): void {
    this.#tally.dropped(cause);
    if (!QUIET.has(cause)) this.#context.events.decryptionFailed(this.name, cause, who);
  }

  #wantKeyFrame(now: number): void {
    if (now - this.#keyFrameAsked < KEY_FRAME_REQUEST_INTERVAL) return;
    this.#keyFrameAsked = now;
    this.#askForKeyFrame();
  }
}
