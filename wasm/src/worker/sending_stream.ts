import type { StreamOptions } from '../protocol.js';
import type { DropCause, Kind, Source, StreamStats } from '../types.js';
import { CodecOf } from './codec.js';
import type { Context, Keyring } from './context.js';
import { isFatal } from './core.js';
import { MAX_FRAME_BYTES, release, type EncodedFrame, type Output } from './frame.js';
import { Tally } from './tally.js';

/** What became of a sender's latest frame. */
type Fate = 'sealed' | 'dropped' | 'clear';

/**
 * Seals one sender's frames. What cannot be sealed is dropped: nothing leaves in the clear, unless the
 * app has switched encryption off.
 */
export class SendingStream {
  readonly source: Source;
  readonly #kind: Kind;
  readonly #context: Context;
  readonly #keyring: Keyring;
  readonly #codec: CodecOf;
  readonly #makeKeyFrame: () => void;
  readonly #tally = new Tally();
  #clear = 0;
  #fate: Fate | null = null;

  constructor(
    context: Context,
    keyring: Keyring,
    options: StreamOptions & { side: 'send' },
    makeKeyFrame: () => void,
  ) {
    this.#context = context;
    this.#keyring = keyring;
    this.source = options.source;
    this.#kind = options.kind;
    this.#codec = new CodecOf(options.side, options.kind, options.codec);
    this.#makeKeyFrame = makeKeyFrame;
  }

  send(frame: EncodedFrame, output: Output): void {
    try {
      this.#seal(frame, output);
    } catch (error) {
      if (isFatal(error)) throw error;
      this.#drop('failed');
    }
  }

  /** The encoder's next picture stands by itself. */
  makeKeyFrame(): void {
    if (this.#kind === 'video') this.#makeKeyFrame();
  }

  report(): StreamStats {
    const { source } = this;
    return { direction: 'send', kind: this.#kind, source, clear: this.#clear, ...this.#tally.report() };
  }

  #seal(frame: EncodedFrame, output: Output): void {
    const { core, lock } = this.#context;
    const { keys } = this.#keyring;
    const started = this.#tally.isTimed ? this.#context.now() : null;
    if (!lock.on) {
      output(frame);
      this.#clear++;
      return this.#say('clear');
    }
    if (!keys.ready) {
      this.#say('dropped');
      return this.#drop('no-key');
    }
    const codec = this.#codec.of(frame);
    if (codec === null) return this.#drop('unsupported-codec');
    const { data } = frame;
    const size = data.byteLength;
    // Browsers send nothing for it, and a decoder could do nothing with it.
    if (size === 0) return this.#drop('empty');
    if (size > MAX_FRAME_BYTES || !core.write(new Uint8Array(data))) return this.#drop('too-large');
    release(data);

    const keyFrame = frame.type === 'key';
    const sealed = keys.seal(this.source, codec, frame, size);
    if (typeof sealed === 'string') return this.#drop(CAUSES[sealed] ?? 'failed');
    frame.data = sealed;
    output(frame);
    this.#tally.passed(size, keyFrame, started === null ? null : this.#context.now() - started);
    // Receivers can do nothing with what follows the frames that were dropped.
    if (this.#fate === 'dropped' && !keyFrame) this.makeKeyFrame();
    this.#say('sealed');
  }

  #drop(cause: DropCause): void {
    this.#tally.dropped(cause);
  }

  #say(fate: Fate): void {
    if (this.#fate === fate) return;
    this.#fate = fate;
    this.#context.events.sending(this.source, fate === 'sealed', fate === 'clear');
  }
}

/** An encoder's frame that the format cannot parse, or carry. */
const CAUSES: Partial<Record<string, DropCause>> = { malformed: 'malformed', unsupported: 'unsupported-codec' };
