// The members of a room link: whose frame it is, is decided by the key that opens it; the bridge's
// claim can only take away (security profile, section 8).
import type { Occupant, Source } from '../types.js';
import type { Context } from './context.js';
import type { Failure, FrameNumbers } from './core.js';
import type { EncodedFrame } from './frame.js';
import { KidTexts } from './kid_texts.js';
import type { LinkCore } from './link_core.js';
import type { Members } from './members.js';
import { causeOf, mismatch, same, type Opening, type Refusal, type Sealing, type Seat } from './opening.js';
import { Seats } from './seats.js';
import type { Session } from './session.js';

interface Held {
  readonly session: Session | null;
  readonly members: Members;
}

export class LinkKeys implements Opening, Sealing {
  readonly seats = new Seats<Seat>();
  readonly #context: Context;
  readonly #linkCore: LinkCore;
  readonly #held: Held;
  readonly #kids = new KidTexts();
  owner!: Occupant;
  keyFrame = false;
  #kid = '';

  constructor(context: Context, linkCore: LinkCore, held: Held) {
    this.#context = context;
    this.#linkCore = linkCore;
    this.#held = held;
  }

  open(seat: Seat, _: EncodedFrame, codec: number, size: number, now: number): number | Refusal {
    const { core } = this.#context;
    const { members, session } = this.#held;
    if (session === null) {
      return { cause: 'no-key', wait: true, missing: {} };
    }
    const numbers = core.peek(codec, size);
    if (typeof numbers === 'string') return { cause: 'malformed' };
    const kid = this.#kids.text(numbers.kidHigh, numbers.kidLow);
    const owner = members.owner(kid);
    if (owner === undefined) return { cause: 'unknown-key', wait: true, missing: { kid } };
    const refusal = mismatch(seat, owner);
    if (refusal !== null) return refusal;
    if (!this.seats.mayPlay(kid, seat, same(seat.claimed, owner), now)) return { cause: 'kid-in-use' };

    const opened = this.#linkCore.tryOpen(session.handle, codec, size);
    if (opened < 0) return { cause: causeOf(core.failure(opened)), who: { endpoint: owner.endpoint } };
    this.owner = owner;
    this.#kid = kid;
    this.keyFrame = core.lastFrame().keyFrame;
    return opened;
  }

  settle(seat: Seat, now: number): void {
    this.seats.take(this.#kid, seat, now);
  }

  peek(codec: number, size: number): FrameNumbers | null {
    const numbers = this.#context.core.peek(codec, size);
    return typeof numbers === 'string' ? null : numbers;
  }

  describe(occupant: Occupant | null): { occupant: Occupant | null } {
    return { occupant };
  }

  get ready(): boolean {
    return this.#held.session !== null;
  }

  seal(source: Source, codec: number, frame: EncodedFrame, size: number): ArrayBuffer | Failure {
    return this.#linkCore.seal(this.#held.session!.sealers[source].sealer, codec, frame.type === 'key', size);
  }
}
