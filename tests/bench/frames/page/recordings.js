// What is put through the transforms: recorded frames of real encoders, and frames of one size.
// A record is u32 length, u8 flags (1: key frame, 2: audio), u32 time stamp, two layer indexes, bytes.
const RECORD_HEADER = 11;
const CODECS = { opus: 'audio/opus', vp8: 'video/VP8', vp9: 'video/VP9', h264: 'video/H264', av1: 'video/AV1' };

/** [{bytes, key}] of one kind of frame, and its mime type. */
export async function recordedFrames(name) {
  const buffer = await (await fetch(`/recordings/${name}.bin`)).arrayBuffer();
  const view = new DataView(buffer);
  const frames = [];
  for (let at = 0; at < buffer.byteLength;) {
    const size = view.getUint32(at, true);
    frames.push({ bytes: buffer.slice(at + RECORD_HEADER, at + RECORD_HEADER + size), key: (view.getUint8(at + 4) & 1) === 1 });
    at += RECORD_HEADER + size;
  }
  return { mime: CODECS[name.split('-')[0]], frames };
}

/** Delta frames of VP8 by name; nothing in them but their first byte is VP8. */
export function syntheticFrames(size, count, key = false) {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  bytes[0] = 0x11;
  return { mime: 'video/VP8', frames: new Array(count).fill({ bytes: bytes.buffer, key }) };
}
