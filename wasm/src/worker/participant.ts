// One participant's keys in the core (e2ee/participant.h): own media is sealed by the one that stands
// for oneself, everybody else's is opened by theirs.
import type { NewKey } from '../protocol.js';
import type { Core, Failure } from './core.js';
import type { EncodedFrame } from './frame.js';

export interface ParticipantExports {
  sotto_participant_create(format: number, suite: number, key256: number): number;
  sotto_participant_destroy(participant: number): void;
  sotto_participant_set_key(participant: number, index: number, kind: number, size: number, now: number): number;
  sotto_participant_use_key(participant: number, index: number, now: number): number;
  sotto_participant_ratchet(participant: number, index: number, now: number): number;
  sotto_participant_erase_key(participant: number, index: number): number;
  sotto_participant_expire(participant: number, now: number): void;
  sotto_participant_seal(
    participant: number,
    codec: number,
    keyFrame: number,
    context: number,
    ssrc: number,
    timestamp: number,
    size: number,
  ): number;
  sotto_participant_open(
    participant: number,
    codec: number,
    keyFrame: number,
    context: number,
    ssrc: number,
    timestamp: number,
    size: number,
    now: number,
  ): number;
  sotto_participant_key_frame(): number;
  sotto_participant_ratcheted(): number;
}

export class Participant {
  readonly #core: Core;
  readonly #handle: number;
  /** Indices that have been set, the newest last; whether several senders share that key. */
  readonly #indices = new Map<number, boolean>();
  #current: number | null = null;

  /** Null where this build does not carry the format or the suite; LiveKit's with AES-256 is its 1. */
  static create(core: Core, format: number, suite: number): Participant | null {
    const handle = core.exports.sotto_participant_create(format, suite, suite);
    return handle === 0 ? null : new Participant(core, handle);
  }

  private constructor(core: Core, handle: number) {
    this.#core = core;
    this.#handle = handle;
  }

  destroy(): void {
    this.#core.exports.sotto_participant_destroy(this.#handle);
  }

  get hasKey(): boolean {
    return this.#indices.size > 0;
  }

  /** The index that seals; null before the first use(). */
  get current(): number | null {
    return this.#current;
  }

  get newest(): number | undefined {
    return [...this.#indices.keys()].at(-1);
  }

  isShared(index: number): boolean {
    return this.#indices.get(index) === true;
  }

  /** The caller wipes `material`. */
  setKey(index: number, { kind, material }: NewKey, shared: boolean, now: number): Failure | null {
    if (!this.#core.write(material)) return 'too-large';
    const result = this.#core.exports.sotto_participant_set_key(this.#handle, index, kind, material.length, now);
    if (result < 0) return this.#core.failure(result);
    this.#indices.delete(index);
    this.#indices.set(index, shared);
    return null;
  }

  use(index: number, now: number): Failure | null {
    const result = this.#core.exports.sotto_participant_use_key(this.#handle, index, now);
    if (result < 0) return this.#core.failure(result);
    this.#current = index;
    return null;
  }

  ratchet(index: number, now: number): Failure | null {
    const result = this.#core.exports.sotto_participant_ratchet(this.#handle, index, now);
    return result < 0 ? this.#core.failure(result) : null;
  }

  erase(index: number): void {
    this.#core.exports.sotto_participant_erase_key(this.#handle, index);
    this.#indices.delete(index);
  }

  /** What has been seen of its frames is kept: the same key again must not let old ones back in. */
  eraseKeys(): void {
    for (const index of this.#indices.keys()) this.erase(index);
    this.#current = null;
  }

  expire(now: number): void {
    this.#core.exports.sotto_participant_expire(this.#handle, now);
  }

  seal(codec: number, frame: EncodedFrame, context: number, withTimes: boolean, size: number): number {
    let ssrc = 0;
    let timestamp = 0;
    if (withTimes) {
      const metadata = frame.getMetadata();
      ssrc = metadata.synchronizationSource ?? 0;
      timestamp = metadata.rtpTimestamp ?? frame.timestamp ?? 0;
    }
    const keyFrame = frame.type === 'key' ? 1 : 0;
    return this.#core.exports.sotto_participant_seal(this.#handle, codec, keyFrame, context, ssrc, timestamp, size);
  }

  open(codec: number, frame: EncodedFrame, context: number, size: number, now: number): number {
    const keyFrame = frame.type === 'key' ? 1 : 0;
    return this.#core.exports.sotto_participant_open(this.#handle, codec, keyFrame, context, 0, 0, size, now);
  }

  /** Of the frame last opened: the sender's word, where the format seals it. */
  isKeyFrame(): boolean {
    return this.#core.exports.sotto_participant_key_frame() !== 0;
  }

  /** Likewise: the index whose ratchet it has moved, or -1. */
  ratcheted(): number {
    return this.#core.exports.sotto_participant_ratcheted();
  }
}
