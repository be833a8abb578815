// All streams, members and keys of the worker; what the page asks for is done here.
import { E2eeError } from '../errors.js';
import type { KeyMaterial } from '../key_provider.js';
import type { Format } from '../formats.js';
import type { KeyRequest, StreamOptions } from '../protocol.js';
import type { MemberState, Occupant, StreamStats } from '../types.js';
import type { Context, Keyring } from './context.js';
import { ExternalKeys } from './external_keys.js';
import { LinkKeys } from './link_keys.js';
import { SendingStream } from './sending_stream.js';
import { createSession, destroySession, type Session } from './session.js';
import { Slot } from './slot.js';
import { openState, sealState } from './state.js';

export class Room implements Keyring {
  readonly #context: Context;
  readonly #wallClock: () => number;
  readonly format: Format;
  readonly #suite: number;
  readonly #linkKeys: LinkKeys;
  #externalKeys: ExternalKeys | null = null;
  readonly #slots = new Map<string, Slot>();
  readonly #senders: SendingStream[] = [];
  /** Claims may come before their slot. */
  readonly #claims = new Map<string, Occupant | null>();
  #seq = 0;

  constructor(context: Context, wallClock: () => number, format: Format = 'sotto', suite = 0) {
    this.#context = context;
    this.#wallClock = wallClock;
    this.format = format;
    this.#suite = suite;
    this.#linkKeys = new LinkKeys(context);
    if (format !== 'sotto' || suite !== 0) this.#external();
  }

  get keys(): LinkKeys | ExternalKeys {
    return this.#externalKeys ?? this.#linkKeys;
  }

  setKey(material: KeyMaterial): void {
    try {
      this.#begin(material);
    } finally {
      material.secret.fill(0);
    }
  }

  #begin(material: KeyMaterial): void {
    if (this.#externalKeys !== null) throw wrongMode();
    const session = createSession(this.#context.core, material);
    if (session === null) throw new E2eeError('bad-link', 'This link holds no usable key: ask for the whole link again.');
    const { members, core } = this.#context;
    if (this.#context.session !== null) destroySession(core, this.#context.session);
    this.#context.session = session;
    members.clear();
    this.#linkKeys.seats.clear();
    for (const slot of this.#slots.values()) slot.vacate();
  }

  /** What the app asks of keys that it hands out itself. */
  manageKeys(request: KeyRequest): number | void {
    try {
      const keys = this.#external();
      switch (request.type) {
        case 'set-key':
          return keys.setKey(request, request.index, request.use);
        case 'rotate':
          return keys.rotate(request, request.index);
        case 'use-key':
          return keys.use(request.index);
        case 'ratchet':
          return keys.ratchet(request.whose);
      }
    } finally {
      if ('material' in request) request.material.fill(0);
      this.#reconsider();
    }
  }

  switchTo(on: boolean): void {
    if (!this.#context.lock.switch(on, this.#context.now())) return;
    // What receivers show goes on, and soon stands on nothing that came in the clear.
    if (on) this.makeKeyFrames();
    else this.#reconsider();
  }

  makeKeyFrames(): void {
    for (const sender of this.#senders) sender.makeKeyFrame();
  }

  addSender(options: StreamOptions & { side: 'send' }, makeKeyFrame: () => void): SendingStream {
    const sender = new SendingStream(this.#context, this, options, makeKeyFrame);
    this.#senders.push(sender);
    return sender;
  }

  /** A second receiver for a slot takes over: it has a decoder of its own. The first plays nothing more. */
  addReceiver(options: StreamOptions & { side: 'receive' }, askForKeyFrame: () => void): Slot {
    const slot = new Slot(this.#context, this, options, askForKeyFrame);
    this.#slots.get(slot.name)?.claim(null);
    this.#slots.set(slot.name, slot);
    if (this.#claims.has(slot.name)) slot.claim(this.#claims.get(slot.name));
    return slot;
  }

  removeSender(sender: SendingStream): void {
    const at = this.#senders.indexOf(sender);
    if (at >= 0) this.#senders.splice(at, 1);
  }

  removeReceiver(slot: Slot): void {
    if (this.#slots.get(slot.name) === slot) this.#slots.delete(slot.name);
  }

  claim(name: string, occupant: Occupant | null): void {
    // Nobody sits in two places: a new claim ends an older one of the same stream elsewhere.
    for (const [other, claimed] of this.#claims) {
      if (other === name || !occupant || claimed?.endpoint !== occupant.endpoint) continue;
      if (claimed.source === occupant.source) this.#setClaim(other, null);
    }
    this.#setClaim(name, occupant);
  }

  sealState(endpoint: string, state: MemberState): string {
    // Of the clock, so that it also rises when a reloaded page keeps its endpoint.
    this.#seq = Math.max(this.#seq + 1, this.#wallClock());
    return sealState(this.#context.core, this.#session(), endpoint, state, this.#seq);
  }

  openState(endpoint: string, sealed: string): MemberState {
    const session = this.#session();
    const { core, members } = this.#context;
    const { state, seq, kids } = openState(core, session, endpoint, sealed);
    if (members.isStale(endpoint, seq)) {
      throw new E2eeError('replayed', 'The bridge has repeated an older state of this member: keep the newer one.');
    }
    const own = new Set(Object.values(session.sealers).map((sealer) => sealer.kid));
    const { added, removed } = members.update(endpoint, seq, kids, own);
    for (const kid of removed) this.#withdraw(session, kid);
    // First, because the core's list is full as well.
    const surplus = members.surplus();
    if (surplus !== undefined) this.forget(surplus);
    for (const kid of added) core.announce(session.handle, kid);
    this.#reconsider();
    return state;
  }

  forget(endpoint: string): void {
    const { members, session } = this.#context;
    this.#externalKeys?.forget(endpoint);
    const kids = members.forget(endpoint);
    if (session !== null) for (const kid of kids) this.#withdraw(session, kid);
    for (const slot of this.#slots.values()) {
      if (slot.occupant?.endpoint === endpoint) slot.vacate();
    }
  }

  stats(): StreamStats[] {
    return [...this.#senders, ...this.#slots.values()].map((stream) => stream.report());
  }

  #setClaim(name: string, occupant: Occupant | null): void {
    this.#claims.set(name, occupant);
    this.#slots.get(name)?.claim(occupant);
  }

  #external(): ExternalKeys {
    if (this.#context.session !== null) throw wrongMode();
    this.#externalKeys ??= new ExternalKeys(this.#context, this.format, this.#suite);
    return this.#externalKeys;
  }

  #reconsider(): void {
    for (const slot of this.#slots.values()) slot.reconsider();
  }

  #session(): Session {
    if (this.#context.session === null) {
      throw new E2eeError('no-key', 'There is no key yet: call setKeyProvider() first.');
    }
    return this.#context.session;
  }

  #withdraw(session: Session, kid: string): void {
    this.#context.core.withdraw(session.handle, kid);
    this.#linkKeys.seats.forget(kid);
  }
}

function wrongMode(): E2eeError {
  return new E2eeError(
    'wrong-mode',
    'This E2ee has its keys from elsewhere: room links and keys of the app each need an E2ee.create() of their own.',
  );
}
