// For tests only: keeps copies of the frames that a worker seals, before and after. The worker's
// script is prefixed on its way into the page; what ships has no such door.
const KEEP = 600;

const prefix = `{
  const taps = [];
  const Native = TransformStream;
  const copy = (frame) => new Uint8Array(frame.data).slice();
  const video = (frame) => frame.constructor.name === 'RTCEncodedVideoFrame';
  globalThis.TransformStream = class extends Native {
    constructor(transformer, ...rest) {
      super(!transformer?.transform ? transformer : { ...transformer, transform(frame, controller) {
        const entry = { plain: copy(frame), video: video(frame), key: frame.type === 'key' };
        return transformer.transform(frame, { enqueue(out) {
          entry.sealed = copy(out);
          if (entry.plain.length > 0 && taps.push(entry) > ${KEEP}) taps.shift();
          controller.enqueue(out);
        }, error: (reason) => controller.error(reason), terminate: () => controller.terminate(),
           get desiredSize() { return controller.desiredSize; } });
      } }, ...rest);
    }
  };
  const channel = new BroadcastChannel('frame-tap');
  channel.onmessage = ({ data }) => { if (data === 'give') channel.postMessage({ taps }); };
}
`;

// For Participant.open({prepare: frameTap}).
export async function frameTap(context) {
  await context.route(/worker\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: prefix + await response.text() });
  });
}

// [{plain, sealed, video, key}] as Buffers, newest last: frames of both directions.
export async function tappedFrames(person) {
  const frames = await person.page.evaluate(async () => {
    const channel = new BroadcastChannel('frame-tap');
    const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const answer = await new Promise((resolve) => {
      channel.onmessage = ({ data }) => { if (data.taps) resolve(data.taps); };
      channel.postMessage('give');
      setTimeout(() => resolve([]), 2000);
    });
    channel.close();
    return answer.map((entry) => ({ ...entry, plain: hex(entry.plain), sealed: hex(entry.sealed) }));
  });
  return frames.map((entry) => ({ ...entry, plain: Buffer.from(entry.plain, 'hex'), sealed: Buffer.from(entry.sealed, 'hex') }));
}

// The KID of a sealed Opus or VP8 frame (RFC 9605 section 4.3), 16 hexadecimal digits.
export function kidOf({ sealed, video }) {
  const blob = video ? sealed.subarray(sealed[0] & 1 ? 1 : 10) : sealed;
  const config = blob[0];
  if (!(config & 0x80)) return (config >> 4 & 7).toString(16).padStart(16, '0');
  const size = (config >> 4 & 7) + 1;
  return blob.subarray(1, 1 + size).toString('hex').padStart(16, '0');
}
