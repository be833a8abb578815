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
 */
export class CodecOf {
  readonly #fallback: number | null;
  #lastMime: string | undefined;
  #lastCodec: number | null = null;

  constructor(kind: Kind, attachedAs: string | undefined) {
    this.#fallback = CODECS.get(attachedAs?.toLowerCase() ?? '') ?? (kind === 'audio' ? 1 : null);
  }

  of(frame: EncodedFrame): number | null {
    const mime = frame.getMetadata().mimeType;
    if (mime === undefined) return this.#fallback;
    if (mime !== this.#lastMime) {
      this.#lastMime = mime;
      this.#lastCodec = CODECS.get(mime.toLowerCase()) ?? null;
    }
    return this.#lastCodec;
  }
}
