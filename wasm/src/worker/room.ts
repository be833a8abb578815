// All streams and keys of the worker; what the page asks for is done here.
import { E2eeError } from '../errors.js';
import type { KeyMaterial } from '../key_provider.js';
import type { Format } from '../formats.js';
import type { KeyRequest, StreamOptions } from '../protocol.js';
import type { Occupant, StreamStats } from '../types.js';
import type { Context, Keyring } from './context.js';
import type { ExternalKeys } from './external_keys.js';
import type { Link, Opening, Sealing, Streams } from './opening.js';
import { SendingStream } from './sending_stream.js';
import { Slot } from './slot.js';

export class Room implements Keyring, Streams {
  readonly #context: Context;
  readonly #format: Format;
  #externalKeys: ExternalKeys | null;
  #link: Link | null = null;
  readonly #slots = new Map<string, Slot>();
  readonly #senders: SendingStream[] = [];
  /** Claims may come before their slot. */
  readonly #claims = new Map<string, Occupant | null>();

  /** `externalKeys` null: the keys will be a room link's; bring it before anything else. */
  constructor(context: Context, format: Format, externalKeys: ExternalKeys | null) {
    this.#context = context;
    this.#format = format;
    this.#externalKeys = externalKeys;
  }

  get keys(): Opening & Sealing {
    return this.#externalKeys ?? this.#link!.keys;
  }

  /** Whether a room link has still to be brought before its key can be taken. */
  get awaitsLink(): boolean {
    return this.#link === null && this.#format === 'sotto' && !this.#externalKeys?.used;
  }

  /** Throws E2eeError where there is none. */
  get link(): Link {
    if (this.#link !== null) return this.#link;
    if (!this.awaitsLink) throw wrongMode();
    throw new E2eeError('no-key', 'There is no key yet: call setKeyProvider() first.');
  }

  bring(link: Link): void {
    this.#externalKeys?.end();
    this.#externalKeys = null;
    this.#link = link;
  }

  setKey(material: KeyMaterial): void {
    try {
      this.link.setKey(material);
    } finally {
      material.secret.fill(0);
    }
  }

  /** What takes a while of it, so that manageKeys() does not. */
  async prepare(request: KeyRequest): Promise<void> {
    if ('material' in request) await this.#externalKeys?.prepare(request);
  }

  /** What the app asks of keys that it hands out itself. */
  manageKeys(request: KeyRequest): number | void {
    try {
      const keys = this.#externalKeys;
      if (keys === null) throw wrongMode();
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
      this.reconsider();
    }
  }

  switchTo(on: boolean): void {
    if (!this.#context.lock.switch(on, this.#context.now())) return;
    // What receivers show goes on, and soon stands on nothing that came in the clear.
    if (on) this.makeKeyFrames();
    else this.reconsider();
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

  forget(endpoint: string): void {
    this.#externalKeys?.forget(endpoint);
    this.#link?.forget(endpoint);
    for (const slot of this.#slots.values()) {
      if (slot.occupant?.endpoint === endpoint) slot.vacate();
    }
  }

  vacate(): void {
    for (const slot of this.#slots.values()) slot.vacate();
  }

  reconsider(): void {
    for (const slot of this.#slots.values()) slot.reconsider();
  }

  stats(): StreamStats[] {
    return [...this.#senders, ...this.#slots.values()].map((stream) => stream.report());
  }

  #setClaim(name: string, occupant: Occupant | null): void {
    this.#claims.set(name, occupant);
    this.#slots.get(name)?.claim(occupant);
  }
}

function wrongMode(): E2eeError {
  return new E2eeError(
    'wrong-mode',
    'This E2ee has its keys from elsewhere: room links and keys of the app each need an E2ee.create() of their own.',
  );
}
