// Frames cannot be made from nothing: each is a copy of one that a real encoder sent, with other
// bytes in it. This keeps one of each kind that passes through a transform, and lets them all pass.
const originals = new Map();

export function keepOriginals({ readable, writable }) {
  readable.pipeThrough(new TransformStream({
    transform(frame, controller) {
      originals.set(nameOf(frame.getMetadata().mimeType, frame.type === 'key'), copyOf(frame));
      controller.enqueue(frame);
    },
  })).pipeTo(writable).catch(() => undefined);
}

export const known = () => [...originals.keys()];

export function makeFrame(mime, key, bytes) {
  const frame = copyOf(originals.get(nameOf(mime, key)));
  frame.data = bytes;
  return frame;
}

function nameOf(mime, key) {
  return `${mime.toLowerCase()} ${key && mime.startsWith('video') ? 'key' : 'delta'}`;
}

function copyOf(frame) {
  return 'type' in frame ? new RTCEncodedVideoFrame(frame) : new RTCEncodedAudioFrame(frame);
}
