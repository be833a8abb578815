// What a bridge can do to sealed frames on their way; each works on video while `state.on`.
const isVideo = (frame) => 'type' in frame;
const copyOf = (frame) => frame.data.slice(0);

// One bit in the middle of the ciphertext.
export const flipBit = (state) => (frame) => {
  if (state.on && isVideo(frame)) {
    const bytes = new Uint8Array(copyOf(frame));
    bytes[bytes.length >> 1] ^= 1;
    frame.data = bytes.buffer;
  }
  return [frame];
};

// Every frame twice: first an old one's bytes in a frame of its own, then the real one.
export const replay = (state) => {
  const tape = [];
  let next = 0;
  return (frame) => {
    if (!isVideo(frame)) return [frame];
    if (tape.length < 10) tape.push(copyOf(frame));
    if (!state.on) return [frame];
    const again = new RTCEncodedVideoFrame(frame);
    again.data = tape[next++ % tape.length].slice(0);
    return [again, frame];
  };
};

// A frame of a real encoder, unsealed, in place of each sealed one.
export const clearFrames = (state) => {
  const key = [0x30, 0x01, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00, 0x00, 0x47, 0x08, 0x85, 0x85, 0x88];
  return (frame) => {
    if (state.on && isVideo(frame)) frame.data = Uint8Array.from([...key, ...new Array(40).fill(0x99)]).buffer;
    return [frame];
  };
};
