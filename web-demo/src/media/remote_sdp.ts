// What a bridge may not have: the playout delay extension would let it stretch the buffer out of which
// pictures are displayed, as long as it likes.

const PLAYOUT_DELAY = /^a=extmap:\d+(\/[a-z]+)? [^ \r\n]*\/playout-delay\b[^\r\n]*\r?\n/gm;

export function withoutPlayoutDelay(sdp: string): string {
  return sdp.replace(PLAYOUT_DELAY, '');
}
