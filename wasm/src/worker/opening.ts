import type { KeyMaterial } from '../key_provider.js';
import { kindOf, type DropCause, type MemberState, type Occupant, type Source, type StreamStats } from '../types.js';
import type { Failure, FrameNumbers } from './core.js';
import type { Who } from './events.js';
import type { EncodedFrame } from './frame.js';

/** Why a frame does not open. */
export interface Refusal {
  cause: DropCause;
  /** A key or a claim that is on its way may still open it. */
  wait?: true;
  /** Whose frame it would have been. */
  who?: Who;
  /** That key is missing: the page is to be told. */
  missing?: { kid?: string; participant?: string };
}

/** What a receiving slot is, to those who open its frames. */
export interface Seat {
  readonly kind: 'audio' | 'video';
  readonly source: Source;
  readonly claimed: Occupant | null | undefined;
  vacate(): void;
}

/** Whose keys open frames: members' of a room link, or those that the app hands out. */
export interface Opening {
  /**
   * Opens the frame that lies in the core's input and returns its size; core.openedFrame() gives it.
   * `owner` and `keyFrame` then say whose it is.
   */
  open(seat: Seat, frame: EncodedFrame, codec: number, size: number, now: number): number | Refusal;
  /** Whether a frame in the core's input, whose codec nobody seals, is of another stream than the seat is for. */
  strays?(seat: Seat, size: number): boolean;
  /** The frame last opened will be passed on. */
  settle(seat: Seat, now: number): void;
  readonly owner: Occupant;
  readonly keyFrame: boolean;
  /** What can be read of the frame in the core's input without a key. */
  peek(codec: number, size: number): FrameNumbers | null;
  /** How statistics name who sits in a slot. */
  describe(occupant: Occupant | null, claim: Occupant | null | undefined): Pick<StreamStats, 'occupant' | 'participant' | 'lagging'>;
}

/** What seals: likewise. */
export interface Sealing {
  readonly ready: boolean;
  /** Seals the frame that lies in the core's input. */
  seal(source: Source, codec: number, frame: EncodedFrame, size: number): ArrayBuffer | Failure;
}

/** A room link, as the streams know it; link.ts. */
export interface Link {
  readonly keys: Opening & Sealing;
  setKey(material: KeyMaterial): void;
  sealState(endpoint: string, state: MemberState): string;
  openState(endpoint: string, sealed: string): MemberState;
  forget(endpoint: string): void;
}

/** The streams, as a link knows them. */
export interface Streams {
  /** Whoever is heard from now on is new in every slot. */
  vacate(): void;
  /** Keys have come: held frames may pass now. */
  reconsider(): void;
  forget(endpoint: string): void;
}

/** The number of a codec whose frames are sealed whole, with nothing around them. */
export const WHOLE = 3;

/** The slot's kind and the bridge's claim can only take away. */
export function mismatch(seat: Seat, owner: Occupant): Refusal | null {
  if (kindOf(owner.source) !== seat.kind) return { cause: 'claim-mismatch', who: { endpoint: owner.endpoint } };
  return seat.claimed === undefined || same(seat.claimed, owner) ? null : { cause: 'claim-mismatch', wait: true };
}

export function same(a: Occupant | null | undefined, b: Occupant | null): boolean {
  return !!a && !!b && a.endpoint === b.endpoint && a.source === b.source;
}

const CAUSES: Partial<Record<Failure, DropCause>> = {
  truncated: 'malformed',
  malformed: 'malformed',
  'too-large': 'too-large',
  unauthenticated: 'unauthenticated',
  'unknown-key': 'unknown-key',
  expired: 'expired-key',
  replayed: 'replayed',
  'too-old': 'too-old',
  'wrong-state': 'wrong-codec',
  unsupported: 'unsupported-codec',
};

export function causeOf(failure: Failure): DropCause {
  return CAUSES[failure] ?? 'failed';
}
