/** What sotto-epochs.wasm does beyond every core (group_frames_exports.cc). */
export interface FrameExports {
  sotto_frames_public_key(): number;
  sotto_frames_take(size: number, now: number): number;
  sotto_frames_media_encrypted(): number;
  sotto_frames_may_seal(): number;
  sotto_frames_seal(context: number, codec: number, keyFrame: number, size: number): number;
  sotto_frames_source(high: number, low: number): number;
  sotto_frames_open(codec: number, size: number, now: number): number;
  sotto_frames_lagged(): number;
  sotto_frames_streams(): number;
  sotto_frames_expire(now: number): void;
}
