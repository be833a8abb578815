import type { DropCause, Kind, Source, StreamStats } from '../types.js';
import { CodecOf } from './codec.js';
import type { Context } from './context.js';
import { isFatal } from './core.js';
import { MAX_FRAME_BYTES, release, type EncodedFrame, type Output } from './frame.js';
import { Tally } from './tally.js';

/** Seals one sender's frames. What cannot be sealed is dropped: nothing ever leaves in the clear. */
export class SendingStream {
  readonly source: Source;
  readonly #kind: Kind;
  readonly #context: Context;
  readonly #codec: CodecOf;
  readonly #tally = new Tally();
  #said: boolean | null = null;

  constructor(context: Context, options: { source: Source; kind: Kind; codec: string | undefined }) {
    this.#context = context;
    this.source = options.source;
    this.#kind = options.kind;
    this.#codec = new CodecOf(options.kind, options.codec);
  }

  send(frame: EncodedFrame, output: Output): void {
    try {
      this.#seal(frame, output);
    } catch (error) {
      if (isFatal(error)) throw error;
      this.#drop('failed');
    }
  }

  report(): StreamStats {
    return { direction: 'send', kind: this.#kind, source: this.source, clear: 0, ...this.#tally.report() };
  }

  #seal(frame: EncodedFrame, output: Output): void {
    const { core, session } = this.#context;
    const started = this.#context.now();
    if (session === null) {
      this.#say(false);
      return this.#drop('no-key');
    }
    const codec = this.#codec.of(frame);
    if (codec === null) return this.#drop('unsupported-codec');
    const size = frame.data.byteLength;
    if (size > MAX_FRAME_BYTES || !core.write(new Uint8Array(frame.data))) return this.#drop('too-large');
    release(frame.data);

    const keyFrame = frame.type === 'key';
    const sealed = core.seal(session.sealers[this.source].sealer, codec, keyFrame, size);
    if (typeof sealed === 'string') return this.#drop(sealed === 'malformed' ? 'malformed' : 'failed');
    frame.data = sealed;
    output(frame);
    this.#tally.passed(size, keyFrame, this.#context.now() - started);
    this.#say(true);
  }

  #drop(cause: DropCause): void {
    this.#tally.dropped(cause);
  }

  #say(sealed: boolean): void {
    if (this.#said === sealed) return;
    this.#said = sealed;
    this.#context.events.sending(this.source, sealed, false);
  }
}
