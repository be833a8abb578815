// When a slot gets another occupant, the browser still displays what it had buffered of the one
// before, for as long as the bridge makes it buffer. So the tile gets its new name with the first
// picture that is displayed of the new occupant, not when that picture goes to the decoder.

import type {FirstPicture} from '@sotto/e2ee';

/** Tells the RTP timestamp of each displayed picture (undefined: the browser does not say); returns how to stop. */
export type WatchPictures = (track: MediaStreamTrack, onPicture: (rtpTimestamp: number | undefined) => void) => () => void;
export type SetTimer = (ms: number, action: () => void) => () => void;

/** No browser buffers pictures for longer. */
export const LONGEST_BUFFER_MS = 10_000;

export class FirstPictures {
  private readonly waiting = new Map<string, () => void>();

  constructor(private readonly watch: WatchPictures, private readonly setTimer: SetTimer) {}

  /** `shown` is called when the slot displays nothing of its former occupant any more. */
  expect(slot: string, track: MediaStreamTrack, first: FirstPicture, shown: () => void): void {
    this.waiting.get(slot)?.();
    this.waiting.set(slot, this.begin(track, first, () => {
      this.waiting.get(slot)?.();
      this.waiting.delete(slot);
      shown();
    }));
  }

  clear(): void {
    for (const stop of this.waiting.values()) stop();
    this.waiting.clear();
  }

  private begin(track: MediaStreamTrack, {rtpTimestamp, after}: FirstPicture, done: () => void): () => void {
    // A bridge that turns time back makes the two indistinguishable: then only waiting helps.
    if (after !== null && !isNewer(rtpTimestamp, after)) return this.setTimer(LONGEST_BUFFER_MS, done);
    return this.watch(track, (displayed) => {
      if (displayed === undefined || !isNewer(rtpTimestamp, displayed)) done();
    });
  }
}

/** RTP timestamps wrap around at 2^32. */
function isNewer(a: number, b: number): boolean {
  return ((a - b) | 0) > 0;
}

/** A video element of its own, outside the page: the tile's may come and go meanwhile. */
export const watchPictures: WatchPictures = (track, onPicture) => {
  const video = document.createElement('video');
  let stopped = false;
  const stop = () => {
    stopped = true;
    video.srcObject = null;
  };
  if (!('requestVideoFrameCallback' in video)) {
    queueMicrotask(() => !stopped && onPicture(undefined));
    return stop;
  }
  const next = () => void video.requestVideoFrameCallback((_now, {rtpTimestamp}) => {
    if (stopped) return;
    onPicture(rtpTimestamp);
    if (!stopped) next();
  });
  next();
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  void video.play().catch(() => undefined);
  return stop;
};
