// Sotto's core alone, without streams, frames or copies: the last call that sealed a frame, again
// and again on the bytes that lie in the core's input.
import { core } from './capture.js';

export function sealAgain(times) {
  const { call, given } = core.lastSeal;
  const started = performance.now();
  for (let at = 0; at < times; at++) if (call(...given) < 0) throw new Error('the core refused');
  return (performance.now() - started) * 1000 / times;
}
