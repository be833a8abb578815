/** What RTCEncodedVideoFrame and RTCEncodedAudioFrame have in common, as far as we use it. */
export interface EncodedFrame {
  data: ArrayBuffer;
  /** Video only. */
  readonly type?: 'key' | 'delta' | 'empty';
  /** The RTP timestamp, where metadata lack it (before Chromium 121). */
  readonly timestamp?: number;
  getMetadata(): { mimeType?: string; synchronizationSource?: number; rtpTimestamp?: number };
}

/** Where frames that may go on go. */
export type Output = (frame: EncodedFrame) => void;

/** An encoder's frame over this is refused: no encoder comes near. */
export const MAX_FRAME_BYTES = 4 << 20;
/** The same, sealed and in the worst shell. */
export const MAX_WIRE_BYTES = 7 << 20;

/** Below this a buffer is freed cheaper by the garbage collection than by hand. */
const WORTH_FREEING = 4096;

/** Frees a buffer now instead of at the next garbage collection: for large ones that counts. */
export function release(buffer: ArrayBuffer): void {
  if (buffer.byteLength >= WORTH_FREEING) (buffer as { transfer?(size: number): ArrayBuffer }).transfer?.(0);
}
