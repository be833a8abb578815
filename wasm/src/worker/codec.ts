import type { Kind } from '../types.js';
import type { EncodedFrame } from './frame.js';

/** The numbers of shared/media/codec.h. */
const CODECS = new Map([
  ['audio/opus', 1],
  ['audio/red', 1], // redundant Opus: several frames in one, sealed as a whole
  ['video/vp8', 2],
  ['video/vp9', 3],
  ['video/av1', 4],
  ['video/h264', 5],
  ['video/h265', 6],
]);

/**
 * Which codec a frame is of: the browser says so with every frame, because it can change; where it
 * does not, what the app said when it attached. Null: none that we can seal.
 *
 * A frame's metadata cost more to read than a small frame to seal. So they are read at a picture's
 * key frames (no decoder takes another codec up without one), and of sound that is sent until it is
 * Opus: all sound that is sealed is sealed alike. Of sound that comes they are read each time: a
 * server chooses the payload type, and Opus that is played as PCM is a loud noise.
 */
export class CodecOf {
  readonly #fallback: number | null;
  readonly #always: boolean;
  #current: number | null = null;

  constructor(side: 'send' | 'receive', kind: Kind, attachedAs: string | undefined) {
    this.#always = side === 'receive' && kind === 'audio';
    this.#fallback = CODECS.get(attachedAs?.toLowerCase() ?? '') ?? (kind === 'audio' ? 1 : null);
  }

  of(frame: EncodedFrame): number | null {
    if (this.#always || this.#current === null || frame.type === 'key') this.#current = this.#ask(frame);
    return this.#current;
  }

  #ask(frame: EncodedFrame): number | null {
    const mime = frame.getMetadata().mimeType;
    return mime === undefined ? this.#fallback : (CODECS.get(mime.toLowerCase()) ?? null);
  }
}
