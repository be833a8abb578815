// Reads what the module tells; group_events.h says how it is written.
import { encodeBase64url } from '../../base64url.js';
import type { GroupEvent, GroupMember, GroupState, JoinPolicy, Reachability, Standing } from '../types.js';

const STATES: readonly GroupState[] = ['new', 'joining', 'in', 'rejoining', 'leaving', 'over'];
const REASONS = ['left', 'kicked', 'replaced'] as const;
const GONE_REASONS = ['left', 'removed', 'kicked', 'rejoined'] as const;
const REACHABILITIES: readonly Reachability[] = ['unconfirmed', 'present', 'unreachable'];
const ANSWERS = ['none', 'asked', 'locked'] as const;
const STANDINGS: readonly Standing[] = ['new', 'pinned', 'verified', 'changed'];
export const JOIN_POLICIES: readonly JoinPolicy[] = ['open', 'knock', 'locked'];

export const ENDPOINT_SIZE = 16;
const NOBODY = 0xffffffff;
const text = new TextDecoder();

export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  uint(size: number): number {
    let value = 0;
    for (const byte of this.bytes(size)) value = value * 256 + byte;
    return value;
  }

  flag(): boolean {
    return this.uint(1) !== 0;
  }

  /** A copy. */
  bytes(size: number): Uint8Array<ArrayBuffer> {
    if (this.#at + size > this.#bytes.length) throw new Error('the group module told less than it should');
    this.#at += size;
    return this.#bytes.slice(this.#at - size, this.#at) as Uint8Array<ArrayBuffer>;
  }

  rest(): Uint8Array<ArrayBuffer> {
    return this.bytes(this.#bytes.length - this.#at);
  }

  text(): string {
    return text.decode(this.bytes(this.uint(2)));
  }

  leaf(): string {
    return String(this.uint(4));
  }

  leafOrNobody(): string | null {
    const leaf = this.uint(4);
    return leaf === NOBODY ? null : String(leaf);
  }

  endpoint(): string {
    return encodeBase64url(this.bytes(ENDPOINT_SIZE));
  }

  hex(size: number): string {
    return Array.from(this.bytes(size), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  identity(): string {
    return this.hex(32);
  }

  one<T>(names: readonly T[]): T {
    return names[this.uint(1)]!;
  }

  list<T>(each: () => T): T[] {
    return Array.from({ length: this.uint(2) }, each);
  }
}

function readMember(from: Reader): GroupMember {
  const id = from.leaf();
  const identity = from.identity();
  const name = from.text();
  const bits = from.uint(1);
  const reachability = from.one(REACHABILITIES);
  const standing = from.one(STANDINGS);
  const marks = from.uint(1);
  return {
    id,
    identity,
    name,
    self: (bits & 1) !== 0,
    moderator: (bits & 2) !== 0,
    reachability,
    standing,
    caughtUp: (bits & 4) !== 0,
    marks: {
      publishes: (marks & 1) !== 0,
      microphoneMuted: (marks & 2) !== 0,
      cameraOff: (marks & 4) !== 0,
      handRaised: (marks & 8) !== 0,
    },
    endpoint: (bits & 8) === 0 ? null : from.endpoint(),
  };
}

export function readMembers(bytes: Uint8Array): GroupMember[] {
  const from = new Reader(bytes);
  return from.list(() => readMember(from));
}

/** By the number that stands first. Object literals are read in the order in which they are written. */
const READERS: readonly ((from: Reader) => GroupEvent)[] = [
  (from) => ({ type: 'stateChanged', detail: { state: from.one(STATES) } }),
  (from) => ({ type: 'ended', detail: { reason: from.one(REASONS) } }),
  (from) => ({ type: 'memberChanged', detail: readMember(from) }),
  (from) => ({
    type: 'memberGone',
    detail: { id: from.leaf(), name: from.text(), reason: from.one(GONE_REASONS), by: from.leaf() },
  }),
  (from) => ({ type: 'removalsPending', detail: { names: from.list(() => from.text()) } }),
  (from) => ({
    type: 'chat',
    detail: {
      id: from.leaf(),
      number: from.uint(4),
      missing: from.uint(4),
      unseen: from.flag(),
      name: from.text(),
      text: from.text(),
    },
  }),
  (from) => ({ type: 'chatDelivered', detail: { number: from.uint(4) } }),
  (from) => ({ type: 'reaction', detail: { id: from.leaf(), reaction: from.text() } }),
  (from) => ({ type: 'directCall', detail: { id: from.leaf(), message: from.rest() } }),
  (from) => ({ type: 'linkChanged', detail: { generation: from.uint(4), fragment: from.text() } }),
  (from) => ({
    type: 'roomChanged',
    detail: {
      joinPolicy: from.one(JOIN_POLICIES),
      mediaEncrypted: from.flag(),
      permanent: from.flag(),
      moderator: from.flag(),
      by: from.leafOrNobody(),
    },
  }),
  (from) => ({
    type: 'joinRequested',
    detail: { endpoint: from.endpoint(), identity: from.identity(), name: from.text(), standing: from.one(STANDINGS) },
  }),
  (from) => ({ type: 'joinWithdrawn', detail: { endpoint: from.endpoint() } }),
  (from) => ({
    type: 'codeShown',
    detail: {
      code: from.hex(7),
      symbols: Array.from({ length: 7 }, () => ({ emoji: from.text(), word: from.text() })),
      participants: from.list(() => from.leaf()),
    },
  }),
  (from) => ({ type: 'heardByOthers', detail: { heard: from.flag() } }),
  (from) => ({ type: 'trouble', detail: { code: from.text() } }),
  (from) => ({ type: 'chatHeldBack', detail: { id: from.leaf(), name: from.text(), missing: from.uint(4) } }),
  (from) => ({ type: 'othersApart', detail: { apart: from.flag(), stays: from.flag() } }),
  (from) => ({ type: 'answered', detail: { answer: from.one(ANSWERS) } }),
];

export function readEvent(bytes: Uint8Array): GroupEvent {
  const from = new Reader(bytes);
  return READERS[from.uint(1) - 1]!(from);
}
