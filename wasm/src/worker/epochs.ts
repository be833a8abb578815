// A group's keys. worker.js loads this file and sotto-epochs.wasm when the page brings a group. The keys
// come from the group's worker, sealed for this module (room/frame_channel.h): this file carries
// ciphertext.
import { E2eeError } from '../errors.js';
import type { ToWorker } from '../protocol.js';
import { SOURCES } from '../types.js';
import type { Context } from './context.js';
import { EpochKeys } from './epoch_keys.js';
import type { FrameExports } from './frame_exports.js';
import type { Link, Streams } from './opening.js';

declare const self: DedicatedWorkerGlobalScope;

/** What sotto_frames_take tells. */
const EPOCH_BEGUN = 1;
const MEMBERS_ADDED = 2;
const ALL_GONE = 4;

/** Old epochs' keys go in time, also while nothing is received. */
const LOOK_EVERY = 500;
/** How often the others are told how far my streams are; a new stream is told at once. */
const STREAMS_EVERY = 1000;
/** Newcomers who come close together share a key frame; nobody can ask for one after the other by coming all the time. */
const KEY_FRAME_DELAY = 100;
const KEY_FRAMES_EVERY = 500;

interface GroupStreams extends Streams {
  makeKeyFrames(): void;
}

/** What worker.js knows a room link as; a group stands in its place. */
export class RoomLink implements Link {
  readonly keys: EpochKeys;
  readonly #context: Context;
  readonly #exports: FrameExports;
  readonly #streams: GroupStreams;
  #port: MessagePort | null = null;
  #keyFramesDue = false;
  #keyFramesMade = -KEY_FRAMES_EVERY;
  #told = '';
  /** What a commit says; nothing else switches encryption. */
  readonly #setLock: (on: boolean) => boolean;

  /** The context's core is sotto-epochs.wasm's; the page says in `messages` where the group is. */
  constructor(context: Context, streams: GroupStreams, _?: unknown, messages: EventTarget = self) {
    this.#context = context;
    this.#exports = context.core.exports as unknown as FrameExports;
    this.#streams = streams;
    this.keys = new EpochKeys(context, this.#exports, () => this.#tellStreams());
    const { lock } = context;
    const change = lock.switch.bind(lock);
    this.#setLock = (on) => change(on, context.now());
    lock.switch = () => {
      throw new E2eeError('wrong-mode', 'In a group, a moderator switches encryption, for everybody: setMediaEncrypted().');
    };
    messages.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<ToWorker>;
      if (data.type === 'group') this.#connect(data.port);
    });
    this.#look();
    this.#tellRegularly();
  }

  setKey(): never {
    throw wrongMode();
  }

  sealState(): never {
    throw wrongMode();
  }

  openState(): never {
    throw wrongMode();
  }

  /** Who is there, the group says. */
  forget(): void {}

  #connect(port: MessagePort): void {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Uint8Array>) => this.#take(data);
    const size = this.#exports.sotto_frames_public_key();
    port.postMessage(new Uint8Array(this.#context.core.sealedFrame(size) as ArrayBuffer));
  }

  #take(message: Uint8Array): void {
    const { core } = this.#context;
    if (!core.write(message)) return;
    const result = this.#exports.sotto_frames_take(message.length, this.#context.now());
    // Altered, or out of order: nobody does that but another script of this page. Frames wait for their key.
    if (result < 0) return console.error(`sotto-e2ee: a message of the group is ${core.failure(result)}`);
    if ((result & EPOCH_BEGUN) !== 0) this.#begin((result & MEMBERS_ADDED) !== 0);
    if ((result & ALL_GONE) !== 0) {
      this.keys.seats.clear();
      this.#streams.vacate();
    }
    this.#streams.reconsider();
  }

  #begin(membersAdded: boolean): void {
    const { core } = this.#context;
    const [high, low] = new Uint8Array(core.sealedFrame(2) as ArrayBuffer);
    const count = high! * 256 + low!;
    const removed = new DataView(core.sealedFrame(2 + 4 * count) as ArrayBuffer);
    for (let i = 0; i < count; i++) this.#gone(String(removed.getUint32(2 + 4 * i)));
    // Until then the core seals under the keys before, which everybody has.
    this.#context.later(KEY_FRAME_DELAY, () => this.#exports.sotto_frames_expire(this.#context.now()));
    if (this.#setLock(this.#exports.sotto_frames_media_encrypted() !== 0) || membersAdded) this.#makeKeyFrames();
  }

  #gone(member: string): void {
    for (const source of SOURCES) this.keys.forget(`${member} ${source}`);
    this.#streams.forget(member);
  }

  #makeKeyFrames(): void {
    if (this.#keyFramesDue) return;
    this.#keyFramesDue = true;
    const { later, now } = this.#context;
    later(Math.max(KEY_FRAME_DELAY, this.#keyFramesMade + KEY_FRAMES_EVERY - now()), () => {
      this.#keyFramesDue = false;
      this.#keyFramesMade = now();
      this.#streams.makeKeyFrames();
    });
  }

  #look(): void {
    this.#context.later(LOOK_EVERY, () => {
      this.#exports.sotto_frames_expire(this.#context.now());
      this.#look();
    });
  }

  #tellRegularly(): void {
    this.#context.later(STREAMS_EVERY, () => {
      this.#tellStreams();
      this.#tellRegularly();
    });
  }

  /** How many frames I have sealed is in every one of them in the clear: it crosses as it is. */
  #tellStreams(): void {
    if (this.#port === null) return;
    const streams = this.#context.core.sealedFrame(this.#exports.sotto_frames_streams());
    if (typeof streams === 'string') return;
    const bytes = new Uint8Array(streams);
    const text = bytes.join();
    if (text === this.#told) return;
    this.#told = text;
    this.#port.postMessage(bytes);
  }
}

function wrongMode(): E2eeError {
  return new E2eeError('wrong-mode', 'In a group, the group itself says who is there, and has the keys.');
}
