// A room link: its key, and what its members say of themselves. worker.js loads this file and
// sotto-link.wasm when the page brings a link.
import { E2eeError } from '../errors.js';
import type { KeyMaterial } from '../key_provider.js';
import type { MemberState } from '../types.js';
import type { Context } from './context.js';
import { LinkCore } from './link_core.js';
import { LinkKeys } from './link_keys.js';
import { Members } from './members.js';
import type { Link, Streams } from './opening.js';
import { createSession, destroySession, type Session } from './session.js';
import { openState, sealState } from './state.js';

export class RoomLink implements Link {
  readonly members = new Members();
  session: Session | null = null;
  readonly keys: LinkKeys;
  readonly #core: LinkCore;
  readonly #streams: Streams;
  readonly #wallClock: () => number;
  #seq = 0;

  /** The context's core is sotto-link.wasm's. */
  constructor(context: Context, streams: Streams, wallClock: () => number) {
    this.#core = new LinkCore(context.core);
    this.#streams = streams;
    this.#wallClock = wallClock;
    this.keys = new LinkKeys(context, this.#core, this);
  }

  setKey(material: KeyMaterial): void {
    const session = createSession(this.#core, material);
    if (session === null) throw new E2eeError('bad-link', 'This link holds no usable key: ask for the whole link again.');
    if (this.session !== null) destroySession(this.#core, this.session);
    this.session = session;
    this.members.clear();
    this.keys.seats.clear();
    this.#streams.vacate();
  }

  sealState(endpoint: string, state: MemberState): string {
    // Of the clock, so that it also rises when a reloaded page keeps its endpoint.
    this.#seq = Math.max(this.#seq + 1, this.#wallClock());
    return sealState(this.#core, this.#required(), endpoint, state, this.#seq);
  }

  openState(endpoint: string, sealed: string): MemberState {
    const session = this.#required();
    const { members } = this;
    const { state, seq, kids } = openState(this.#core, session, endpoint, sealed);
    if (members.isStale(endpoint, seq)) {
      throw new E2eeError('replayed', 'The bridge has repeated an older state of this member: keep the newer one.');
    }
    const own = new Set(Object.values(session.sealers).map((sealer) => sealer.kid));
    const { added, removed } = members.update(endpoint, seq, kids, own);
    for (const kid of removed) this.#withdraw(session, kid);
    // First, because the core's list is full as well.
    const surplus = members.surplus();
    if (surplus !== undefined) this.#streams.forget(surplus);
    for (const kid of added) this.#core.announce(session.handle, kid);
    this.#streams.reconsider();
    return state;
  }

  forget(endpoint: string): void {
    const kids = this.members.forget(endpoint);
    if (this.session !== null) for (const kid of kids) this.#withdraw(this.session, kid);
  }

  #required(): Session {
    if (this.session !== null) return this.session;
    throw new E2eeError('no-key', 'There is no key yet: call setKeyProvider() first.');
  }

  #withdraw(session: Session, kid: string): void {
    this.#core.withdraw(session.handle, kid);
    this.keys.seats.forget(kid);
  }
}
